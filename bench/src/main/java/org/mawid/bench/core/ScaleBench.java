package org.mawid.bench.core;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.load.NoSeconds;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Planned;
import org.mawid.bench.process.Usage;
import org.mawid.engine.core.EngineCore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command costs on one thread, and what memory holds, as the calendar and the appointments grow. */
@Command(name = "scale", mixinStandardHelpOptions = true,
        description = "Core on one thread, from 1 k to 100 M slots of calendar and from 1 to 10 M appointments: cost a command and bytes as the work grows, each with a fitted curve.",
        footer = {"", "Takes about 85 s, of which the ten million appointments 60; 6 GB of memory at most.", "", "Examples:",
            "  bench scale --most-appointments 1000000      all sizes of calendar, in 45 s",
            "  bench scale --report out      with the fitted curves"})
public final class ScaleBench implements Callable<Integer>, Planned {
    private static final int UNITS = 100;
    private static final int CAPACITY = 255;
    /** Remembered requests: few, and that memory is full before the clock starts. */
    private static final int REQUESTS = 1 << 18;
    /** Where the bytes of an appointment are counted: less than what they are to be told from. */
    private static final int FEW_REQUESTS = 1 << 14;
    private static final int DISTANCE = 1_024;
    private static final int BATCH = 64;
    private static final long ROUND_NS = 150_000_000L;
    /** Posts and days of each size: their product times {@value #UNITS} units at a desk is how many slots there are. */
    private static final int[][] CALENDARS = {{1, 10}, {10, 10}, {100, 10}, {100, 100}, {1_000, 100}, {4_000, 250}};
    private static final long[] APPOINTMENTS = {1, 10_000, 100_000, 1_000_000, 3_000_000, 10_000_000};

    /** The first rounds warm up, and fill the memory of requests. */
    private static final int WARM_UPS = 2;
    /** As seen on two quiet cores: networks made; commands applied and encoded; encoding beside what is measured. */
    private static final double MAKING_SECONDS = 8;
    private static final double APPLIED_PER_SECOND = 900_000;
    private static final double WITH_ENCODING = 1.5;
    /** Of a life that is not cancelled. */
    private static final double COMMANDS = 4;
    /** Encoding, and taking out of memory whoever has withdrawn, beside what is measured. */
    private static final double WITH_RETIRING = 2;
    /** In an element of the result's lists: how many things the bytes are of. */
    private static final String COUNTED = "bytesCountedAt";

    @Mixin
    private Output output;

    @Mixin
    private final NoSeconds noSeconds = new NoSeconds("--rounds");

    @Option(names = "--most-slots", paramLabel = "N", defaultValue = "100000000", description = "Largest calendar, 10 000 to 100 000 000 (which takes 1 GB): ${DEFAULT-VALUE}.")
    private long mostSlots;

    @Option(names = "--most-appointments", paramLabel = "N", defaultValue = "10000000",
            description = "Most appointments in memory, 10 000 to 10 000 000 (which takes 3 GB and 45 s): ${DEFAULT-VALUE}.")
    private long mostAppointments;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "7", description = "Rounds of each size, in turn; the middle one counts: ${DEFAULT-VALUE}.")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        output.require(mostSlots >= 10_000 && mostSlots <= 100_000_000, "--most-slots must be 10 000 to 100 000 000");
        output.require(mostAppointments >= 10_000 && mostAppointments <= 10_000_000, "--most-appointments must be 10 000 to 10 000 000");
        output.require(rounds >= 3 && rounds <= 100, "--rounds must be 3 to 100");
        final List<Size> calendars = calendars();
        final List<Size> appointments = appointments(new ModelNetwork(150, 365, 96, CAPACITY, FEW_REQUESTS));
        final Size least = calendars.get(0);
        final Size most = calendars.get(calendars.size() - 1);
        output.note("a command at %,d slots costs %.0f ns, at %,d %.0f: %.2f of the rate", most.things, most.medianNs(), least.things, least.medianNs(), least.medianNs() / most.medianNs());
        output.result(new JsonObject().put("benchmark", "scale")
                .put("load", new JsonObject().put("mostSlots", most.things).put("mostAppointments", appointments.get(appointments.size() - 1).things)
                        .put("mix", "by slots: submit, validate, hold + stamp, confirm, cancel, a fifth each; by appointments: withdraw, too, a sixth each, and whoever has withdrawn is retired outside the clock")
                        .put("prefetchBatch", BATCH).put("rounds", rounds).put("seed", CoreRun.SEED).put("readModel", "off"))
                .put("leftOut", "ring, journal, wire; commands are encoded before the clock starts; a slot's bytes are those of its desk, its seats and the empty tables around them, an appointment's those of its application, line, person, stamp and 16 384 remembered requests; by appointments every size is measured warm, with the memory of requests full, and stays as large as it is (grewPercent);"
                        + " beside them are lives under way, as many as four times 1 024, with 1 appointment four, and some 3 400 withdrawn applications; the bytes of 1 appointment are those of the first thousand")
                .put("peakResidentMiB", Usage.ownPeakBytes() >> 20)
                .put("slots", json(calendars, "slots")).put("appointments", json(appointments, "appointments"))
                .put("growth", growth(calendars, appointments))
                .put("ratio", Output.rounded(least.medianNs() / most.medianNs()))
                .put("ratioOfAppointments", Output.rounded(appointments.get(0).medianNs() / appointments.get(appointments.size() - 1).medianNs())));
        return 0;
    }

    @Override
    public double plannedSeconds() {
        final long sizes = Arrays.stream(CALENDARS).filter(shape -> slots(shape) <= mostSlots).count();
        final double measured = rounds * ROUND_NS / 1e9 * WITH_ENCODING;
        return MAKING_SECONDS + sizes * (WARM_UPS * REQUESTS / APPLIED_PER_SECOND + measured)
                + mostAppointments * COMMANDS / APPLIED_PER_SECOND
                + Arrays.stream(APPOINTMENTS).filter(count -> count <= mostAppointments).count() * (WARM_UPS + rounds) * ROUND_NS / 1e9 * WITH_RETIRING;
    }

    private static long slots(final int[] shape) {
        return (long) shape[0] * shape[1] * UNITS;
    }

    /** One size: how many things there are, and what was measured with so many. */
    static final class Size {
        final long things;
        final List<Double> ns = new ArrayList<>();
        /** How many were there when the bytes were counted. */
        long counted;
        long stateBytes;
        /** How many there were when the last round was over. */
        long after;

        Size(final long things) {
            this.things = things;
            this.counted = things;
            this.after = things;
        }

        /** By how much it grew while it was measured. */
        double grewPercent() {
            return 100.0 * (after - things) / things;
        }

        double medianNs() {
            final double[] sorted = sorted();
            return sorted[sorted.length / 2];
        }

        /** How far the middle half of the rounds lies apart, of the middle one. */
        double spreadPercent() {
            final double[] sorted = sorted();
            return 100 * (sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4]) / medianNs();
        }

        private double[] sorted() {
            final double[] sorted = ns.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return sorted;
        }
    }

    static JsonArray json(final List<Size> sizes, final String things) {
        final JsonArray all = new JsonArray();
        sizes.forEach(size -> all.add(new JsonObject().put(things, size.things).put(COUNTED, size.counted).put("commandNs", Output.rounded(size.medianNs()))
                .put("spreadPercent", Output.rounded(size.spreadPercent())).put("grewPercent", Output.rounded(size.grewPercent())).put("bytesEach", Output.rounded(size.stateBytes / (double) size.counted))
                .put("stateMiB", Output.rounded(size.stateBytes / (double) (1 << 20)))));
        return all;
    }

    /** What a command costs and what memory holds, each against the slots and against the appointments. */
    static JsonObject growth(final List<Size> calendars, final List<Size> appointments) {
        return new JsonObject().put("bySlots", cost(calendars, "slots")).put("byAppointments", cost(appointments, "appointments"))
                .put("bytesBySlots", bytes(calendars, "slots")).put("bytesByAppointments", bytes(appointments, "appointments"));
    }

    private static JsonObject cost(final List<Size> sizes, final String things) {
        final Growth growth = new Growth(things, "commandNs");
        sizes.forEach(size -> growth.add(size.things, size.medianNs()));
        return growth.json();
    }

    private static JsonObject bytes(final List<Size> sizes, final String things) {
        final Footprint footprint = new Footprint(things, COUNTED);
        sizes.forEach(size -> footprint.add(size.counted, size.stateBytes));
        return footprint.json();
    }

    /** All calendars are there at once and are measured in turn: what else the machine does meets them alike. */
    private List<Size> calendars() {
        final long emptyBytes = emptyBytes();
        final List<Size> sizes = new ArrayList<>();
        final List<CoreRun> runs = new ArrayList<>();
        final long fromNs = System.nanoTime();
        for (final int[] shape : CALENDARS) {
            final long slots = slots(shape);
            if (slots <= mostSlots) {
                output.progress("making a calendar of %,d slots", slots);
                final Size size = new Size(slots);
                final CoreRun run = new CoreRun(new ModelNetwork(shape[0], shape[1], UNITS, CAPACITY, REQUESTS), DISTANCE, true, BATCH);
                size.stateBytes = run.core().bytes() - emptyBytes;
                sizes.add(size);
                runs.add(run);
            }
        }
        for (int round = -WARM_UPS; round < rounds; round++) {
            for (int i = 0; i < runs.size(); i++) {
                final double ns = round < 0 ? warm(runs.get(i)) : measure(runs.get(i), Integer.MAX_VALUE);
                if (round >= 0) {
                    sizes.get(i).ns.add(ns);
                }
                output.progressOf(fromNs, (round + WARM_UPS) * runs.size() + i + 1.0, (double) (rounds + WARM_UPS) * runs.size(),
                        "%,d slots: %.0f ns a command; then the appointments", sizes.get(i).things, ns);
            }
        }
        runs.forEach(run -> run.core().close());
        return sizes;
    }

    private static double warm(final CoreRun run) {
        double ns = 0;
        for (int commands = 0; commands < REQUESTS; commands += CoreRun.CHUNK) {
            ns = measure(run, 1);
        }
        return ns;
    }

    /** One core that grows from size to size. At each of them as much ends as begins, first until the compiler and the memory of requests are warm, then in what is measured. */
    List<Size> appointments(final ModelNetwork network) {
        final List<Size> sizes = new ArrayList<>();
        final Size one = new Size(APPOINTMENTS[0]);
        countBytesOfTheFirst(one, network);
        final CoreRun alone = new CoreRun(network, 1, false, BATCH);
        measureAsLarge(alone, one);
        alone.core().close();
        sizes.add(one);
        final CoreRun run = new CoreRun(network, DISTANCE, false, BATCH);
        final long before = run.core().bytes();
        for (final long count : APPOINTMENTS) {
            if (count > 1 && count <= mostAppointments) {
                fill(run, count);
                final Size size = new Size(run.appointments());
                size.counted = run.appointmentsInMemory();
                size.stateBytes = run.core().bytes() - before;
                measureAsLarge(run, size);
                sizes.add(size);
                run.grow();
            }
        }
        run.core().close();
        return sizes;
    }

    private static void countBytesOfTheFirst(final Size size, final ModelNetwork network) {
        final CoreRun fresh = new CoreRun(network, 1, false, BATCH);
        final long before = fresh.core().bytes();
        measure(fresh, 1);
        size.counted = fresh.appointmentsInMemory();
        size.stateBytes = fresh.core().bytes() - before;
        fresh.core().close();
    }

    private void measureAsLarge(final CoreRun run, final Size size) {
        run.stayAsLarge();
        for (int round = -WARM_UPS; round < rounds; round++) {
            final double ns = measure(run, Integer.MAX_VALUE);
            if (round >= 0) {
                size.ns.add(ns);
                output.progress("%,d appointments, round %d of %d: %.0f ns a command", size.things, round + 1, rounds, ns);
            }
        }
        run.toFirstStep();
        size.after = run.appointments();
    }

    private void fill(final CoreRun run, final long count) {
        final long fromNs = System.nanoTime();
        final long had = run.appointments();
        while (run.appointments() < count) {
            run.encode();
            run.apply();
            if (output.isDue()) {
                output.progressOf(fromNs, run.appointments() - had, mostAppointments - had, "appointments: %,d of %,d", run.appointments(), mostAppointments);
            }
        }
    }

    /** @return processor time of a command, ns, over so many chunks or {@value #ROUND_NS} ns, whichever is less */
    private static double measure(final CoreRun run, final int chunks) {
        long spent = 0;
        int done = 0;
        while (done < chunks && spent < ROUND_NS) {
            run.encode();
            final long from = CpuClock.nanos();
            run.apply();
            spent += CpuClock.nanos() - from;
            done++;
        }
        return spent / (double) done / CoreRun.CHUNK;
    }

    private static long emptyBytes() {
        try (EngineCore empty = new EngineCore()) {
            return empty.bytes();
        }
    }
}
