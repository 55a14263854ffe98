package org.mawid.api.jar;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a command of the jar said, and its exit code. */
record Ran(int code, String said) {
    /** One that never ends is killed when a test has waited long enough. */
    static Ran mawid(final Object... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of(Server.JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(ClassArchive.options());
        command.addAll(List.of("-jar", Server.JAR.toString()));
        for (final Object argument : arguments) {
            command.add(argument.toString());
        }
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture.delayedExecutor(Server.PATIENCE.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
        final String said = new String(process.getInputStream().readAllBytes());
        return new Ran(process.waitFor(), said);
    }
}
