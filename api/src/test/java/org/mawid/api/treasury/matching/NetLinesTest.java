package org.mawid.api.treasury.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.statement.Statement;
import org.mawid.api.treasury.statement.StatementLine;

/** One line for several payments, and lines that come before the ledger can settle them. */
class NetLinesTest {
    private static final int DAY = 20_515;
    private static final String NET = "ON-12-MAD-20260303";
    private static final AcquirerContract CONTRACT = AcquirerContract.of(120, 0, 3);

    private final Map<Long, Long> settledBy = new HashMap<>();
    private final List<Match> matches = new ArrayList<>();
    private final List<Match> waiting = new ArrayList<>();
    private final List<Break> breaks = new ArrayList<>();
    private final MatchSink sink = new MatchSink() {
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
            breaks.add(found);
        }
    };

    /** Payments 1, 2, 3… of a net day, as the log has them. */
    private PaymentIndex index(final long[] gross, final PaymentState... states) {
        final PaymentIndex index = new PaymentIndex(4);
        final int net = index.addNetDay(NET, 12, "MAD", DAY);
        for (int i = 0; i < gross.length; i++) {
            index.addPayment(i + 1, "P" + (i + 1), 12, gross[i], "MAD", DAY, i < states.length ? states[i] : PaymentState.APPROVED, net, settledBy.getOrDefault(i + 1L, 0L));
        }
        return index;
    }

    private Matcher match(final PaymentIndex index, final StatementLine... lines) {
        final Matcher matcher = new Matcher(index, post -> CONTRACT, sink);
        matcher.begin(new Statement(Statement.Kind.STATEMENT, "08", "M", "S1", 1, 0, true, "", "MA64", "MAD", 0L, 0L, true, DAY, 0, 0, 0, 0));
        for (final StatementLine line : lines) {
            matcher.line(line);
        }
        matcher.end();
        return matcher;
    }

    private static StatementLine line(final String entry, final String reference, final long net) {
        return new StatementLine(0, entry, 1, "", StatementLine.Status.BOOKED, true, false, net, net, StatementLine.Charges.NOT_TOLD, 0, "MAD", DAY + 1, DAY + 1, "", reference, 1, "");
    }

    @Test
    void givenAnySumAndWeights_whenShared_thenNothingIsLost_andNobodyIsAMinorUnitOff() {
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            final long[] weights = LongStream.range(0, 1 + random.nextInt(9)).map(one -> 1 + random.nextLong(1_000_000_000_000L) >> random.nextInt(40)).map(one -> Math.max(1, one)).toArray();
            final long all = LongStream.of(weights).sum();
            final long total = random.nextLong(all + 1);
            final long[] shares = Shares.of(total, weights);
            assertThat(LongStream.of(shares).sum()).isEqualTo(total);
            for (int one = 0; one < weights.length; one++) {
                assertThat((double) shares[one]).isBetween((double) total * weights[one] / all - 1.001, (double) total * weights[one] / all + 1.001);
            }
        }
        assertThat(Shares.of(167, 4_650, 4_650, 4_650)).containsExactly(56, 56, 55);
        assertThat(Shares.of(0)).isEmpty();
    }

    /** At every payment: the log has those before it, and the line comes again. */
    @Test
    void givenALineOfWhichAPartWasTold_whenItComesAgain_thenTheRestIsTold_withTheSameShares() {
        final long[] gross = {10_000, 20_001, 33_333, 7};
        match(index(gross), line("E1", NET, 63_341 - 760));
        assertThat(matches).extracting(Match::number, Match::grossMinor).containsExactly(tuple(1L, 10_000L), tuple(2L, 20_001L), tuple(3L, 33_333L), tuple(4L, 7L));
        assertThat(matches.stream().mapToLong(Match::commissionMinor).sum()).isEqualTo(760);
        final List<Match> all = List.copyOf(matches);
        for (int told = 1; told <= all.size(); told++) {
            settledBy.put((long) told, all.get(told - 1).line());
            matches.clear();
            final Matcher again = match(index(gross), line("E1", NET, 63_341 - 760));
            assertThat(matches).isEqualTo(all.subList(told, all.size()));
            assertThat(again.repeated()).isEqualTo(told == all.size() ? 1 : 0);
        }
        assertThat(breaks).isEmpty();
        match(index(gross), line("E2", NET, 63_341 - 760));
        assertThat(breaks).extracting(Break::type, found -> found.about().ourMinor(), found -> found.about().payment()).containsExactly(tuple(BreakType.SETTLED_TWICE, 63_341L, 0L));
    }

    /** The settlement was told, the power went, and what differs beside it was not. */
    @Test
    void givenALineThatWasSettledLate_whenItComesAgain_thenThatItWasLateIsToldAgain() {
        final StatementLine late = new StatementLine(0, "E1", 1, "", StatementLine.Status.BOOKED, true, false, 490, 500, StatementLine.Charges.TOLD, 10, "MAD", DAY + 9, DAY + 9, "P1", "", 1, "");
        match(index(new long[] {500, 700}), late);
        assertThat(matches).hasSize(1);
        assertThat(breaks).extracting(Break::type).containsExactly(BreakType.COMMISSION_DIFFERS, BreakType.LATE_VALUE_DATE);
        settledBy.put(1L, matches.get(0).line());
        final List<Break> first = List.copyOf(breaks);
        breaks.clear();
        assertThat(match(index(new long[] {500, 700}), late).repeated()).isEqualTo(1);
        assertThat(breaks).isEqualTo(first);
        assertThat(matches).hasSize(1);
    }

    @Test
    void givenSomeThatCameByThemselves_whenTheRestComesAsOneLine_thenItIsSettled_andTheWholeDayWouldBeTwice() {
        settledBy.put(1L, 99L);
        match(index(new long[] {500, 700, 800}), line("E1", NET, 1_482));
        assertThat(matches).extracting(Match::number).containsExactly(2L, 3L);
        match(index(new long[] {500, 700, 800}), line("E2", NET, 1_976));
        assertThat(breaks).extracting(Break::type).containsExactly(BreakType.SETTLED_TWICE);
    }

    @Test
    void givenAnotherAmount_whenItComes_thenOneBreakOfTheDay_andItsPaymentsAreNotMissed_untilTheRightOneComes() {
        final PaymentIndex index = index(new long[] {500, 700});
        match(index, line("E1", NET, 999)).missing(DAY + 60, 0);
        assertThat(matches).isEmpty();
        assertThat(breaks).extracting(Break::type, found -> found.about().ourMinor(), found -> found.about().theirMinor(), found -> found.about().postId())
                .containsExactly(tuple(BreakType.AMOUNT_DIFFERS, 1_200L, 1_013L, 12));
        final PaymentIndex later = index(new long[] {500, 700});
        later.notes().breakKnown(breaks.get(0).key(), true);
        final Matcher matcher = new Matcher(later, post -> CONTRACT, sink);
        assertThat(matcher.again(waiting.get(0))).isFalse();
        matcher.missing(DAY + 60, 0);
        assertThat(breaks).hasSize(1);
        match(later, line("E2", NET, 1_186));
        assertThat(matches).hasSize(2);
        assertThat(new Matcher(later, post -> CONTRACT, sink).again(waiting.get(0))).as("all is settled").isTrue();
        final PaymentIndex resolved = index(new long[] {500, 700});
        final Matcher last = new Matcher(resolved, post -> CONTRACT, sink);
        assertThat(last.again(waiting.get(0))).as("a person has resolved the break").isTrue();
        last.missing(DAY + 60, 0);
        assertThat(breaks.subList(1, 3)).extracting(Break::type).containsOnly(BreakType.MISSING_AT_TREASURY);
    }

    @Test
    void givenMoneyThatPaysForNothing_whenItsLineComes_thenItWaits_andIsSettledWhenSomebodyHasSaidForWhat() {
        final long[] gross = {500, 700};
        match(index(gross, PaymentState.APPROVED, PaymentState.UNALLOCATED), line("E1", NET, 1_186));
        assertThat(matches).extracting(Match::number, Match::commissionMinor).containsExactly(tuple(1L, 6L));
        assertThat(waiting).extracting(Match::number, Match::commissionMinor).containsExactly(tuple(2L, 8L));
        settledBy.put(1L, matches.get(0).line());
        matches.clear();
        final PaymentIndex before = index(gross, PaymentState.APPROVED, PaymentState.UNALLOCATED);
        final Matcher still = new Matcher(before, post -> CONTRACT, sink);
        assertThat(still.again(waiting.get(0))).isFalse();
        still.missing(DAY + 60, 0);
        assertThat(breaks).as("it has come").isEmpty();
        assertThat(new Matcher(index(gross), post -> CONTRACT, sink).again(waiting.get(0))).isTrue();
        assertThat(matches).isEqualTo(waiting);
        assertThat(new Matcher(index(new long[] {500, 600}), post -> CONTRACT, sink).again(waiting.get(0))).as("somebody has said for another amount").isTrue();
        assertThat(breaks).extracting(Break::type, found -> found.about().ourMinor(), found -> found.about().theirMinor()).containsExactly(tuple(BreakType.AMOUNT_DIFFERS, 600L, 700L));
    }

    /** Its line waits until the next look, which is not at once. */
    @Test
    void givenMoneyThatHasComeToPayForSomethingAndWasGivenBackBeforeItsLineIsLookedAtAgain_thenTheLineSettlesWhatIsLeft() {
        final long[] gross = {500, 700};
        match(index(gross, PaymentState.APPROVED, PaymentState.UNALLOCATED), line("E1", NET, 1_186));
        matches.clear();
        for (final long givenBack : new long[] {0, 300, 700}) {
            final PaymentIndex later = index(gross);
            later.notes().givenBack(later.find("P2"), givenBack);
            assertThat(new Matcher(later, post -> CONTRACT, sink).again(waiting.get(0))).isTrue();
        }
        assertThat(matches).extracting(Match::number, Match::grossMinor, Match::commissionMinor, Match::netMinor).containsExactly(tuple(2L, 700L, 8L, 692L), tuple(2L, 400L, 8L, 392L), tuple(2L, 0L, 8L, -8L));
        assertThat(matches).extracting(Match::line).containsOnly(waiting.get(0).line());
        assertThat(breaks).isEmpty();
    }

    @Test
    void givenMoneyOfWhichAPartNowPaysForAnotherStamp_whenTheChargesLineComes_thenBothAreSettled() {
        final PaymentIndex index = new PaymentIndex(4);
        final int net = index.addNetDay(NET, 12, "MAD", DAY);
        final int charged = index.addPayment(1, "P1", 12, 300, "MAD", DAY, PaymentState.APPROVED, net, 0);
        final int taken = index.addPayment(2, "P2", 12, 200, "MAD", DAY, PaymentState.APPROVED, net, 0);
        index.notes().takenOver(charged, taken);
        match(index, new StatementLine(0, "E1", 1, "", StatementLine.Status.BOOKED, true, false, 494, 500, StatementLine.Charges.TOLD, 6, "MAD", DAY, DAY, "P1", "", 1, "")).missing(DAY + 60, 0);
        assertThat(matches).extracting(Match::number, Match::grossMinor, Match::commissionMinor).containsExactly(tuple(1L, 300L, 4L), tuple(2L, 200L, 2L));
        assertThat(breaks).isEmpty();
    }
}
