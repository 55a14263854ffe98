package org.mawid.api.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.mawid.api.control.Control;
import org.mawid.api.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For a wall clock that has stepped. */
@Command(name = "clock", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Shows the wall clock of the running server's machine and the engine's time beside it; sets the engine's time to it.",
                "A wall clock that steps moves nothing by itself, for it may be wrong: the engine's time goes on and is drawn after it slowly. Whoever knows that"
                        + " the wall clock is right says so with --take-over, and the engine's time goes forward to it at once, as if it had been started again.",
                "Holds whose deadline is past by then expire, as does whatever else is due; without --take-over it is only said how many holds those are. It is"
                        + " in the log, for good: the engine's time never goes back, so take over nothing but the right time. A wall clock that is behind is"
                        + " waited for.",
                "Exit code 1 when it was not done: no server runs, it is a simulation, the wall clock is behind, or the log takes nothing now."},
        footer = {"", "Examples:", "  mawid clock --data ./data", "  mawid clock --data ./data --take-over"})
public final class ClockCommand implements Callable<Integer> {
    /** Below it two clocks agree: reading both takes time. */
    private static final long AGREE_MS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory of the server.")
    private Path data;

    @Option(names = "--take-over", description = "The wall clock is right: set the engine's time forward to it, for good.")
    private boolean takeOver;

    @Override
    public Integer call() {
        return Running.or(spec.commandLine().getErr(), data, server -> takeOver ? takenOver(server) : shown(server.clocks()), () -> {
            spec.commandLine().getErr().println("no server runs on " + data + "; one that is started takes over the wall clock by itself, unless the log has already come further");
            return 1;
        });
    }

    private int takenOver(final ControlClient server) {
        final Control.TakenOver taken = server.takeOverWallClock();
        final PrintWriter out = spec.commandLine().getOut();
        if (taken.forwardMs() == 0) {
            out.println("nothing to do, they agree: the engine's time is " + Instant.ofEpochMilli(taken.nowMs()));
            return 0;
        }
        out.println("the engine's time went forward by " + apart(taken.forwardMs()) + ", to " + Instant.ofEpochMilli(taken.nowMs())
                + (taken.position() == 0 ? "; it is in the log with the next command that is logged" : ", position " + taken.position()));
        out.println(holds(taken.holdsDue()) + " past their deadline by it: they expire now");
        return 0;
    }

    private int shown(final Control.Clocks clocks) {
        final PrintWriter out = spec.commandLine().getOut();
        if (clocks.simulated()) {
            out.println("engine's time  " + Instant.ofEpochMilli(clocks.nowMs()) + "  a simulation: it is told what time it is");
            return 0;
        }
        final long aheadMs = clocks.wallMs() - clocks.nowMs();
        out.println("wall clock     " + Instant.ofEpochMilli(clocks.wallMs()));
        out.println("engine's time  " + Instant.ofEpochMilli(clocks.nowMs()) + "  "
                + (Math.abs(aheadMs) < AGREE_MS ? "they agree" : apart(Math.abs(aheadMs)) + (aheadMs > 0 ? " behind" : " ahead")));
        if (aheadMs >= AGREE_MS) {
            out.println(holds(clocks.holdsDue()) + " past their deadline by the wall clock");
            out.println("The engine's time follows slowly. If the wall clock is right: mawid clock --data " + data + " --take-over");
        } else if (aheadMs <= -AGREE_MS) {
            out.println("The engine's time never goes back; it is slower until they meet (mawid.clock.slew.ppm). If the wall clock is wrong, mend it.");
        }
        return 0;
    }

    private static String holds(final long count) {
        return (count < 0 ? "an unknown number of" : Long.toString(count)) + " holds are";
    }

    /** As people say it: days where there are some, milliseconds only where there is nothing larger. */
    private static String apart(final long ms) {
        final Duration apart = Duration.ofMillis(ms);
        if (apart.toDays() > 0) {
            return apart.toDays() + " d " + apart.toHoursPart() + " h";
        }
        if (apart.toMinutes() > 0) {
            return apart.toHours() + " h " + apart.toMinutesPart() + " min " + apart.toSecondsPart() + " s";
        }
        return ms + " ms";
    }
}
