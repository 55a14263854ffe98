package org.mawid.api.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mawid.api.control.Control;
import org.mawid.api.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For the day after an upgrade. */
@Command(name = "core-version", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Shows which version of the rules of behaviour the running server's log is at, and which versions the server knows; puts one in force.",
                "A newer program goes on by the rules that the log is at, so that the new ones begin when people say so. Whoever will not go back to the older"
                        + " program says so with --set, and the newer rules hold from that position on.",
                "Version 2: an application has 256 stamps at most, void ones included (LIMIT_REACHED), and a post that changes its currency has no rate"
                        + " until the next one is set (RATE_UNKNOWN). A new data directory begins by the newest version.",
                "It is in the log, for good: there is no way back to older rules, and a program that does not know the new ones refuses the log.",
                "Exit code 1 when it was not done: no server runs, the server does not know that version, it is older than the one in force, or the log takes"
                        + " nothing now."},
        footer = {"", "Examples:", "  mawid core-version --data ./data", "  mawid core-version --data ./data --set 2"})
public final class CoreVersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory of the server.")
    private Path data;

    @Option(names = "--set", paramLabel = "N", description = "The version that is to be in force from now on, for good.")
    private Integer version;

    @Override
    public Integer call() {
        return Running.or(spec.commandLine().getErr(), data, server -> version == null ? shown(server.coreVersions()) : set(server), () -> {
            spec.commandLine().getErr().println("no server runs on " + data + "; 'mawid inspect' says which version a directory that nobody serves is at");
            return 1;
        });
    }

    private int set(final ControlClient server) {
        final long position = server.setCoreVersion(version);
        spec.commandLine().getOut().println("core version " + version + " is in force, position " + position);
        return 0;
    }

    private int shown(final Control.CoreVersions versions) {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("in force  " + (versions.inForce() == 0 ? "unknown: the core is too busy to say" : versions.inForce()));
        out.println("known     1 to " + versions.newest());
        if (versions.inForce() > 0 && versions.inForce() < versions.newest()) {
            out.println("If no older program is going to be needed again: mawid core-version --data " + data + " --set " + versions.newest());
        }
        return 0;
    }
}
