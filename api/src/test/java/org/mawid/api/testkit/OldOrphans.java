package org.mawid.api.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import org.mawid.api.sealed.store.ContentName;
import org.mawid.api.sealed.store.FolderStore;

/** Sealed things that stand in no book, a year old: one for each first digit of a name, so that a sweep of any day deletes one. */
public final class OldOrphans {
    public static final int COUNT = 16;
    private static final long YEAR_MS = 365 * 86_400_000L;

    private OldOrphans() {
    }

    /** @param sealed folder of the store */
    public static void put(final Path sealed) throws IOException {
        final Set<Character> digits = new HashSet<>();
        try (FolderStore store = new FolderStore(sealed)) {
            for (int i = 0; digits.size() < COUNT; i++) {
                final byte[] bytes = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                if (digits.add(ContentName.of(bytes).charAt(0))) {
                    final String name = store.put(bytes);
                    Files.setLastModifiedTime(sealed.resolve(name.substring(0, 2)).resolve(name), FileTime.fromMillis(System.currentTimeMillis() - YEAR_MS));
                }
            }
        }
    }
}
