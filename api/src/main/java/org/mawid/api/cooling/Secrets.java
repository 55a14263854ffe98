package org.mawid.api.cooling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.mawid.api.gateway.SecretFile;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.readmodel.CoolingView;

/**
 * Those that are not revealed yet, in a file for its owner only: a line for each, with its era, when it was made (log time, ms since 1970) and the secret in
 * hexadecimal. What is in memory is in the file, durably. One thread.
 */
final class Secrets {
    private static final HexFormat HEX = HexFormat.of();

    /** @param madeMs log time, ms since 1970-01-01 UTC */
    private record Kept(long madeMs, Secret secret) {
    }

    private final Path file;
    private final TreeMap<Long, Kept> byEra = new TreeMap<>();

    private Secrets(final Path file) {
        this.file = file;
    }

    /** @throws IOException in one line: it cannot be read, or holds something else */
    static Secrets open(final Path file) throws IOException {
        final Secrets secrets = new Secrets(file);
        if (!Files.exists(file)) {
            return secrets;
        }
        SecretFile.warnIfOthersCanRead(file, "know when room that was given back is everybody's");
        int number = 0;
        try {
            for (final String line : Files.readAllLines(file)) {
                number++;
                final String[] words = line.split(" ");
                secrets.byEra.put(Long.parseLong(words[0]), new Kept(Long.parseLong(words[1]), new Secret(HEX.parseHex(words[2]))));
            }
        } catch (final IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + ", line " + number + ": not an era, when it was made and 64 hexadecimal digits; put the file back from a back-up, or take it away:"
                    + " then a new era begins, and what cools by the old ones goes to everyone after the longest delay", e);
        } catch (final IOException e) {
            throw new IOException(FileTrouble.unreadable(file, e).getMessage(), e);
        }
        return secrets;
    }

    Path file() {
        return file;
    }

    /** The one that was committed to. @return null = it is not here, or another one is */
    Secret of(final CoolingView.Era committed) {
        final Kept kept = byEra.get(committed.era());
        return kept != null && kept.secret.committed(committed.era()).equals(committed) ? kept.secret : null;
    }

    /** When the secret of an era was made, log time, ms since 1970. @param era one that is here */
    long madeMs(final long era) {
        return byEra.get(era).madeMs;
    }

    /** A new one, durable when it returns. One of the same era that was here is lost. @throws IOException nothing was changed */
    Secret make(final long era, final long nowMs) throws IOException {
        final TreeMap<Long, Kept> more = new TreeMap<>(byEra);
        final Secret secret = Secret.random();
        more.put(era, new Kept(nowMs, secret));
        write(more);
        return secret;
    }

    /** Those of these eras are in the log by now, or never will be. */
    void forget(final LongPredicate eras) throws IOException {
        final TreeMap<Long, Kept> fewer = new TreeMap<>(byEra);
        if (fewer.keySet().removeIf(eras::test)) {
            write(fewer);
        }
    }

    private void write(final Map<Long, Kept> wanted) throws IOException {
        final StringBuilder text = new StringBuilder();
        wanted.forEach((era, kept) -> text.append(era).append(' ').append(kept.madeMs).append(' ').append(HEX.formatHex(kept.secret.bytes())).append('\n'));
        SecretFile.write(file, text.toString());
        byEra.clear();
        byEra.putAll(wanted);
    }
}
