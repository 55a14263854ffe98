package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.testkit.CommandKinds;
import org.mawid.sbe.AbandonChangeDecoder;
import org.mawid.sbe.ApplyChangeDecoder;
import org.mawid.sbe.CancelDecoder;
import org.mawid.sbe.CheckInDecoder;
import org.mawid.sbe.ConfirmDecoder;
import org.mawid.sbe.DefinePoolDecoder;
import org.mawid.sbe.HoldDecoder;
import org.mawid.sbe.IssueStampsDecoder;
import org.mawid.sbe.MarkNoShowDecoder;
import org.mawid.sbe.PublishDayDecoder;
import org.mawid.sbe.RecordConsumptionDecoder;
import org.mawid.sbe.RecordVisitDecoder;
import org.mawid.sbe.ReopenDaysDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SetCapacityDecoder;
import org.mawid.sbe.SubmitApplicationDecoder;
import org.mawid.sbe.VoidStampDecoder;
import org.mawid.sbe.WalkInDecoder;
import org.mawid.sbe.WithdrawLinesDecoder;

/**
 * Nothing is allocated by a command of any kind, nor by any answer to it: refusals and repeats are measured one by one, each for itself.
 * <p>The seeds' traffic has every command and every answer of the core. It is applied to new cores, whose tables grow: that allocates, now
 * and then, whatever the command was. What a kind allocates by itself is in all of its commands, and what a branch of it does in many.
 */
class AllocationByKindTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_ROUNDS = 2;
    private static final int RESULTS = 256;
    private static final int KINDS = 128 * RESULTS * 2;
    /** Of fewer of a kind nothing can be said. */
    private static final int ENOUGH = 20;
    /** A day of another length has its units in another table. */
    private static final int GRID_SIZES = 24;
    /** What is measured at all is measured so often. */
    private static final int FEWEST = 10;
    private static final Result[] OF_EVERY_REQUEST = {Result.REQUEST_TOO_OLD, Result.REQUEST_ID_REUSED, Result.CREATED_IN_FUTURE, Result.SEQUENCE_GAP, Result.SEQUENCE_REPEATED, Result.OUT_OF_RANGE};

    private final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024));
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final List<Recording> logs = new ArrayList<>();
    private final int[] seen = new int[KINDS];
    private final int[] allocating = new int[KINDS];
    private long touched;

    @BeforeEach
    void givenTrafficThatIsWarm() {
        final List<Integer> wanted = kindsThatMatter();
        while (logs.size() < Seeds.COUNT || logs.size() < Seeds.MOST && wanted.stream().anyMatch(kind -> seen[kind] < FEWEST)) {
            logs.add(Recording.of(Seeds.FIRST + logs.size(), Seeds.COMMANDS));
            run(logs.get(logs.size() - 1));
        }
        for (int round = 0; round < WARM_ROUNDS; round++) {
            logs.forEach(this::run);
        }
        Arrays.fill(seen, 0);
        Arrays.fill(allocating, 0);
        logs.forEach(this::run);
    }

    @AfterEach
    void touchedSomething() {
        assertThat(touched).isNotZero();
    }

    /** Tables that a kind of command may be the first to use. */
    private static int tables(final int kind) {
        return kind == kind(PublishDayDecoder.TEMPLATE_ID, Result.OK, false) ? GRID_SIZES : 1;
    }

    @Test
    void givenWarmTraffic_whenAnyKindOfCommandIsAnsweredInAnyWay_thenNothingIsAllocatedButByTablesThatGrow() {
        int refusals = 0;
        int refusalsAllocating = 0;
        for (int kind = 0; kind < KINDS; kind++) {
            if (seen[kind] == 0) {
                continue;
            }
            if (kind != kind(DefinePoolDecoder.TEMPLATE_ID, Result.OK, false)) { // a new pool is a new calendar, which is a table that grows
                assertThat(allocating[kind]).as("of %d commands %s, those that allocate", seen[kind], name(kind)).isLessThanOrEqualTo(logs.size() * tables(kind) + seen[kind] / ENOUGH);
            }
            if (isRefusalOrRepeat(kind)) {
                refusals += seen[kind];
                refusalsAllocating += allocating[kind];
            }
        }
        // A refusal is remembered, and so may grow the memory of requests.
        assertThat(refusalsAllocating).as("of %d refusals and repeats, those that allocate", refusals).isLessThanOrEqualTo(refusals / 1_000);
        if (Seeds.AS_IN_CI) {
            assertThat(refusals).isGreaterThan(20_000);
            for (final int kind : kindsThatMatter()) {
                assertThat(seen[kind]).as("commands %s, of %d seeds", name(kind), logs.size()).isGreaterThanOrEqualTo(FEWEST);
            }
        }
    }

    /** What must have been measured {@link #FEWEST} times. */
    private static List<Integer> kindsThatMatter() {
        final List<Integer> kinds = new ArrayList<>();
        for (final int template : CommandKinds.THAT_DO_SOMETHING) {
            kinds.add(kind(template, Result.OK, false));
        }
        for (final int template : CommandKinds.OF_MONEY) {
            kinds.add(kind(template, Result.OK, false));
        }
        for (final int template : CommandKinds.OFFLINE) {
            kinds.add(kind(template, Result.OK, false));
        }
        kinds.add(kind(RecordVisitDecoder.TEMPLATE_ID, Result.SUPERSEDED, false));
        kinds.add(kind(RecordConsumptionDecoder.TEMPLATE_ID, Result.STAMP_ALREADY_CONSUMED, false));
        kinds.add(kind(RecordConsumptionDecoder.TEMPLATE_ID, Result.STAMP_STATE, false));
        for (final int template : CommandKinds.OF_DISPLACEMENT) {
            kinds.add(kind(template, Result.OK, false));
        }
        for (final int template : CommandKinds.OF_CUT_OVER) {
            kinds.add(kind(template, Result.OK, false));
        }
        for (final int template : CommandKinds.OF_WAITING) {
            kinds.add(kind(template, Result.OK, false));
        }
        for (final int template : CommandKinds.OF_RECORDS) {
            kinds.add(kind(template, Result.OK, false));
        }
        for (final int template : CommandKinds.OF_REVIEWS) {
            kinds.add(kind(template, Result.OK, false));
        }
        for (final int template : CommandKinds.OF_ATTENDANCE) {
            kinds.add(kind(template, Result.OK, false));
        }
        for (final int template : CommandKinds.OF_MESSAGES) {
            kinds.add(kind(template, Result.OK, false));
        }
        kinds.add(kind(PublishDayDecoder.TEMPLATE_ID, Result.CLOSED_BY_CLOSURE, false));
        kinds.add(kind(ReopenDaysDecoder.TEMPLATE_ID, Result.CLOSURE_UNKNOWN, false));
        for (final Result result : OF_EVERY_REQUEST) {
            kinds.add(kind(HoldDecoder.TEMPLATE_ID, result, false));
        }
        kinds.add(kind(SubmitApplicationDecoder.TEMPLATE_ID, Result.OK, true)); // the same request again
        for (final Result result : new Result[] {Result.SOLD_OUT, Result.HELD_BY_OTHER, Result.CLOSED, Result.NOT_YET_RELEASED,
            Result.HOLD_BUDGET_SPENT, Result.LIMIT_REACHED, Result.APPLICATION_UNKNOWN, Result.POOL_UNKNOWN, Result.IN_THE_PAST, Result.HOLDS_FULL}) {
            kinds.add(kind(HoldDecoder.TEMPLATE_ID, result, false));
        }
        for (final Result result : new Result[] {Result.LIMIT_REACHED, Result.LINE_ALREADY_OPEN, Result.APPLICATIONS_FULL, Result.LINES_FULL, Result.PERSONS_FULL}) {
            kinds.add(kind(SubmitApplicationDecoder.TEMPLATE_ID, result, false));
        }
        kinds.add(kind(ConfirmDecoder.TEMPLATE_ID, Result.HOLD_EXPIRED, false));
        kinds.add(kind(CancelDecoder.TEMPLATE_ID, Result.APPOINTMENT_STATE, false));
        kinds.add(kind(CheckInDecoder.TEMPLATE_ID, Result.TOO_EARLY, false));
        kinds.add(kind(MarkNoShowDecoder.TEMPLATE_ID, Result.APPOINTMENT_STATE, false));
        kinds.add(kind(WithdrawLinesDecoder.TEMPLATE_ID, Result.LINE_TAKEN, false));
        kinds.add(kind(IssueStampsDecoder.TEMPLATE_ID, Result.NOT_VALIDATED, false));
        kinds.add(kind(IssueStampsDecoder.TEMPLATE_ID, Result.LIMIT_REACHED, false));
        kinds.add(kind(IssueStampsDecoder.TEMPLATE_ID, Result.RATE_UNKNOWN, false));
        kinds.add(kind(VoidStampDecoder.TEMPLATE_ID, Result.STAMP_STATE, false));
        kinds.add(kind(WalkInDecoder.TEMPLATE_ID, Result.OVERFLOW, false));
        kinds.add(kind(ApplyChangeDecoder.TEMPLATE_ID, Result.CONFLICT, false));
        kinds.add(kind(AbandonChangeDecoder.TEMPLATE_ID, Result.CHANGE_UNKNOWN, false));
        kinds.add(kind(SetCapacityDecoder.TEMPLATE_ID, Result.CAPACITY_BELOW_TAKEN, false));
        return kinds;
    }

    private void run(final Recording log) {
        try (EngineCore core = new EngineCore()) {
            for (final Entry entry : log.entries()) {
                command.putBytes(0, entry.command());
                final long before = THREADS.getCurrentThreadAllocatedBytes();
                apply(core, entry.nowMs(), entry.flags(), entry.command().length);
                final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
                final int kind = kind(outcome.templateId(), outcome.result(), outcome.repeated());
                seen[kind]++;
                allocating[kind] += allocated == 0 ? 0 : 1;
            }
        }
    }

    private void apply(final EngineCore core, final long nowMs, final int flags, final int length) {
        events.reset();
        core.prefetch(command, 0, length);
        touched += core.prefetched();
        core.apply(core.position() + 1, nowMs, flags, command, 0, length, events, outcome);
    }

    private static int kind(final int template, final Result result, final boolean repeated) {
        return (template * RESULTS + result.value()) * 2 + (repeated ? 1 : 0);
    }

    private static boolean isRefusalOrRepeat(final int kind) {
        final Result result = result(kind);
        return kind % 2 == 1 || result != Result.OK && result != Result.OVERFLOW;
    }

    private static Result result(final int kind) {
        final int value = kind / 2 % RESULTS;
        return Arrays.stream(Result.values()).filter(result -> result.value() == value).findFirst().orElse(Result.NULL_VAL);
    }

    private static String name(final int kind) {
        return "of template " + kind / 2 / RESULTS + " answered " + result(kind) + (kind % 2 == 1 ? " again" : "");
    }
}
