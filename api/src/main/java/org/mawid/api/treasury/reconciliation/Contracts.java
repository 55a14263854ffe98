package org.mawid.api.treasury.reconciliation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.mawid.api.treasury.matching.AcquirerContract;
import org.mawid.engine.FileTrouble;

/**
 * Contracts with acquirers by post, of a file with lines as {@code paris,120,0,3}: code of the post or {@code *} for all others, basis points, minor units for each payment, calendar days. Empty lines
 * and those that begin with # are nothing. Immutable.
 */
public final class Contracts {
    /** A post of which nothing is said: no commission was agreed, and money comes within three days. Source: our estimate. */
    private static final AcquirerContract NOTHING_AGREED = AcquirerContract.without(3);
    private static final String OTHERS = "*";
    private static final int FIELDS = 4;

    private final Map<String, AcquirerContract> byCode;

    private Contracts(final Map<String, AcquirerContract> byCode) {
        this.byCode = Map.copyOf(byCode);
    }

    /** Of nobody. */
    public static Contracts none() {
        return new Contracts(Map.of());
    }

    /**
     * @throws IOException              it cannot be read
     * @throws IllegalArgumentException in one line: which line is wrong, and what belongs there
     */
    public static Contracts read(final Path file) throws IOException {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
        final Map<String, AcquirerContract> byCode = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                final String where = file + " line " + (i + 1) + ": ";
                final String[] fields = line.split("\\s*,\\s*", -1);
                if (fields.length != FIELDS || fields[0].isEmpty()) {
                    throw new IllegalArgumentException(where + "a contract is CODE,BASIS_POINTS,FIXED_MINOR,DELAY_DAYS, as paris,120,0,3; CODE is a post's or * for all others");
                }
                if (byCode.put(fields[0], contract(fields, where)) != null) {
                    throw new IllegalArgumentException(where + "there is a contract of " + fields[0] + " already: remove one of the two");
                }
            }
        }
        return new Contracts(byCode);
    }

    private static AcquirerContract contract(final String[] fields, final String where) {
        try {
            return AcquirerContract.of(Integer.parseInt(fields[1]), Long.parseLong(fields[2]), Integer.parseInt(fields[3]));
        } catch (final NumberFormatException noNumber) {
            throw new IllegalArgumentException(where + "basis points, minor units and days are whole numbers, as in paris,120,0,3", noNumber);
        } catch (final IllegalArgumentException beyond) {
            throw new IllegalArgumentException(where + beyond.getMessage(), beyond);
        }
    }

    /** @param codes code of a post, null = no such post */
    AcquirerContract.OfPost byPost(final IntFunction<String> codes) {
        final AcquirerContract others = byCode.getOrDefault(OTHERS, NOTHING_AGREED);
        return postId -> {
            final String code = codes.apply(postId);
            return code == null ? others : byCode.getOrDefault(code, others);
        };
    }
}
