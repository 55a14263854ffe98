package org.mawid.engine.readmodel.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mawid.engine.twin.SeededTraffic;
import org.mawid.sbe.BreakAssignedDecoder;
import org.mawid.sbe.BreakResolvedDecoder;
import org.mawid.sbe.PaymentChangedDecoder;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PostedDecoder;
import org.mawid.sbe.StampDecidedDecoder;
import org.mawid.sbe.TerminalDefinedDecoder;

/** Whatever happens: money as the events have made it is money as the core has it, and no more of it is kept than is under way. */
class MoneyPropertyTest {
    private static final int SEEDS = 4;

    static LongStream seeds() {
        return SeededTraffic.seeds().limit(SEEDS);
    }

    @Test
    void givenSeededTraffic_whenItIsFedInTurns_thenBooksAndWhatIsUnderWayAreThoseOfTheCore() throws Exception {
        final TreeMap<Integer, Integer> events = new TreeMap<>();
        final TreeSet<PaymentState> seen = new TreeSet<>();
        int proposals = 0;
        int refunds = 0;
        int late = 0;
        int settled = 0;
        int resolved = 0;
        int returned = 0;
        for (final long seed : seeds().toArray()) {
            final Random dice = new Random(seed);
            final String again = "seed " + seed + ", again: " + SeededTraffic.again(MoneyPropertyTest.class, seed);
            final MoneyRig rig = new MoneyRig(seed).open();
            int left = SeededTraffic.commands() / 2;
            while (left > 0) {
                final int some = 1 + dice.nextInt(40);
                left -= some;
                rig.apply(some);
                rig.refusing = dice.nextInt(4) == 0;
                rig.feed(dice.nextInt(80));
                if (dice.nextInt(25) == 0) {
                    rig.refusing = false;
                    rig.feedAll();
                    rig.assertSame(again);
                    rig.money.underWay(0).forEach(one -> seen.add(one.state()));
                    proposals = Math.max(proposals, rig.money.proposals(0).size());
                    refunds = Math.max(refunds, rig.money.payableRefunds().size());
                    if (dice.nextInt(4) == 0) {
                        rig.open();
                    }
                }
            }
            rig.refusing = false;
            rig.feedAll();
            rig.assertSame(again);
            rig.assertSlicesAreThoseOfTheCore(again, 1 + dice.nextInt(40));
            late += rig.late;
            settled += rig.settled;
            resolved += rig.resolved;
            returned += rig.returned;
            assertThat(MoneyRig.byPost(rig.money)).isEqualTo(rig.money.underWay(0));
            rig.events.forEach((template, count) -> events.merge(template, count, Integer::sum));
        }
        assertThat(events).as("traffic has what this is about").containsKeys(PostedDecoder.TEMPLATE_ID, PaymentChangedDecoder.TEMPLATE_ID,
                TerminalDefinedDecoder.TEMPLATE_ID, StampDecidedDecoder.TEMPLATE_ID, BreakAssignedDecoder.TEMPLATE_ID, BreakResolvedDecoder.TEMPLATE_ID);
        assertThat(seen).containsExactly(PaymentState.PENDING, PaymentState.IN_DOUBT, PaymentState.UNALLOCATED);
        assertThat(proposals).isPositive();
        assertThat(refunds).isPositive();
        assertThat(List.of(settled, resolved, returned)).as("what is settled, resolved or went back is in slices").allMatch(count -> count > 0);
        assertThat(late).as("money came late for payments that had failed").isPositive();
    }
}
