package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.engine.readmodel.PositionGate;
import org.mawid.engine.readmodel.availability.LiveAvailability;
import org.mawid.engine.testkit.Answered;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.OverbookedSetDecoder;
import org.mawid.sbe.OverbookedWithdrawnDecoder;
import org.mawid.sbe.RoomChangedDecoder;
import org.mawid.sbe.WithheldSetDecoder;

/** A network whose desks are overbooked: what nobody has taken when its time comes is withheld, to the place, and whoever has a place keeps it. */
class OverbookedPropertyTest {
    private static final int SEEDS = 6;
    /** Until all of it has happened. */
    private static final int MOST_SEEDS = 20;
    private static final int ENOUGH = 120;
    private static final int COMMANDS = 4_000;
    private static final int RESTORE_EVERY = 397;
    private static final long NEVER = Long.MAX_VALUE / 2;
    private static final int NO_MONEY = 5;

    private PositionGate gate;
    private LiveAvailability masks;
    private EngineCore core;
    private String again;
    private int withdrawn;
    private int kept;

    @Test
    void givenOverbookedDesks_whenTheTimeComes_thenAsMuchIsWithheldAsNobodyHasTakenAndNothingElseMoves() {
        for (long seed = Seeds.FIRST; seed < Seeds.FIRST + SEEDS || seed < Seeds.FIRST + MOST_SEEDS && (withdrawn <= ENOUGH || kept == 0); seed++) {
            again = Seeds.again(OverbookedPropertyTest.class, seed);
            run(seed);
        }
        assertThat(withdrawn).as("places that were withdrawn").isGreaterThan(ENOUGH);
        assertThat(kept).as("units of which some was taken").isPositive();
    }

    private void run(final long seed) {
        final NaiveEngine twin = new NaiveEngine();
        final Answered.Teller twinTeller = new Answered.Teller(twin::apply);
        final CommandGenerator generator = new CommandGenerator(seed, twin, NEVER, NO_MONEY, 20, 30, 40, 50, 60, 70, 80, 90, 100);
        final NaiveSearch search = new NaiveSearch(twin.model(), seed);
        core = new EngineCore();
        gate = new PositionGate();
        masks = new LiveAvailability(gate, System::nanoTime);
        for (int i = 1; i <= COMMANDS; i++) {
            final Entry entry = generator.next();
            final long position = core.position() + 1;
            final Answered expected = twinTeller.tell(position, entry.nowMs(), entry.flags(), entry.command());
            assertThat(new Answered.Teller(core::apply).tell(position, entry.nowMs(), entry.flags(), entry.command())).as(again).isEqualTo(expected);
            show(position, entry.nowMs(), expected.events());
            if (i % RESTORE_EVERY == 0) {
                restore(entry.nowMs());
                search.isWhatIsSaidBy(masks);
                isOverbookedAs(twin.model());
            }
        }
    }

    private void isOverbookedAs(final Model model) {
        model.days.forEach((key, day) -> {
            final DayView view = masks.day(key.poolId(), key.epochDay());
            if (view != null && day.live != null && key.epochDay() >= model.today()) {
                final int[] expected = day.live.isOverbooked() ? Arrays.copyOf(day.live.overbooked, day.live.unitCount) : new int[0];
                assertThat(view.overbooked().places()).as("%s, %s", key, again).isEqualTo(expected);
                assertThat(view.overbooked().untilMs()).as("%s, %s", key, again).isEqualTo(day.live.overbookedUntilMs);
            }
        });
    }

    // ---- what a withdrawal does, looked at from outside

    private void show(final long position, final long nowMs, final byte[] frames) {
        final Map<String, DayView> before = new HashMap<>();
        final List<OverbookedWithdrawnDecoder> told = new ArrayList<>();
        boolean isAlone = true;
        final UnsafeBuffer buffer = new UnsafeBuffer(frames);
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            final int message = at + EventWriter.FRAME_BYTES;
            final int template = new MessageHeaderDecoder().wrap(buffer, message).templateId();
            isAlone &= template == OverbookedWithdrawnDecoder.TEMPLATE_ID || template == RoomChangedDecoder.TEMPLATE_ID || template == WithheldSetDecoder.TEMPLATE_ID;
            if (template == OverbookedWithdrawnDecoder.TEMPLATE_ID) {
                final OverbookedWithdrawnDecoder event = new OverbookedWithdrawnDecoder();
                event.wrapAndApplyHeader(buffer, message, new MessageHeaderDecoder());
                if (event.changeId() == 0) {
                    told.add(event);
                    before.put(event.poolId() + " " + event.epochDay(), masks.day(event.poolId(), event.epochDay()));
                }
            }
            assertThat(template == OverbookedSetDecoder.TEMPLATE_ID && core.coreVersion() < 7).as("overbooked under an older version").isFalse();
        }
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            masks.onMessage(position, buffer, at + EventWriter.FRAME_BYTES);
        }
        masks.onBatchEnd(position, nowMs);
        gate.moveTo(position);
        for (final OverbookedWithdrawnDecoder event : told) {
            if (isAlone && before.get(event.poolId() + " " + event.epochDay()) != null) {
                isWithdrawn(before.get(event.poolId() + " " + event.epochDay()), masks.day(event.poolId(), event.epochDay()));
            }
        }
    }

    private void isWithdrawn(final DayView before, final DayView after) {
        for (int unit = 0; unit < before.room().length; unit++) {
            final int gone = Math.min(before.overbooked().places()[unit], before.room()[unit]);
            assertThat(after.room()[unit]).as("room of unit %d, %s", unit, again).isEqualTo(before.room()[unit] - gone);
            assertThat(after.open()[unit] - after.room()[unit]).as("taken of unit %d, %s", unit, again).isEqualTo(before.open()[unit] - before.room()[unit]);
            assertThat(withheld(after, unit)).as("withheld of unit %d, %s", unit, again).isEqualTo(withheld(before, unit) + gone);
            withdrawn += gone;
            kept += gone < before.overbooked().places()[unit] ? 1 : 0;
        }
        assertThat(after.overbooked().places()).as(again).isEmpty();
    }

    private static int withheld(final DayView day, final int unit) {
        return day.withheld().length == 0 ? 0 : day.withheld()[unit];
    }

    /** The core from its saved state, and the masks from what it tells. */
    private void restore(final long nowMs) {
        final long hash = core.stateHash();
        core = ReplayTest.restored(ReplayTest.saved(core));
        assertThat(core.stateHash()).as(again).isEqualTo(hash);
        core.check();
        masks.beginRebuild();
        for (final RecordKind kind : List.of(RecordKind.POOLS, RecordKind.CHANGES, RecordKind.DAYS, RecordKind.QUOTAS, RecordKind.OVERBOOKED)) {
            core.dump(kind, 0, Integer.MAX_VALUE, (template, buffer, offset, length) -> masks.onMessage(core.position(), buffer, offset));
        }
        masks.endRebuild(core.position(), nowMs);
    }
}
