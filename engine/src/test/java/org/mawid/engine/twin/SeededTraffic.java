package org.mawid.engine.twin;

import java.util.stream.LongStream;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.testkit.Answered;

/** The twin's traffic for tests outside of this package: each command is applied to a core, with the twin beside it to ask for something plausible. */
public final class SeededTraffic {
    private final NaiveEngine twin = new NaiveEngine();
    private final EngineCore core = new EngineCore();
    private final Answered.Teller twinTeller = new Answered.Teller(twin::apply);
    private final Answered.Teller coreTeller = new Answered.Teller(core::apply);
    private final CommandGenerator generator;

    public SeededTraffic(final long seed) {
        generator = new CommandGenerator(seed, twin);
    }

    private SeededTraffic(final long seed, final long versionAt, final int shareOfMoney) {
        generator = new CommandGenerator(seed, twin, Long.MAX_VALUE / 2, shareOfMoney,
                versionAt, versionAt + 10, versionAt + 20, versionAt + 30, versionAt + 40, versionAt + 50, versionAt + 60, versionAt + 70, versionAt + 80);
    }

    /** Under the newest core version from early on, with little money in it. */
    public static SeededTraffic ofHalls(final long seed) {
        return new SeededTraffic(seed, 200, 5);
    }

    /** Those that the build runs, or those of {@code -Dseed} and {@code -Dseeds}. */
    public static LongStream seeds() {
        return LongStream.range(Seeds.FIRST, Seeds.FIRST + Seeds.COUNT);
    }

    public static int commands() {
        return Seeds.COMMANDS;
    }

    /** The line that runs one failing seed again. */
    public static String again(final Class<?> test, final long seed) {
        return Seeds.again(test, seed);
    }

    /** Applies one more command. */
    public Answered next() {
        final Entry entry = generator.next();
        final long position = core.position() + 1;
        twinTeller.tell(position, entry.nowMs(), entry.flags(), entry.command());
        return coreTeller.tell(position, entry.nowMs(), entry.flags(), entry.command());
    }

    public EngineCore core() {
        return core;
    }
}
