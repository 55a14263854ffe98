package org.mawid.api.treasury.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.PaymentState;
import org.mawid.api.treasury.port.TreasuryCommand.Subject;
import org.mawid.api.treasury.statement.Statement;
import org.mawid.api.treasury.statement.StatementLine;
import org.mawid.api.treasury.statement.StatementLine.Charges;

/** What settles what, what differs, and that a seed's faults are found exactly. */
class MatcherTest {
    private static final int DAY = 20_515;
    private static final int BARE_POST = 3;
    private static final AcquirerContract CONTRACT = AcquirerContract.of(120, 0, 3);
    private static final AcquirerContract NOTHING_KEPT = AcquirerContract.without(3);

    private final List<Match> matches = new ArrayList<>();
    private final List<Break> breaks = new ArrayList<>();
    private final MatchSink sink = new MatchSink() {
        @Override
        public void match(final Match match) {
            matches.add(match);
        }

        @Override
        public void waits(final Match line) {
            if (breaks.stream().noneMatch(found -> found.type() == BreakType.NOT_PAID_AT_LEDGER && found.reference().equals(line.reference()))) {
                matches.add(line); // it is settled as soon as somebody has said for what
            }
        }

        @Override
        public void differs(final Break found) {
            breaks.add(found);
        }
    };

    @Test
    void givenANetBatchWithCommissionAndDelay_whenMatched_thenItIsNoBreak_byContractAndByDetails() {
        final PaymentIndex index = new PaymentIndex(8);
        final int batch = index.addBatch(7, "T-12-7", 12, 150_000, "MAD", DAY, 3, 0);
        for (int i = 1; i <= 3; i++) {
            index.addPayment(i, "100" + i, 12, 50_000, "MAD", DAY, PaymentState.APPROVED, batch, 0);
        }
        index.addBatch(8, "T-12-8", 12, 99_999, "MAD", DAY, 2, 0);
        match(index, line("E1", "", "T-12-7", 148_200, 148_200, Charges.NOT_TOLD, "MAD", DAY + 3), line("E2", "", "T-12-8", 98_799, 99_999, Charges.TOLD, "MAD", DAY + 1));
        assertThat(breaks).isEmpty();
        assertThat(matches).extracting(Match::subject, Match::number, Match::grossMinor, Match::commissionMinor, Match::netMinor)
                .containsExactly(tuple(Subject.BATCH, 7L, 150_000L, 1_800L, 148_200L), tuple(Subject.BATCH, 8L, 99_999L, 1_200L, 98_799L));
        new Matcher(index, post -> CONTRACT, sink).missing(DAY + 400, 0);
        assertThat(breaks).as("payments of a settled batch are not missing").isEmpty();
    }

    @Test
    void givenTheSameMovementInNotificationInterimAndFinal_whenMatched_thenItSettlesOnce() {
        final PaymentIndex index = new PaymentIndex(1);
        index.addPayment(1, "1001", 12, 50_000, "MAD", DAY, PaymentState.APPROVED, PaymentIndex.NONE, 0);
        final StatementLine line = line("E1", "1001", "", 49_400, 50_000, Charges.TOLD, "MAD", DAY);
        final Matcher matcher = match(index, line);
        for (int i = 0; i < 2; i++) {
            matcher.begin(statement());
            matcher.line(line);
            matcher.end();
        }
        assertThat(matches).hasSize(1);
        assertThat(breaks).isEmpty();
        assertThat(matcher.repeated()).isEqualTo(2);

        final PaymentIndex fromTheLog = new PaymentIndex(1);
        fromTheLog.addPayment(1, "1001", 12, 50_000, "MAD", DAY, PaymentState.APPROVED, PaymentIndex.NONE, matches.get(0).line());
        assertThat(match(fromTheLog, line).repeated()).as("after a restart too").isEqualTo(1);
        match(fromTheLog, line, line);
        assertThat(breaks).extracting(Break::type).as("but twice in one statement is twice").containsExactly(BreakType.SETTLED_TWICE);
    }

    @Test
    void givenABatchAndOneOfItsPaymentsAlone_whenBothCome_thenTheSecondIsSettledTwice() {
        final PaymentIndex index = new PaymentIndex(1);
        final int first = index.addBatch(1, "B1", BARE_POST, 100, "MAD", DAY, 1, 0);
        index.addPayment(1, "P1", BARE_POST, 100, "MAD", DAY, PaymentState.APPROVED, first, 0);
        final int second = index.addBatch(2, "B2", BARE_POST, 100, "MAD", DAY, 1, 0);
        index.addPayment(2, "P2", BARE_POST, 100, "MAD", DAY, PaymentState.APPROVED, second, 0);
        match(index, line("E1", "", "B1", 100, 100, Charges.NOT_TOLD, "MAD", DAY), line("E2", "P1", "", 100, 100, Charges.NOT_TOLD, "MAD", DAY),
                line("E3", "P2", "", 100, 100, Charges.NOT_TOLD, "MAD", DAY), line("E4", "", "B2", 100, 100, Charges.NOT_TOLD, "MAD", DAY));
        assertThat(breaks).extracting(Break::type, Break::reference).containsExactly(tuple(BreakType.SETTLED_TWICE, "P1"),
                tuple(BreakType.SETTLED_TWICE, "B2"));
    }

    @Test
    void givenChargesOfAnEntryForAllItsPayments_whenTheirSumIsAgreed_thenNoBreak_andOtherwiseOne() {
        final PaymentIndex index = new PaymentIndex(1);
        for (int i = 1; i <= 4; i++) {
            index.addPayment(i, "P" + i, 12, 12_500, "MAD", DAY, PaymentState.APPROVED, PaymentIndex.NONE, 0);
        }
        match(index, line("E1", "P1", "", 12_351, 12_500, Charges.SHARED, "MAD", DAY), line("E1", "P2", "", 12_349, 12_500, Charges.SHARED, "MAD", DAY));
        assertThat(breaks).isEmpty();
        match(index, entry(2, line("E2", "P3", "", 12_351, 12_500, Charges.SHARED, "MAD", DAY)), entry(2, line("E2", "P4", "", 12_350, 12_500, Charges.SHARED, "MAD", DAY)));
        assertThat(breaks).extracting(Break::type, Break::reference).containsExactly(tuple(BreakType.COMMISSION_DIFFERS, "E2"));
        assertThat(matches).as("the money is settled all the same").hasSize(4).allMatch(match -> match.grossMinor() == match.netMinor() + match.commissionMinor());
    }

    @Test
    void givenSeeds_whenFaultsAreInjected_thenTheBreaksAreThose_andAllElseIsSettledToTheCentime() {
        final Set<BreakType> seen = new HashSet<>();
        for (long seed = 1; seed <= 300; seed++) {
            final World world = new World(seed);
            matches.clear();
            breaks.clear();
            final PaymentIndex index = world.index(Map.of());
            final Matcher matcher = match(index, world.lines.toArray(StatementLine[]::new));
            matcher.missing(World.TODAY, 0);
            assertThat(breaks.stream().map(found -> found.type() + " " + found.reference()).sorted().toList()).as("seed %d", seed).isEqualTo(world.expected.stream().sorted().toList());
            assertThat(matches.stream().map(Match::reference).collect(Collectors.toSet())).as("seed %d", seed).isEqualTo(world.settled);
            assertThat(matches).as("seed %d", seed).hasSize(world.settled.size()).allMatch(match -> match.grossMinor() == match.netMinor() + match.commissionMinor());
            breaks.forEach(found -> seen.add(found.type()));
            againIsNothingNew(world, seed);
        }
        assertThat(seen).as("every type that a line can have").hasSize(10);
    }

    /** The same file over an index that was made of the log. */
    private void againIsNothingNew(final World world, final long seed) {
        final Set<Long> keys = breaks.stream().map(Break::key).collect(Collectors.toSet());
        assertThat(keys).as("seed %d: a key is of one break", seed).hasSize(breaks.size());
        final Map<String, Long> settledBy = new HashMap<>();
        matches.forEach(match -> settledBy.put(match.reference(), match.line()));
        matches.clear();
        breaks.clear();
        match(world.index(settledBy), world.lines.toArray(StatementLine[]::new)).missing(World.TODAY, 0);
        assertThat(matches).as("seed %d", seed).isEmpty();
        assertThat(breaks.stream().map(Break::key)).as("seed %d", seed).isSubsetOf(keys);
    }

    /** Payments, batches and refunds, the statement that is right for them, and faults, each on one that has none yet. */
    private static final class World {
        private static final int TODAY = DAY + 40;

        private final SplittableRandom random;
        private final List<Row> rows = new ArrayList<>();
        private final List<StatementLine> lines = new ArrayList<>();
        private final List<String> expected = new ArrayList<>();
        private final Set<String> settled = new HashSet<>();

        private record Row(Subject subject, long number, String reference, int post, long gross, String currency, int day, PaymentState state, int members) {
        }

        World(final long seed) {
            random = new SplittableRandom(seed);
            final int size = 20 + random.nextInt(60);
            for (int i = 1; i <= size; i++) {
                final Subject subject = random.nextInt(5) == 0 ? Subject.BATCH : random.nextInt(8) == 0 ? Subject.REFUND : Subject.PAYMENT;
                final String currency = List.of("MAD", "EUR", "JPY", "TND").get(random.nextInt(4));
                rows.add(new Row(subject, i, subject.name().charAt(0) + "-" + (1_000_000L * seed + i), 1 + random.nextInt(3), 100 + random.nextInt(1_000_000), currency, DAY + random.nextInt(5),
                        subject == Subject.PAYMENT && random.nextInt(10) == 0 ? PaymentState.UNALLOCATED : PaymentState.APPROVED, 1 + random.nextInt(4)));
            }
            for (int i = 0; i < rows.size(); i++) {
                line(i);
            }
            if (random.nextBoolean()) {
                lines.add(MatcherTest.line("U" + seed, "NOBODYS-" + seed, "", 100, 100, Charges.NOT_TOLD, "MAD", DAY));
                expected.add("UNKNOWN_AT_LEDGER NOBODYS-" + seed);
            }
        }

        private void line(final int i) {
            final Row row = rows.get(i);
            final AcquirerContract contract = row.subject() == Subject.REFUND ? NOTHING_KEPT : contract(row.post());
            final long kept = contract.commission(row.gross(), 1);
            final boolean isTold = random.nextBoolean();
            final StatementLine right = new StatementLine(0, "E" + row.reference(), i + 1, "", StatementLine.Status.BOOKED, row.subject() != Subject.REFUND, false, row.gross() - kept,
                    isTold ? row.gross() : row.gross() - kept, isTold ? Charges.TOLD : Charges.NOT_TOLD, isTold ? kept : 0, row.currency(), row.day() + 1, row.day() + 1,
                    row.subject() == Subject.BATCH ? "" : row.reference(), row.subject() == Subject.BATCH ? row.reference() : "", 1, "");
            switch (random.nextInt(3) == 0 ? random.nextInt(9) : -1) {
                case 0 -> expect(BreakType.MISSING_AT_TREASURY, row);
                case 1 -> {
                    lines.add(with(right, right.entry(), right.netMinor() + 1, right.grossMinor() + 1, right.currency(), right.valueDay(), right.isCredit(), false));
                    expect(BreakType.AMOUNT_DIFFERS, row);
                }
                case 2 -> {
                    lines.add(with(right, right.entry(), right.netMinor(), right.grossMinor(), "USD", right.valueDay(), right.isCredit(), false));
                    expect(BreakType.CURRENCY_DIFFERS, row);
                }
                case 3 -> {
                    settle(row, right);
                    lines.add(with(right, right.entry() + "-2", right.netMinor(), right.grossMinor(), right.currency(), right.valueDay(), right.isCredit(), false));
                    expect(BreakType.SETTLED_TWICE, row);
                }
                case 4 -> {
                    settle(row, with(right, right.entry(), right.netMinor(), right.grossMinor(), right.currency(), row.day() + 4, right.isCredit(), false));
                    expect(BreakType.LATE_VALUE_DATE, row);
                }
                case 5 -> {
                    settle(row, with(right, right.entry(), right.netMinor(), right.grossMinor(), right.currency(), row.day() - 2, right.isCredit(), false));
                    expect(BreakType.EARLY_VALUE_DATE, row);
                }
                case 6 -> {
                    settle(row, right);
                    lines.add(with(right, right.entry() + "-R", right.netMinor(), right.netMinor(), right.currency(), right.valueDay(), !right.isCredit(), true));
                    expect(BreakType.REVERSED_AT_TREASURY, row);
                }
                case 7 -> {
                    if (row.subject() == Subject.PAYMENT) {
                        rows.set(i, new Row(row.subject(), row.number(), row.reference(), row.post(), row.gross(), row.currency(), row.day(), PaymentState.DECLINED, row.members()));
                        lines.add(right);
                        expect(BreakType.NOT_PAID_AT_LEDGER, row);
                    } else {
                        settle(row, right);
                    }
                }
                case 8 -> {
                    if (isTold && contract.isKept()) {
                        settle(row, with(right, right.entry(), right.netMinor() - 1, right.grossMinor(), right.currency(), right.valueDay(), right.isCredit(), false));
                        expect(BreakType.COMMISSION_DIFFERS, row);
                    } else {
                        settle(row, right);
                    }
                }
                default -> settle(row, right);
            }
        }

        private void settle(final Row row, final StatementLine line) {
            lines.add(line);
            settled.add(row.reference());
        }

        private void expect(final BreakType type, final Row row) {
            expected.add(type + " " + row.reference());
        }

        PaymentIndex index(final Map<String, Long> settledBy) {
            final PaymentIndex index = new PaymentIndex(1 + random.nextInt(100));
            for (final Row row : rows) {
                final long by = settledBy.getOrDefault(row.reference(), 0L);
                switch (row.subject()) {
                    case PAYMENT -> index.addPayment(row.number(), row.reference(), row.post(), row.gross(), row.currency(), row.day(), row.state(), PaymentIndex.NONE, by);
                    case REFUND -> index.addRefund(row.number(), row.reference(), row.post(), row.gross(), row.currency(), row.day(), by);
                    case BATCH -> {
                        final int batch = index.addBatch(row.number(), row.reference(), row.post(), row.gross(), row.currency(), row.day(), row.members(), by);
                        for (int member = 0; member < row.members(); member++) {
                            index.addPayment(1_000 * row.number() + member, row.reference() + "-" + member, row.post(), 1, row.currency(), row.day(), PaymentState.APPROVED, batch, 0);
                        }
                    }
                }
            }
            return index;
        }
    }

    @Test
    void givenAnIndexThatGrows_whenAsked_thenEveryReferenceIsFound_andTwiceIsRefused() {
        final PaymentIndex index = new PaymentIndex(1);
        for (int i = 0; i < 50_000; i++) {
            index.addPayment(i, Long.toString(1_000_000_000_000_000L + i * 7_919L), 1, i, "MAD", DAY, PaymentState.APPROVED, PaymentIndex.NONE, 0);
        }
        for (int i = 0; i < 50_000; i++) {
            assertThat(index.find(Long.toString(1_000_000_000_000_000L + i * 7_919L))).isEqualTo(i);
        }
        assertThat(index.find("1000000000000001")).isEqualTo(PaymentIndex.NONE);
        assertThat(index.find("")).isEqualTo(PaymentIndex.NONE);
        assertThat(index.find("x".repeat(36))).isEqualTo(PaymentIndex.NONE);
        assertThat(index.bytes() / index.size()).isLessThan(120);
        assertThatThrownBy(() -> index.addRefund(1, "1000000000000000", 1, 1, "MAD", DAY, 0)).hasMessageContaining("twice");
        assertThatThrownBy(() -> index.addPayment(1, "A", 1, 1, "MAD", DAY, PaymentState.APPROVED, 5, 0)).hasMessageContaining("no batch");
        assertThatThrownBy(() -> index.addPayment(1, "A b", 1, 1, "MAD", DAY, PaymentState.APPROVED, PaymentIndex.NONE, 0)).hasMessageContaining("letters, digits");
    }

    private Matcher match(final PaymentIndex index, final StatementLine... lines) {
        final Matcher matcher = new Matcher(index, MatcherTest::contract, sink);
        matcher.begin(statement());
        for (final StatementLine line : lines) {
            matcher.line(line);
        }
        matcher.end();
        return matcher;
    }

    private static AcquirerContract contract(final int post) {
        return post == BARE_POST ? NOTHING_KEPT : CONTRACT;
    }

    private static Statement statement() {
        return new Statement(Statement.Kind.STATEMENT, "08", "M", "S1", 1, 0, true, "", "MA64", "MAD", 0L, 0L, true, DAY, 0, 0, 0, 0);
    }

    private static StatementLine line(final String entry, final String endToEnd, final String batch, final long net, final long gross, final Charges charges, final String currency, final int valueDay) {
        return new StatementLine(0, entry, 1, "", StatementLine.Status.BOOKED, true, false, net, gross, charges, gross - net, currency, valueDay, valueDay, endToEnd, batch, 1, "");
    }

    private static StatementLine entry(final long ordinal, final StatementLine line) {
        return new StatementLine(0, line.entry(), ordinal, line.detail(), line.status(), true, false, line.netMinor(), line.grossMinor(), line.charges(), line.chargesMinor(), line.currency(),
                line.bookingDay(), line.valueDay(), line.endToEnd(), line.batch(), 1, "");
    }

    private static StatementLine with(final StatementLine line, final String entry, final long net, final long gross, final String currency, final int valueDay, final boolean isCredit, final boolean isReversal) {
        return new StatementLine(0, entry, line.entryOrdinal(), line.detail(), line.status(), isCredit, isReversal, net, gross, line.charges(), gross - net, currency, line.bookingDay(), valueDay,
                line.endToEnd(), line.batch(), 1, "");
    }
}
