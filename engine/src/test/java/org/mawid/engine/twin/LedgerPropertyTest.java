package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mawid.engine.testkit.Answered;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** No money is lost, made or paid out twice, whatever is told in whatever order: of the rules themselves, as the twin follows them. */
class LedgerPropertyTest {
    private static final int SEEDS = Integer.getInteger("seeds", 20);
    private static final int COMMANDS = 1_200;
    private static final int LOOK_AT_EVERY_PART = 50;
    private static final long SWITCH_AT = 200;
    private static final long MONEY_AT = 260;
    private static final long RETURNS_AT = 500;
    private static final long CLOSURES_AT = 700;
    private static final long HALL_AT = 1_100;
    private static final long WAITLIST_AT = 1_110;
    private static final long RECORDS_AT = 1_210;
    private static final long REVIEWS_AT = 1_310;
    private static final long NEWEST_AT = 1_410;

    private final Map<StampState, Integer> stamps = new EnumMap<>(StampState.class);
    private final Map<PaymentState, Integer> payments = new EnumMap<>(PaymentState.class);
    private final Map<String, Integer> done = new TreeMap<>();

    @Test
    void givenSeededTraffic_whenStampsArePaidUsedAndGivenBack_thenTheBooksBalanceAndAgreeWithEverythingAfterEachCommand() {
        for (long seed = Seeds.FIRST + 700; seed < Seeds.FIRST + 700 + SEEDS; seed++) {
            run(seed);
        }
        assertThat(stamps).as("states in which stamps ended").containsKeys(StampState.PAID, StampState.CONSUMED, StampState.VOID, StampState.LAPSED,
                StampState.FORFEITED, StampState.REFUNDED, StampState.CHARGED_BACK, StampState.WAIVED);
        assertThat(payments).as("states in which payments ended").containsKeys(PaymentState.APPROVED, PaymentState.DECLINED, PaymentState.REVERSED,
                PaymentState.UNALLOCATED, PaymentState.RETURNED, PaymentState.CHARGED_BACK);
        assertThat(done).as("what was done").containsKeys("ReuseStamp", "Decide", "RecordRefund", "AllocatePayment", "RecordSettlement", "RecordReturnSettlement", "CloseBatch",
                "ResolveBreak", "ImportStamps");
    }

    private void run(final long seed) {
        final NaiveEngine twin = new NaiveEngine();
        final Answered.Teller teller = new Answered.Teller(twin::apply);
        final CommandGenerator generator = new CommandGenerator(seed, twin, Long.MAX_VALUE / 2, CommandGenerator.SHARE_OF_MONEY, SWITCH_AT, MONEY_AT, RETURNS_AT, CLOSURES_AT, HALL_AT, WAITLIST_AT, RECORDS_AT, REVIEWS_AT, NEWEST_AT);
        final LedgerCheck ledger = new LedgerCheck(twin.model());
        final PersonsCheck persons = new PersonsCheck(twin.model());
        for (int position = 1; position <= COMMANDS; position++) {
            final Entry entry = generator.next();
            final Answered answer = teller.tell(position, entry.nowMs(), entry.flags(), entry.command());
            try {
                ledger.check(position % LOOK_AT_EVERY_PART == 0);
                persons.check(entry, answer);
            } catch (final AssertionError broken) {
                throw new AssertionError("seed " + seed + ", position " + position + ": " + entry.words() + "\nanswered " + answer
                        + "\nagain: " + Seeds.again(LedgerPropertyTest.class, seed - 700, COMMANDS) + " -Dseeds=1", broken);
            }
            if (answer.isDone()) {
                done.merge(entry.said().getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        twin.model().stamps.values().forEach(stamp -> stamps.merge(stamp.state, 1, Integer::sum));
        twin.model().money.payments.values().forEach(payment -> payments.merge(payment.state, 1, Integer::sum));
    }
}
