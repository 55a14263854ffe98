package org.mawid.api.jar;

import java.util.ArrayList;
import java.util.List;

/** What a command of the jar said, and its exit code. */
record Ran(int code, String said) {
    static Ran mawid(final Object... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of(Server.JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", Server.JAR.toString()));
        for (final Object argument : arguments) {
            command.add(argument.toString());
        }
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes());
        return new Ran(process.waitFor(), said);
    }
}
