package org.mawid.bench.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody probably meant who wrote a name that there is not. Only letters and digits count, small and large alike. */
public final class Meant {
    /** So many letters at the beginning say what was meant, whatever follows. */
    private static final int BEGINNING = 3;
    private static final int MOST_SLIPS = 2;
    /** Of shorter names a slip makes another: week and seed are two apart. */
    private static final int LETTERS_A_SLIP = 3;
    /** Letters to put in, take out or change to get from one to the other. */
    private static final LevenshteinDistance SLIPS = LevenshteinDistance.getDefaultInstance();

    private Meant() {
    }

    /** Those that begin alike or are a slip or two away, the nearest first; may be none. */
    public static List<String> near(final Collection<String> names, final String word) {
        final String letters = letters(word);
        return nearest(names, word, names.size()).stream().filter(name -> isNear(letters, letters(name))).toList();
    }

    /** The nearest first, however far they are. */
    public static List<String> nearest(final Collection<String> names, final String word, final int most) {
        final String letters = letters(word);
        return names.stream().sorted(Comparator.comparingInt(name -> SLIPS.apply(letters, letters(name)))).limit(most).toList();
    }

    private static String letters(final String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static boolean isNear(final String one, final String other) {
        return one.length() >= BEGINNING && other.startsWith(one.substring(0, BEGINNING)) || SLIPS.apply(one, other) <= Math.min(MOST_SLIPS, one.length() / LETTERS_A_SLIP);
    }
}
