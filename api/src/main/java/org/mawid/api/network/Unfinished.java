package org.mawid.api.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The changes that an import has begun and not yet ended, in a file beside the log. An import that was killed leaves them open, and days that
 * are staged there can be staged by nobody else; whoever comes next sees here that they are nobody's any more. Of others' open changes, such as an
 * officer's, nothing is known here. One thread.
 * <pre>
 * position 4711           that the log had by then; a log that ends before is another one, as from a back-up, and its changes are other changes
 * requests 5eed 12 174    before any is begun: request ids, upper half in hexadecimal, lower half from and to, by which the log knows their numbers
 * change 12               once all are begun, instead of the requests: any number. These are known for ever, requests for a day
 * </pre>
 */
final class Unfinished {
    private static final String POSITION = "position ";
    private static final String REQUESTS = "requests ";
    private static final String CHANGE = "change ";

    private final Path file;

    /** What was left. @param changes numbers; some may have ended @param importId upper half of the ids of requests that begin more of them, 0 = none */
    record Left(Set<Long> changes, long importId, long firstRequest, long lastRequest) {
        static final Left NOTHING = new Left(Set.of(), 0, 0, 0);

        boolean isNothing() {
            return changes.isEmpty() && importId == 0;
        }
    }

    /** @param file {@code null} = nothing is kept: an import that is killed leaves its changes for good */
    Unfinished(Path file) {
        this.file = file;
    }

    /** Durable when it returns, before any change is begun. @param position of the log before @param importId never 0 */
    void announce(long position, long importId, long firstRequest, long lastRequest) throws IOException {
        keep(POSITION + position + '\n' + REQUESTS + Long.toHexString(importId) + ' ' + firstRequest + ' ' + lastRequest + '\n');
    }

    /** Durable when it returns, before any day is staged. @param position of the log, at which all of them had been begun */
    void note(long position, Collection<Long> changes) throws IOException {
        final StringBuilder text = new StringBuilder(POSITION).append(position).append('\n');
        for (long change : changes) text.append(CHANGE).append(change).append('\n');
        keep(text.toString());
    }

    /** All have ended. */
    void end() throws IOException {
        if (file != null) Files.deleteIfExists(file);
    }

    /** @param position last one of the log */
    Left of(long position) throws IOException {
        if (file == null || !Files.exists(file)) return Left.NOTHING;
        final Set<Long> changes = new TreeSet<>();
        String[] requests = {"0", "0", "0"};
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(POSITION) && Long.parseLong(line.substring(POSITION.length())) > position) return Left.NOTHING;
            if (line.startsWith(REQUESTS)) requests = line.substring(REQUESTS.length()).split(" ");
            if (line.startsWith(CHANGE)) changes.add(Long.parseLong(line.substring(CHANGE.length())));
        }
        return new Left(changes, Long.parseUnsignedLong(requests[0], 16), Long.parseLong(requests[1]), Long.parseLong(requests[2]));
    }

    private void keep(String text) throws IOException {
        if (file != null) Kept.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
