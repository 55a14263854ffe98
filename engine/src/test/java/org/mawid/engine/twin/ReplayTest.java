package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.StateHash;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.CommandWriter;
import org.mawid.engine.testkit.SavedState;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.ChangeRecordDecoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.ServiceScope;

/** The same log gives the same answers, whole or in pieces: restored at any position, a core has the same state and the same future. */
class ReplayTest {
    private static final int LONG_RUN = 6_000;
    private static final int EVERY = 211;
    private static final int SHORT_RUN = 700;
    private static final int FUTURE = 25;

    @Test
    void givenOneLog_whenReplayedTwiceWithOtherIndexKeys_thenEventsAreEqualByteForByte() {
        final Recording log = Recording.of(Seeds.FIRST + 100, LONG_RUN);
        final EngineCore one = new EngineCore();
        final EngineCore two = new EngineCore(0x5EED_0FA1_1E15_71DEL);
        final Answered.Teller tellOne = new Answered.Teller(one::apply);
        final Answered.Teller tellTwo = new Answered.Teller(two::apply);
        for (int position = 1; position <= log.size(); position++) {
            final Answered first = log.tell(tellOne, position);
            assertThat(log.tell(tellTwo, position)).as(log.where(position)).isEqualTo(first);
        }
        assertThat(two.stateHash()).isEqualTo(one.stateHash());
        assertThat(one.position()).isEqualTo(LONG_RUN);
    }

    @Test
    void givenSnapshotsAlongALongRun_whenRestored_thenTheRestOfTheLogGoesAsBefore() {
        final Recording log = Recording.of(Seeds.FIRST + 101, LONG_RUN);
        final EngineCore core = new EngineCore();
        final Answered.Teller teller = new Answered.Teller(core::apply);
        final List<Answered> answers = new ArrayList<>();
        final List<SavedState> states = new ArrayList<>();
        for (int position = 1; position <= log.size(); position++) {
            answers.add(log.tell(teller, position));
            if (position % EVERY == 0) {
                states.add(saved(core));
            }
        }
        // Each restored core runs to the next snapshot; the last one to the end.
        for (int i = 0; i < states.size(); i++) {
            final EngineCore restored = restored(states.get(i));
            final int from = (i + 1) * EVERY + 1;
            final int to = i + 1 < states.size() ? from + EVERY - 1 : log.size();
            sameFuture(log, restored, answers, from, to);
            final long expected = i + 1 < states.size() ? restored(states.get(i + 1)).stateHash() : core.stateHash();
            assertThat(restored.stateHash()).as("seed %d, from %d to %d", log.seed(), from, to).isEqualTo(expected);
        }
    }

    @Test
    void givenAShortRun_whenRestoredAtEachPosition_thenHashAndFutureAreTheSame() {
        final Recording log = Recording.of(Seeds.FIRST + 102, SHORT_RUN);
        final EngineCore core = new EngineCore();
        final Answered.Teller teller = new Answered.Teller(core::apply);
        final List<Answered> answers = new ArrayList<>();
        final List<SavedState> states = new ArrayList<>();
        final List<Long> hashes = new ArrayList<>();
        for (int position = 1; position <= log.size(); position++) {
            answers.add(log.tell(teller, position));
            states.add(saved(core));
            hashes.add(core.stateHash());
        }
        for (int position = 1; position <= log.size(); position++) {
            final EngineCore restored = restored(states.get(position - 1));
            assertThat(restored.position()).isEqualTo(position);
            assertThat(restored.stateHash()).as(log.where(position)).isEqualTo(hashes.get(position - 1));
            sameFuture(log, restored, answers, position + 1, Math.min(position + FUTURE, log.size()));
            final int last = Math.min(position + FUTURE, log.size());
            assertThat(restored.stateHash()).as("restored at %d, after %d", position, last).isEqualTo(hashes.get(last - 1));
        }
    }

    /** To look at a day settles what waits for an abandoned change, and frees its rows: in which order is part of the state. */
    @Test
    void givenPoolsDefinedInAnyOrder_whenTheirDaysAreLookedAt_thenARestoredCoreDoesItInTheSameOrder() {
        final int today = (int) Math.floorDiv(CommandGenerator.START_MS, Model.DAY_MS);
        final int later = today + 91;
        final List<Command> commands = new ArrayList<>();
        commands.add(new Command.DefinePost(asked(1), 1, "post", "EUR", 2, 1));
        commands.add(new Command.DefineService(asked(2), 1, 10, "service", ServiceScope.ANY_POST, false, true, false, 0, 1));
        for (final int desk : new int[] {12, 11}) {
            commands.add(new Command.DefinePool(asked(10 + desk), desk, 1, PoolKind.DESK, "desk-" + desk));
            commands.add(new Command.SetDeskService(asked(20 + desk), desk, 1, true));
            commands.add(new Command.PublishDay(asked(30 + desk), plan(desk, later, 0)));
        }
        commands.add(new Command.BeginChange(asked(51), 1));
        commands.add(new Command.AddToChange(asked(52), 1, plan(11, later, 1)));
        commands.add(new Command.AddToChange(asked(53), 1, plan(12, later, 1)));
        commands.add(new Command.AbandonChange(asked(54), 1));
        commands.add(new Command.SubmitApplication(asked(55), 0, 1, List.of(new Command.LineAsked(7, 1, 0, 1, AgeBand.ADULT, Priority.NONE, false))));
        final EngineCore core = new EngineCore();
        final Answered.Teller teller = new Answered.Teller(core::apply);
        for (final Command command : commands) {
            assertThat(teller.tell(core.position() + 1, CommandGenerator.START_MS, 0, bytes(command)).isDone()).as("%s", command).isTrue();
        }
        final EngineCore restored = restored(saved(core));

        final long dueMs = core.nextDueMs();
        final byte[] tick = bytes(new Command.Tick(Command.Request.NOBODY));
        final Answered told = teller.tell(core.position() + 1, dueMs, 0, tick);
        assertThat(new Answered.Teller(restored::apply).tell(restored.position() + 1, dueMs, 0, tick)).isEqualTo(told);
        assertThat(core.nextDueMs()).as("nothing was on offer").isEqualTo(dueMs + Model.DAY_MS);
        assertThat(restored.stateHash()).isEqualTo(core.stateHash());
    }

    /** It decides no answer: older snapshots lack it, and their hashes hold. */
    @Test
    void givenOpenChanges_whenRestoredAlsoFromAStateThatLacksWhenTheyWereBegun_thenTheHashIsTheSameAndTheyAreToldAndEndAsEver() {
        final EngineCore core = new EngineCore();
        final Answered.Teller teller = new Answered.Teller(core::apply);
        final List<Command> commands = List.of(new Command.DefinePost(asked(1), 1, "post", "EUR", 2, 1), new Command.BeginChange(asked(2), 1),
                new Command.BeginChange(asked(3), 1));
        for (final Command command : commands) {
            final long position = core.position() + 1;
            assertThat(teller.tell(position, CommandGenerator.START_MS + position, 0, bytes(command)).isDone()).as("%s", command).isTrue();
        }
        final List<String> told = List.of("1 begun 2 at 2", "2 begun 3 at 3");
        assertThat(openChanges(core)).isEqualTo(told);
        final EngineCore restored = restored(saved(core));
        assertThat(openChanges(restored)).isEqualTo(told);
        final EngineCore older = restored(saved(core).without(TableIds.CHANGE_TIMES));
        assertThat(openChanges(older)).containsExactly("1 begun 0 at never", "2 begun 0 at never");
        assertThat(List.of(restored.stateHash(), older.stateHash())).containsOnly(core.stateHash());

        final byte[] abandon = bytes(new Command.AbandonChange(asked(4), 1));
        for (final EngineCore each : List.of(restored, older)) {
            assertThat(new Answered.Teller(each::apply).tell(4, CommandGenerator.START_MS + 4, 0, abandon).isDone()).isTrue();
            each.check();
        }
        assertThat(older.stateHash()).isEqualTo(restored.stateHash());
        assertThat(openChanges(restored(saved(restored)))).containsExactly("2 begun 3 at 3");
    }

    private static List<String> openChanges(final EngineCore core) {
        final List<String> told = new ArrayList<>();
        final ChangeRecordDecoder change = new ChangeRecordDecoder();
        core.dump(RecordKind.CHANGES, 0, 100, (template, buffer, offset, length) -> {
            change.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
            told.add(change.changeId() + " begun " + change.begunPosition() + " at "
                    + (change.begunMs() == 0 ? "never" : change.begunMs() - CommandGenerator.START_MS));
        });
        return told;
    }

    private static Command.Request asked(final long id) {
        return new Command.Request(0, 1, id, CommandGenerator.START_MS, 0, 1, 0, 0, Channel.SYSTEM);
    }

    private static Command.DayPlan plan(final int poolId, final int epochDay, final int capacity) {
        return new Command.DayPlan(poolId, epochDay, epochDay * Model.DAY_MS, 0, 12, 1, List.of(new Command.Run(0, 12, capacity, 0)));
    }

    private static byte[] bytes(final Command command) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
        return Arrays.copyOf(buffer.byteArray(), new CommandWriter().write(command, buffer, 0));
    }

    @Test
    void givenASavedState_whenAnyBitOfItIsFlipped_thenTheHashIsAnother() {
        final Recording log = Recording.of(Seeds.FIRST + 103, SHORT_RUN);
        final EngineCore core = new EngineCore();
        final Answered.Teller teller = new Answered.Teller(core::apply);
        for (int position = 1; position <= log.size(); position++) {
            log.tell(teller, position);
        }
        final SavedState state = saved(core);
        final long whole = core.stateHash();
        assertThat(hash(state)).isEqualTo(whole);
        final Dice dice = new Dice(Seeds.FIRST);
        for (int flip = 0; flip < 500; flip++) {
            final int run = dice.below(state.runs());
            final int at = dice.below(1 << 20);
            final int bit = dice.below(8);
            if (!TableIds.isHashed(state.tableId(run))) {
                continue;
            }
            state.damage(run, at, bit);
            assertThat(hash(state)).as("run %d byte %d bit %d", run, at, bit).isNotEqualTo(whole);
            state.damage(run, at, bit);
        }
        assertThat(hash(state)).isEqualTo(whole);
    }

    private static void sameFuture(final Recording log, final EngineCore restored, final List<Answered> answers, final int from,
                                   final int to) {
        final Answered.Teller teller = new Answered.Teller(restored::apply);
        for (int position = from; position <= to; position++) {
            assertThat(log.tell(teller, position)).as(log.where(position)).isEqualTo(answers.get(position - 1));
        }
        restored.check();
    }

    private static long hash(final SavedState state) {
        final StateHash hash = new StateHash();
        state.writeTo(hash);
        return hash.value();
    }

    static SavedState saved(final EngineCore core) {
        final SavedState state = new SavedState();
        core.save(state);
        return state;
    }

    static EngineCore restored(final SavedState state) {
        final EngineCore core = new EngineCore();
        core.load(state.reader());
        return core;
    }
}
