package org.mawid.engine.readmodel.cooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.CoolingView;
import org.mawid.engine.readmodel.CoolingView.Cooling;
import org.mawid.engine.readmodel.CoolingView.Era;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.twin.SeededTraffic;
import org.mawid.sbe.CoolingEraRecordDecoder;
import org.mawid.sbe.CoolingRecordDecoder;
import org.mawid.sbe.CoolingState;
import org.mawid.sbe.MessageHeaderDecoder;

/** Whatever happens: what cools and by which secrets, as the events have made it, is what the core has; fed or rebuilt. */
class CoolingViewPropertyTest {
    private static final int SEEDS = 4;
    private static final int COMMANDS = 3_000;

    /** Pools and dates where something cooled. */
    private final Set<List<Integer>> seen = new HashSet<>();
    private int mostUntold;
    private int mostTold;
    private long newestEra;

    @Test
    void givenSeededTraffic_whenItIsFedInTurns_thenWhatCoolsIsAsInTheCore() {
        for (final long seed : SeededTraffic.seeds().limit(SEEDS).toArray()) {
            final String again = "seed " + seed + ", again: " + SeededTraffic.again(CoolingViewPropertyTest.class, seed);
            final Random dice = new Random(seed);
            final SeededTraffic traffic = SeededTraffic.ofHalls(seed);
            LiveCooling cooling = rebuilt(traffic.core());
            seen.clear();
            for (int left = COMMANDS; left > 0; ) {
                final int some = 1 + dice.nextInt(60);
                left -= some;
                feed(cooling, traffic, some);
                isAsIn(traffic.core(), cooling, again);
                if (dice.nextInt(4) == 0) {
                    cooling = rebuilt(traffic.core());
                    isAsIn(traffic.core(), cooling, again);
                }
            }
        }
        assertThat(mostUntold).as("most that nobody has said anything of").isPositive();
        assertThat(mostTold).as("most of which somebody has").isPositive();
        assertThat(newestEra).as("newest era").isPositive();
    }

    private static void feed(final LiveCooling cooling, final SeededTraffic traffic, final int commands) {
        for (int i = 0; i < commands; i++) {
            final Answered answered = traffic.next();
            final UnsafeBuffer buffer = new UnsafeBuffer(answered.events());
            for (int at = 0; at < buffer.capacity(); at += EventWriter.FRAME_BYTES + buffer.getInt(at) + 7 & ~7) {
                cooling.onMessage(buffer, at + EventWriter.FRAME_BYTES);
            }
        }
        cooling.onBatchEnd();
    }

    private static LiveCooling rebuilt(final EngineCore core) {
        final LiveCooling cooling = new LiveCooling();
        cooling.beginRebuild();
        for (final RecordKind kind : List.of(RecordKind.COOLINGS, RecordKind.COOLING_ERAS)) {
            core.dump(kind, 0, Integer.MAX_VALUE, (template, buffer, offset, length) -> cooling.onMessage(buffer, offset));
        }
        cooling.onBatchEnd();
        return cooling;
    }

    private void isAsIn(final EngineCore core, final CoolingView view, final String again) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final Map<Long, Cooling> expected = new TreeMap<>();
        final Map<List<Integer>, int[]> places = new HashMap<>();
        core.dump(RecordKind.COOLINGS, 0, Integer.MAX_VALUE, (template, buffer, offset, length) -> {
            final CoolingRecordDecoder one = new CoolingRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            expected.put(one.coolingId(), new Cooling(one.coolingId(), one.sinceMs(), one.era(), one.minMs(), one.maxMs(), one.state() == CoolingState.ANSWERED));
            seen.add(List.of(one.poolId(), one.epochDay()));
            final int[] day = places.computeIfAbsent(List.of(one.poolId(), one.epochDay()), none -> new int[192]);
            for (int unit = one.startUnit(); unit < one.startUnit() + one.units(); unit++) {
                day[unit] += one.places();
            }
        });
        seen.forEach(day -> assertThat(view.on(day.get(0), day.get(1))).as(again + ": " + day).isEqualTo(places.getOrDefault(day, new int[0])));
        final List<Era> eras = new ArrayList<>();
        core.dump(RecordKind.COOLING_ERAS, 0, Integer.MAX_VALUE, (template, buffer, offset, length) -> {
            final CoolingEraRecordDecoder one = new CoolingEraRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            eras.add(new Era(one.era(), one.word1(), one.word2(), one.word3(), one.word4()));
            assertThat(view.cools(one.era())).as(again).isEqualTo(one.coolings() > 0);
        });
        final List<Cooling> untold = expected.values().stream().filter(one -> !one.told()).toList();
        assertThat(view.count()).as(again).isEqualTo(expected.size());
        assertThat(view.untoldCount()).as(again).isEqualTo(untold.size());
        assertThat(view.untold(Integer.MAX_VALUE, one -> true)).as(again).isEqualTo(untold);
        assertThat(view.unrevealed()).as(again).isEqualTo(eras);
        assertThat(view.eraInForce()).as(again).isEqualTo(eras.isEmpty() ? 0 : eras.get(eras.size() - 1).era());
        mostUntold = Math.max(mostUntold, untold.size());
        mostTold = Math.max(mostTold, expected.size() - untold.size());
        newestEra = Math.max(newestEra, view.eraInForce());
    }
}
