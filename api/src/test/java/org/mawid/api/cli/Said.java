package org.mawid.api.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** What a command said, and how it ended. */
record Said(int code, String out, String err) {
    static Said by(final Object command, final Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int code = new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    /** The number after this word. */
    long number(final String word) {
        final java.util.regex.Matcher found = java.util.regex.Pattern.compile(word + " +(\\d+)").matcher(out);
        if (!found.find()) {
            throw new AssertionError("no " + word + " in " + this);
        }
        return Long.parseLong(found.group(1));
    }
}
