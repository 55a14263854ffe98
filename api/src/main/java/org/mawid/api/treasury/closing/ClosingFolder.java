package org.mawid.api.treasury.closing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where closings are: a folder for each post. What there is is told by the names of the files, and nothing is kept beside them. One thread. */
final class ClosingFolder {
    private static final int CURRENCY = 3;
    private static final int DAY = 10;

    private final Path root;

    ClosingFolder(final Path root) {
        this.root = root;
    }

    Path of(final String post) {
        return root.resolve(DailyClosing.inFileNames(post));
    }

    Path document(final String post, final String currency, final LocalDate day) {
        return of(post).resolve("closing-" + DailyClosing.inFileNames(post) + '-' + currency + '-' + day + ClosingWriter.DOCUMENT);
    }

    /** Last days of the closings of a post, by currency and then by day. */
    TreeMap<String, TreeMap<LocalDate, Path>> all(final String post) throws IOException {
        final TreeMap<String, TreeMap<LocalDate, Path>> all = new TreeMap<>();
        final Path folder = of(post);
        if (!Files.isDirectory(folder)) {
            return all;
        }
        final String begin = "closing-" + DailyClosing.inFileNames(post) + '-';
        final List<Path> files;
        try (Stream<Path> there = Files.list(folder)) {
            files = there.toList();
        }
        for (final Path file : files) {
            final String name = file.getFileName().toString();
            final int currency = begin.length();
            final int day = currency + CURRENCY + 1;
            if (name.startsWith(begin) && name.endsWith(ClosingWriter.DOCUMENT) && name.length() == day + DAY + ClosingWriter.DOCUMENT.length()) {
                try {
                    all.computeIfAbsent(name.substring(currency, day - 1), first -> new TreeMap<>()).put(LocalDate.parse(name.substring(day, day + DAY)), file);
                } catch (final DateTimeException somebodyElses) {
                    continue; // in our folder, and none of ours
                }
            }
        }
        return all;
    }

    /** The closing that is about a day: it may be about those before it, too. @return null when there is none */
    static Path about(final TreeMap<LocalDate, Path> byDay, final LocalDate day) {
        return byDay == null || byDay.ceilingKey(day) == null ? null : byDay.ceilingEntry(day).getValue();
    }

    static DailyClosing read(final Path document) throws IOException {
        try {
            return ClosingText.closing(Files.readAllBytes(document));
        } catch (final ClosingException changed) {
            throw new IOException(document + " is not what was written: restore it from a back-up; until then nothing follows it (" + changed.getMessage() + ')', changed);
        }
    }

    static String signature(final Path document) throws IOException {
        final String name = document.getFileName().toString();
        return Files.readString(document.resolveSibling(name.substring(0, name.length() - ClosingWriter.DOCUMENT.length()) + ClosingWriter.SIGNATURE), StandardCharsets.US_ASCII).strip();
    }
}
