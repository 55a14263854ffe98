package org.mawid.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What became of a program that was run in a process of its own. Its standard error is passed on line by line as it comes; its standard output is not
 * asked for. It is ended with this process.
 *
 * @param exitCode  its own
 * @param lastWords the last line of its standard error that does not begin with a space, as the places of a stack trace do; may be empty
 */
public record Child(int exitCode, String lastWords) {
    /** For what is still in the pipe when the process is over. One of its own children may hold the pipe open for ever. */
    private static final long PATIENCE_MS = 2_000;

    /** Runs it to its end. */
    public static Child run(final List<String> command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        final Thread hook = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
        final AtomicReference<String> lastWords = new AtomicReference<>("");
        final Thread listener = new Thread(() -> listen(process, lastWords), "bench-child");
        listener.setDaemon(true);
        listener.start();
        final int exitCode = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ending) {
            // it runs already, and finds the process gone
        }
        listener.join(PATIENCE_MS);
        return new Child(exitCode, lastWords.get());
    }

    private static void listen(final Process process, final AtomicReference<String> lastWords) {
        try (BufferedReader error = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = error.readLine(); line != null; line = error.readLine()) {
                System.err.println(line);
                if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
                    lastWords.set(line.strip());
                }
            }
        } catch (final IOException ended) {
            // what it said so far is what there is
        }
    }

    /** Why it failed, in words; of no meaning when it did not. */
    public String why() {
        return "exit code " + exitCode + (lastWords.isEmpty() ? ", without a word" : ": " + lastWords);
    }
}
