package org.mawid.bench.memory;

import io.vertx.core.json.JsonObject;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Heap;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.agenda.LiveAgenda;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Memory that a confirmed appointment takes, in the heap and outside. The same appointments are taken through their life phase by phase, and what is in use after a full
 * collection is compared before and after each: applications first, then their appointments, then their stamps.
 */
@Command(name = "memory", mixinStandardHelpOptions = true,
        description = "Memory for each appointment row with its indexes and calendar, and with application, line, person and stamp; remembered requests, and the visit in the agenda that is read, apart.",
        footer = {"", "Takes about 12 s.", "", "Examples:",
            "  bench memory --appointments 3000000",
            "  bench memory --days 60"})
public final class MemoryBench implements Callable<Integer>, Planned {
    private static final int POSTS = 150;
    private static final int UNITS = 96;
    private static final long SEED = 42;
    private static final int CAPACITY = 255;
    /** Remembered requests: few, and that memory is full before anything else is counted. */
    private static final int REQUESTS = 1 << 18;
    private static final long UNKNOWN = 1L << 40;
    /** Appointments told at once. */
    private static final int SLICE = 4_096;

    /** As seen on two quiet cores: both networks with remembered requests; commands; what is in use told. */
    private static final double MAKING_SECONDS = 5;
    private static final double APPLIED_PER_SECOND = 1_500_000;
    private static final double FULL_COLLECTIONS_SECONDS = 0.6;

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds noSeconds = new NoSeconds("--appointments");

    @Option(names = "--appointments", paramLabel = "N", defaultValue = "1000000", description = "How many are made: ${DEFAULT-VALUE}.")
    private int appointments;

    @Option(names = "--days", paramLabel = "N", defaultValue = "365", description = "Open days ahead: ${DEFAULT-VALUE}.")
    private int days;

    @Override
    public Integer call() throws Exception {
        output.require(appointments >= 1, "--appointments must be 1 or more");
        output.require(days >= 1 && days <= 365, "--days must be 1 to 365");
        output.progress("making the model network");
        final long empty = inUse();
        final Run alone = new Run(new ModelNetwork(1, 1, UNITS, CAPACITY, REQUESTS));
        final long remembered = inUse() - empty;
        final Run run = new Run(new ModelNetwork(POSTS, days, UNITS, CAPACITY, REQUESTS));
        final long before = inUse();
        final long calendar = before - empty - 2 * remembered;
        final long fromNs = System.nanoTime();
        for (int i = 1; i <= appointments; i++) {
            run.submit(i);
            run.validate(i);
            output.progressOf(fromNs, i, 3.0 * appointments, "applications %,d of %,d", i, appointments);
        }
        final long applied = inUse();
        for (int i = 1; i <= appointments; i++) {
            run.confirm(run.hold(i, i / UNITS / days % POSTS, i / UNITS % days, i % UNITS));
            output.progressOf(fromNs, appointments + (double) i, 3.0 * appointments, "appointments %,d of %,d", i, appointments);
        }
        final long confirmed = inUse();
        for (int i = 1; i <= appointments; i++) {
            run.stamp(i);
            output.progressOf(fromNs, 2 * (double) appointments + i, 3.0 * appointments, "stamps %,d of %,d", i, appointments);
        }
        final long stamped = inUse();
        output.progress("the agenda of who comes");
        final LiveAgenda agenda = run.agenda();
        final long shown = inUse();
        final double row = each(confirmed - applied + calendar);
        final double all = each(stamped - before + calendar);
        output.result(new JsonObject().put("benchmark", "memory")
                .put("load", new JsonObject().put("appointments", appointments).put("linesEach", 1).put("stampsEach", 1).put("posts", POSTS).put("days", days)
                        .put("unitsADay", UNITS).put("seed", SEED).put("readModel", "off"))
                .put("leftOut", "remembered requests, ring; nobody has cancelled")
                .put("calendarMiB", calendar >> 20).put("calendarBytesEach", each(calendar))
                .put("applicationLinePersonBytesEach", each(applied - before)).put("appointmentLegBytesEach", each(confirmed - applied))
                .put("stampBytesEach", each(stamped - confirmed))
                .put("appointmentWithCalendarBytesEach", row).put("allBytesEach", all).put("rememberedRequestBytesEach", Output.rounded(remembered / (double) REQUESTS))
                .put("visitInTheAgendaBytesEach", each(shown - stamped)).put("visitsInTheAgenda", visits(agenda))
                .put("appliedPosition", run.position + alone.position));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return MAKING_SECONDS * days / 365 + 5 * appointments / APPLIED_PER_SECOND + 7 * FULL_COLLECTIONS_SECONDS;
    }

    /** All of them are to be in it, or what one takes is not known. */
    private long visits(final LiveAgenda agenda) {
        long visits = 0;
        for (int post = 1; post <= POSTS; post++) {
            visits += agenda.between(post, 0, Long.MAX_VALUE).visits().size();
        }
        if (visits != appointments) {
            throw new IllegalStateException("the agenda has " + visits + " visits of " + appointments);
        }
        return visits;
    }

    private double each(final long bytes) {
        return Output.rounded(bytes / (double) appointments);
    }

    /** Heap in use after a full collection, and direct memory, in which the tables are. */
    private static long inUse() throws InterruptedException {
        return Heap.inUse() + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }

    /** A core and what feeds it. Each command is a millisecond later than the last, as request memory wants it. */
    private static final class Run {
        private final EngineCore core = new EngineCore();
        private final EventWriter events = new EventWriter();
        private final Outcome outcome = new Outcome();
        private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
        private final Commands commands = new Commands(1);
        private long position;
        private long nowMs = ModelNetwork.START_MS;

        Run(final ModelNetwork network) {
            network.make(commands, (command, length) -> {
                buffer.putBytes(0, command, 0, length);
                done(length);
            });
            for (int i = 0; i < REQUESTS; i++) {
                apply(commands.validate(buffer, 0, ++nowMs, UNKNOWN)); // refused and remembered
            }
        }

        void submit(final int person) {
            done(commands.submit(buffer, 0, ++nowMs, Lives.personKey(person, SEED), 1));
        }

        void validate(final long application) {
            done(commands.validate(buffer, 0, ++nowMs, application));
        }

        long hold(final long application, final int post, final int day, final int unit) {
            done(commands.hold(buffer, 0, ++nowMs, application, ModelNetwork.deskId(post), ModelNetwork.FIRST_DAY + day, unit, 1, false));
            return outcome.number1();
        }

        void confirm(final long hold) {
            done(commands.confirm(buffer, 0, ++nowMs, hold));
        }

        void stamp(final long application) {
            done(commands.issueStamps(buffer, 0, ++nowMs, application, 1));
        }

        /** As a start makes it anew from the core's state. */
        LiveAgenda agenda() {
            final LiveAgenda agenda = new LiveAgenda((deskId, epochDay) -> -1);
            agenda.beginRebuild();
            long from = 0;
            do {
                from = core.dump(RecordKind.APPOINTMENTS, from, SLICE, (templateId, record, offset, length) -> agenda.onMessage(nowMs, record, offset));
            } while (from != 0);
            agenda.onBatchEnd(position, nowMs);
            return agenda;
        }

        private void done(final int length) {
            apply(length);
            if (!outcome.isDone()) {
                throw new IllegalStateException("position " + position + " was answered " + outcome.result());
            }
        }

        private void apply(final int length) {
            core.apply(++position, nowMs, 0, buffer, 0, length, events, outcome);
            events.reset();
        }
    }
}
