package org.mawid.bench.load;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line that repeats a run: what was said, and what the program chose where nothing was said, to be pasted into a shell. */
final class Repetition {
    /** All that no POSIX shell takes for anything else, wherever it stands in a word. */
    private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

    private final Map<String, String> chosen = new LinkedHashMap<>();

    void chose(final String option, final String value) {
        chosen.put(option, value);
    }

    /** @param said words after the program's name */
    String line(final List<String> said) {
        final List<String> words = new ArrayList<>(said);
        chosen.forEach((option, value) -> {
            leaveOut(option, words);
            words.add(option);
            words.add(value);
        });
        return words.stream().map(Repetition::quoted).collect(Collectors.joining(" ", "bench ", ""));
    }

    /** It may have been said in a way that means something else another day, as {@code --from today}. */
    private static void leaveOut(final String option, final List<String> words) {
        for (final Iterator<String> each = words.iterator(); each.hasNext(); ) {
            final String word = each.next();
            if (word.equals(option)) {
                each.remove();
                each.next();
                each.remove();
            } else if (word.startsWith(option + "=")) {
                each.remove();
            }
        }
    }

    /** Not by commons-text's escapeXSI: it drops line ends and empty words, and puts a backslash before every {@code =} and {@code %}. */
    private static String quoted(final String word) {
        return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
