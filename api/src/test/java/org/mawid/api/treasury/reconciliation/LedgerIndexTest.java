package org.mawid.api.treasury.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.References;
import org.mawid.api.treasury.engine.EnginePayments;
import org.mawid.api.treasury.engine.EngineRefunds;
import org.mawid.api.treasury.matching.AcquirerContract;
import org.mawid.api.treasury.matching.Break;
import org.mawid.api.treasury.matching.Match;
import org.mawid.api.treasury.matching.MatchSink;
import org.mawid.api.treasury.matching.Matcher;
import org.mawid.api.treasury.matching.PaymentIndex;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;
import org.mawid.api.treasury.statement.Statement;
import org.mawid.api.treasury.statement.StatementLine;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.MoneyView.Batch;
import org.mawid.engine.readmodel.MoneyView.Collected;
import org.mawid.engine.readmodel.MoneyView.FoundBreak;
import org.mawid.engine.readmodel.MoneyView.Return;
import org.mawid.engine.readmodel.MoneyView.SettledBatch;
import org.mawid.engine.readmodel.MoneyView.Slice;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** What lines find in an index that was made of slices of the core. */
class LedgerIndexTest {
    private static final int DAY = 20_515;
    private static final long NOON_MS = DAY * 86_400_000L + 43_200_000L;
    private static final LocalDate DATE = LocalDate.ofEpochDay(DAY);

    private final References references = References.of(1, new byte[32]);
    private final List<Collected> payments = new ArrayList<>();
    private final List<SettledBatch> batches = new ArrayList<>();
    private final List<FoundBreak> breaks = new ArrayList<>();
    private final List<Match> matches = new ArrayList<>();
    private final List<Match> waiting = new ArrayList<>();
    private final List<Break> differing = new ArrayList<>();
    private final List<Return> returns = new ArrayList<>();
    private final Map<Long, StampState> refunds = new HashMap<>();
    private boolean keepsReturns;
    private int refusals;

    private PaymentIndex index() {
        final MoneyView money = (MoneyView) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {MoneyView.class}, (proxy, method, given) ->
                refusals-- > 0 ? CompletableFuture.failedFuture(new ReadModelBehindException("not now")) : switch (method.getName()) {
                    case "payments" -> slice(payments, (Long) given[0]);
                    case "allBatches" -> slice(batches, (Long) given[0]);
                    case "allBreaks" -> slice(breaks, (Long) given[0]);
                    case "allReturns" -> slice(returns, (Long) given[0]);
                    default -> throw new AssertionError(method);
                });
        return new LedgerIndex(money, this::refunded, references, () -> keepsReturns).get();
    }

    private Records.Stamp refunded(final long number) {
        return refunds.containsKey(number) ? new Records.Stamp(number, 1, 0, 12, refunds.get(number), 50_000, 4_650, "EUR", 0, 1, 0, 1, 0, 0, 1) : null;
    }

    /** Two rows at a time. */
    private static <T> CompletableFuture<Slice<T>> slice(final List<T> rows, final long from) {
        final int end = Math.min(rows.size(), (int) from + 1);
        return CompletableFuture.completedFuture(new Slice<>(1, end == rows.size() ? 0 : end + 1, rows.subList((int) from - 1, end)));
    }

    private void payment(final PaymentState state, final long minor, final long batch, final long origin, final boolean isTakenOver, final long settledBy) {
        payments.add(new Collected(payments.size() + 1, 12, PaymentMeans.ONLINE, 0, state, minor, 0, "EUR", batch, origin, isTakenOver, NOON_MS + (isTakenOver ? 86_400_000L * 30 : 0), settledBy));
    }

    private void batch(final PaymentMeans means, final BatchState state, final long paid, final long undone, final long settledBy) {
        batches.add(new SettledBatch(new Batch(batches.size() + 1, 12, means, means == PaymentMeans.TERMINAL ? 77 : 0, "EUR", state, paid, 2, undone, 0, 0, DAY, NOON_MS), settledBy));
    }

    private Matcher match(final PaymentIndex index, final StatementLine... lines) {
        final Matcher matcher = new Matcher(index, post -> AcquirerContract.without(3), new MatchSink() {
            @Override
            public void match(final Match match) {
                matches.add(match);
            }

            @Override
            public void waits(final Match line) {
                waiting.add(line);
            }

            @Override
            public void differs(final Break found) {
                differing.add(found);
            }
        });
        matcher.begin(new Statement(Statement.Kind.STATEMENT, "08", "M", "S1", 1, 0, true, "", "MA64", "EUR", 0L, 0L, true, DAY, 0, 0, 0, 0));
        for (final StatementLine line : lines) {
            matcher.line(line);
        }
        matcher.end();
        return matcher;
    }

    private static StatementLine line(final String reference, final long minor) {
        return new StatementLine(0, "E" + reference, 1, "", StatementLine.Status.BOOKED, true, false, minor, minor, StatementLine.Charges.NOT_TOLD, 0, "EUR", DAY + 1, DAY + 1, reference, "", 1, "");
    }

    private String reference(final long payment) {
        return EnginePayments.reference(references, payment);
    }

    @Test
    void givenClosingsOfATerminal_whenTheirMoneyComes_thenEachByItsName_theSecondOfADayWithANumber_andNotThoseThatAreOpenOrAtACounter() {
        batch(PaymentMeans.TERMINAL, BatchState.CLOSED, 9_300, 300, 0);
        batch(PaymentMeans.COUNTER, BatchState.CLOSED, 4_650, 0, 0);
        batch(PaymentMeans.TERMINAL, BatchState.CLOSED, 4_650, 0, 0);
        batch(PaymentMeans.TERMINAL, BatchState.OPEN, 1_000, 0, 0);
        batch(PaymentMeans.TERMINAL, BatchState.CLOSED, 0, 0, 0);
        match(index(), line("TM-77-EUR-20260303", 9_000), line("TM-77-EUR-20260303-2", 4_650)).missing(DAY + 60, 0);
        assertThat(DATE).hasToString("2026-03-03");
        assertThat(matches).extracting(Match::number, Match::grossMinor).containsExactly(tuple(1L, 9_000L), tuple(3L, 4_650L));
        assertThat(differing).isEmpty();
    }

    @Test
    void givenPaymentsOfEveryKind_whenTheDaysLineComes_thenItIsTheSumOfThoseThatHaveMoney_thatOfATakenOverOneOnTheDayOfItsCharge() {
        payment(PaymentState.APPROVED, 300, 0, 0, false, 0);
        payment(PaymentState.DECLINED, 0, 0, 0, false, 0);
        payment(PaymentState.UNALLOCATED, 500, 0, 0, false, 0);
        payment(PaymentState.APPROVED, 165, 0, 1, true, 0);
        payment(PaymentState.IN_DOUBT, 0, 0, 0, false, 0);
        breaks.add(new FoundBreak(1, org.mawid.sbe.BreakType.AMOUNT_DIFFERS, 71, true, 5, 0, "EUR", 930));
        refusals = 3;
        match(index(), line("ON-12-EUR-20260303", 300 + 500 + 165 + 930)).missing(DAY + 60, 0);
        assertThat(matches).extracting(Match::number).containsExactly(1L, 4L);
        assertThat(waiting).extracting(Match::number, Match::grossMinor).containsExactly(tuple(3L, 500L), tuple(5L, 930L));
        assertThat(differing).isEmpty();
        matches.clear();
        match(index(), line(reference(1), 465));
        assertThat(matches).as("the charge of which a part was taken over").extracting(Match::number, Match::grossMinor).containsExactly(tuple(1L, 300L), tuple(4L, 165L));
    }

    @Test
    void givenWhatTheLogHasSettledAndFound_whenLinesComeAgain_thenTheyAreTwice_andWhatIsInABreakIsNotMissed() {
        batch(PaymentMeans.ONLINE, BatchState.SETTLED, 300, 0, 4_711);
        payment(PaymentState.APPROVED, 300, 1, 0, false, 0);
        payment(PaymentState.APPROVED, 400, 0, 0, false, 4_712);
        payment(PaymentState.APPROVED, 500, 0, 0, false, 0);
        payment(PaymentState.APPROVED, 600, 0, 0, false, 0);
        breaks.add(new FoundBreak(1, org.mawid.sbe.BreakType.OTHER, 71, true, 3, 0, "EUR", 0));
        breaks.add(new FoundBreak(2, org.mawid.sbe.BreakType.OTHER, 72, false, 4, 0, "EUR", 0));
        final PaymentIndex index = index();
        match(index, line(reference(1), 300), line(reference(2), 400)).missing(DAY + 60, 0);
        assertThat(differing).extracting(Break::type, found -> found.about().payment()).containsExactly(tuple(BreakType.SETTLED_TWICE, 1L), tuple(BreakType.SETTLED_TWICE, 2L),
                tuple(BreakType.MISSING_AT_TREASURY, 4L));
        assertThat(List.of(index.notes().isBreakKnown(71), index.notes().isBreakKnown(72), index.notes().isBreakKnown(73))).as("open, resolved, none").containsExactly(true, true, false);
    }

    private void back(final long payment, final long stamp, final long minor, final boolean isDue, final long settledBy) {
        keepsReturns = true;
        returns.add(new Return(returns.size() + 1, payment, 1, stamp, 1, 12, "EUR", minor, NOON_MS, isDue, settledBy));
    }

    /** @param kept on top */
    private static StatementLine debit(final String reference, final long minor, final long kept) {
        return new StatementLine(0, "D" + reference, 1, "", StatementLine.Status.BOOKED, false, false, minor + kept, minor, kept == 0 ? StatementLine.Charges.NOT_TOLD : StatementLine.Charges.TOLD,
                kept, "EUR", DAY + 1, DAY + 1, reference, "", 1, "");
    }

    @Test
    void givenMoneyThatWentBackAfterItsSettlement_whenTheBankTakesIt_thenTheReturnIsSettledWithWhatWasKeptOnTop() {
        payment(PaymentState.APPROVED, 300, 0, 0, false, 4_711);
        payment(PaymentState.CHARGED_BACK, 0, 0, 0, false, 4_712);
        back(1, 77, 200, true, 0);
        back(2, 0, 500, true, 0);
        final Matcher matcher = match(index(), debit(EngineRefunds.reference(references, 77), 200, 0), debit(reference(2), 500, 15));
        assertThat(matches).extracting(Match::subject, Match::number, Match::grossMinor, Match::commissionMinor, Match::netMinor)
                .containsExactly(tuple(Subject.RETURN, 1L, 200L, 0L, 200L), tuple(Subject.RETURN, 2L, 500L, 15L, 515L));
        assertThat(matches.get(1).command()).isInstanceOf(TreasuryCommand.RecordReturnSettlement.class);
        assertThat(matcher.matched()).isEqualTo(2);
        assertThat(differing).isEmpty();
    }

    @Test
    void givenAReturnThatWasSettled_whenItsLineComesAgain_orAnother_thenItIsTheSame_orIsTwice_andWhatIsDueIsMissedLikeAPayment() {
        payment(PaymentState.CHARGED_BACK, 0, 0, 0, false, 4_712);
        payment(PaymentState.REVERSED, 0, 0, 0, false, 4_713);
        back(1, 0, 500, true, 0);
        back(2, 0, 600, true, 0);
        match(index(), debit(reference(1), 500, 0));
        returns.set(0, new Return(1, 1, 1, 0, 1, 12, "EUR", 500, NOON_MS, false, matches.get(0).line()));
        matches.clear();
        final Matcher again = match(index(), debit(reference(1), 500, 0));
        assertThat(again.repeated()).isEqualTo(1);
        match(index(), new StatementLine(0, "Z", 1, "", StatementLine.Status.BOOKED, false, true, 500, 500, StatementLine.Charges.NOT_TOLD, 0, "EUR", DAY + 1, DAY + 1, reference(1), "", 1, ""))
                .missing(DAY + 60, 0);
        assertThat(matches).isEmpty();
        assertThat(differing).extracting(Break::type, found -> found.about().payment(), found -> found.about().ourMinor(), found -> found.about().theirMinor())
                .containsExactly(tuple(BreakType.SETTLED_TWICE, 1L, -500L, -1_000L), tuple(BreakType.MISSING_AT_TREASURY, 2L, -600L, 0L));
    }

    @Test
    void givenAnotherAmount_whenTheBankTakesIt_thenItIsABreak_andTheReturnIsNotMissedAsWell() {
        payment(PaymentState.CHARGED_BACK, 0, 0, 0, false, 4_712);
        back(1, 0, 500, true, 0);
        final PaymentIndex index = index();
        match(index, debit(reference(1), 501, 0)).missing(DAY + 60, 0);
        assertThat(matches).isEmpty();
        assertThat(differing).extracting(Break::type, found -> found.about().ourMinor(), found -> found.about().theirMinor()).containsExactly(tuple(BreakType.AMOUNT_DIFFERS, -500L, -501L));
    }

    @Test
    void givenMoneyThatTheBankTakesBack_whenAPersonRecordsTheChargeBackLater_thenTheLineHasWaitedAndSettlesIt() {
        keepsReturns = true;
        payment(PaymentState.APPROVED, 500, 0, 0, false, 4_712);
        match(index(), debit(reference(1), 500, 0));
        assertThat(differing).extracting(Break::type).containsExactly(BreakType.REVERSED_AT_TREASURY);
        assertThat(waiting).hasSize(1);
        final Match line = waiting.get(0);
        breaks.add(new FoundBreak(1, org.mawid.sbe.BreakType.REVERSED_AT_TREASURY, differing.get(0).key(), true, 1, 0, "EUR", 0));
        assertThat(match(index()).again(line)).as("nobody has recorded it yet").isFalse();
        payments.clear();
        payment(PaymentState.CHARGED_BACK, 0, 0, 0, false, 4_712);
        back(1, 0, 500, true, 0);
        assertThat(match(index()).again(line)).isTrue();
        assertThat(matches).extracting(Match::subject, Match::number, Match::netMinor).containsExactly(tuple(Subject.RETURN, 1L, 500L));
        returns.clear();
        payments.clear();
        payment(PaymentState.APPROVED, 500, 0, 0, false, 4_712);
        breaks.set(0, new FoundBreak(1, org.mawid.sbe.BreakType.REVERSED_AT_TREASURY, differing.get(0).key(), false, 1, 0, "EUR", 0));
        assertThat(match(index()).again(line)).as("a person has resolved it otherwise").isTrue();
        assertThat(matches).hasSize(1);
    }

    /** A line of a whole day stands behind those of single payments. */
    @Test
    void givenMoneyThatTheBankTakesBackBeforeTheLineThatBringsIt_whenAPersonRecordsTheChargeBack_thenTheLineHasWaitedAndSettlesIt() {
        keepsReturns = true;
        payment(PaymentState.APPROVED, 500, 0, 0, false, 0);
        match(index(), debit(reference(1), 500, 0));
        assertThat(waiting).hasSize(1);
        payments.clear();
        payment(PaymentState.CHARGED_BACK, 0, 0, 0, false, 4_712);
        back(1, 0, 500, true, 0);
        assertThat(match(index()).again(waiting.get(0))).isTrue();
        assertThat(matches).extracting(Match::subject, Match::number, Match::netMinor).containsExactly(tuple(Subject.RETURN, 1L, 500L));
    }

    /** It has corrected its own line, less the commission, and the card holder has taken the money back as well. */
    @Test
    void givenMoneyThatTheBankTakesBackTwice_whenAPersonRecordsTheChargeBack_thenTheLineOfItsAmountSettlesIt_andTheOtherStaysABreak() {
        keepsReturns = true;
        payment(PaymentState.APPROVED, 500, 0, 0, false, 4_712);
        match(index(), new StatementLine(0, "Y", 1, "", StatementLine.Status.BOOKED, false, true, 494, 494, StatementLine.Charges.NOT_TOLD, 0, "EUR", DAY + 1, DAY + 1, reference(1), "", 1, ""),
                debit(reference(1), 500, 0));
        assertThat(differing).extracting(Break::type).containsExactly(BreakType.REVERSED_AT_TREASURY, BreakType.REVERSED_AT_TREASURY);
        differing.forEach(found -> breaks.add(new FoundBreak(breaks.size() + 1, org.mawid.sbe.BreakType.REVERSED_AT_TREASURY, found.key(), true, 1, 0, "EUR", 0)));
        payments.clear();
        payment(PaymentState.CHARGED_BACK, 0, 0, 0, false, 4_712);
        back(1, 0, 500, true, 0);
        differing.clear();
        final Matcher matcher = match(index());
        assertThat(waiting).hasSize(2);
        assertThat(List.of(matcher.again(waiting.get(0)), matcher.again(waiting.get(1)))).containsExactly(false, true);
        assertThat(matches).extracting(Match::subject, Match::number, Match::netMinor).containsExactly(tuple(Subject.RETURN, 1L, 500L));
        assertThat(differing).isEmpty();
    }

    @Test
    void givenARefundThatTheLedgerDoesNotHaveYet_whenItsLineComes_thenItWaitsForTheReturn_andUnderOlderRulesItIsThere() {
        refunds.put(77L, StampState.REFUND_REQUESTED);
        payment(PaymentState.APPROVED, 4_650, 0, 0, false, 4_712);
        final String reference = EngineRefunds.reference(references, 77);
        match(index(), debit(reference, 4_650, 0));
        assertThat(matches).as("core version 3").extracting(Match::subject).containsExactly(Subject.REFUND);
        matches.clear();
        keepsReturns = true;
        match(index(), debit(reference, 4_650, 0));
        assertThat(matches).isEmpty();
        assertThat(waiting).hasSize(1);
        assertThat(match(index()).again(waiting.get(0))).isFalse();
        back(1, 77, 4_650, true, 0);
        refunds.put(77L, StampState.REFUNDED);
        assertThat(match(index()).again(waiting.get(0))).isTrue();
        assertThat(matches).extracting(Match::subject, Match::number).containsExactly(tuple(Subject.RETURN, 1L));
        returns.clear();
        matches.clear();
        assertThat(match(index()).again(waiting.get(0))).as("it went back before its settlement").isTrue();
        assertThat(matches).extracting(Match::subject, Match::number).containsExactly(tuple(Subject.REFUND, 77L));
        assertThat(differing).isEmpty();
    }

    @Test
    void givenACoreThatDoesNotAnswer_whenAsked_thenTheLedgerIsBehind() {
        refusals = Integer.MAX_VALUE;
        assertThatThrownBy(this::index).isInstanceOf(LedgerBehindException.class).hasMessageContaining("offer the file again later");
    }
}
