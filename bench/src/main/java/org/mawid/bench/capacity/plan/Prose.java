package org.mawid.bench.capacity.plan;

import java.util.Locale;
import java.util.regex.Pattern;

/** How what is told to a planner is worded and broken into lines. Pure functions. */
public final class Prose {
    public static final int COLUMNS = 100;
    /** What stands between a number and its unit: no line ends there. */
    private static final Pattern UNIT = Pattern.compile("(?<=[0-9]) (?=[%dh]|min\\b)|(?<=MAD) ");

    private Prose() {
    }

    /** Not wider than a terminal. @param indent of the lines that follow the first */
    public static String wrapped(final String sentence, final String indent) {
        final StringBuilder lines = new StringBuilder();
        int column = 0;
        for (final String word : UNIT.matcher(sentence).replaceAll("\u00A0").split(" ")) {
            if (column + word.length() + 1 > COLUMNS && column > 0) {
                lines.append('\n').append(indent);
                column = indent.length();
            } else if (column > 0) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString().replace('\u00A0', ' ');
    }

    /** A number with what it is of. @param one as "counter" */
    public static String count(final long number, final String one) {
        return text("%,d %s%s", number, one, number == 1 ? "" : "s");
    }

    public static String text(final String format, final Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
