package org.mawid.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same command line once more, in a Java of its own with other options: for a client whose load lasts a minute or two, and is then told by its own
 * compiler and collector rather than by the server. It speaks to the same terminal and is ended with this process.
 */
public final class OwnJvm {
    /** Set in the process that was started. */
    private static final String MARK = "mawid.bench.own.jvm";
    private static final String JAR = ".jar";

    private OwnJvm() {
    }

    /** Whether {@link #run} would be of use: we are started from the jar, and not by it. */
    public static boolean isUseful() {
        return System.getProperty(MARK) == null && jar().endsWith(JAR) && !jar().contains(java.io.File.pathSeparator);
    }

    /**
     * Runs it and waits.
     *
     * @param options   of Java
     * @param arguments of this programme
     * @return its exit code
     */
    public static int run(final List<String> options, final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.add("-D" + MARK + "=true");
        command.add("-jar");
        command.add(jar());
        command.addAll(arguments);
        final Process process = new ProcessBuilder(command).inheritIO().start();
        final Thread hook = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(hook);
        final int exitCode = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ending) {
            // it runs already, and finds the process gone
        }
        return exitCode;
    }

    /** Asks it to end and waits: it may have something to put in order first, and nobody should believe that all is over before it is. */
    private static void end(final Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String jar() {
        return System.getProperty("java.class.path");
    }
}
