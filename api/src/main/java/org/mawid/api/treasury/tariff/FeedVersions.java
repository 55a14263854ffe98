package org.mawid.api.treasury.tariff;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mawid.api.gateway.SecretFile;
import org.mawid.api.gateway.Sha256;
import org.mawid.api.treasury.port.TariffFeed;

/**
 * Which versions of the feed there have been, in a small file, the newest last: versions are words without an order, and one that is not the newest and was there before is going back. One thread at a time.
 */
final class FeedVersions {
    private static final int MOST = 1_000;

    private final Path file;

    FeedVersions(final Path file) {
        this.file = file;
    }

    /** @return null when it is new, or still the newest; else why it may not be taken */
    String whyNot(final TariffFeed feed) throws IOException {
        final Map<String, String> seen = read();
        final String before = seen.get(feed.version());
        if (before == null) {
            return null;
        }
        if (!before.equals(hash(feed))) {
            return "version " + feed.version() + " has said something else before";
        }
        final String newest = seen.keySet().stream().reduce((first, second) -> second).orElseThrow();
        return newest.equals(feed.version()) ? null : "it goes back to version " + feed.version() + " from " + newest;
    }

    /** Durable when it returns. */
    void add(final TariffFeed feed) throws IOException {
        final Map<String, String> seen = read();
        if (seen.putIfAbsent(feed.version(), hash(feed)) == null) {
            final StringBuilder text = new StringBuilder();
            seen.entrySet().stream().skip(Math.max(0, seen.size() - MOST)).forEach(one -> text.append(one.getValue()).append(' ').append(one.getKey()).append('\n'));
            SecretFile.write(file, text.toString());
        }
    }

    private Map<String, String> read() throws IOException {
        final Map<String, String> seen = new LinkedHashMap<>();
        try {
            for (final String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                final int space = line.indexOf(' ');
                if (space < 1) {
                    throw new IOException(file + " is not what was written: remove it, and the feed begins again");
                }
                seen.put(line.substring(space + 1), line.substring(0, space));
            }
        } catch (final NoSuchFileException notYet) {
            return seen;
        }
        return seen;
    }

    private static String hash(final TariffFeed feed) {
        final StringBuilder text = new StringBuilder();
        for (final TariffFeed.Tariff tariff : feed.tariffs()) {
            text.append(tariff.service()).append(' ').append(tariff.fromDay()).append('\n');
            tariff.parts().forEach(part -> text.append(' ').append(part.component()).append(' ').append(part.beneficiary()).append(' ').append(part.centimes()).append('\n'));
        }
        return HexFormat.of().formatHex(Sha256.of(text.toString()));
    }
}
