package org.mawid.api.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an import has begun and not yet ended, in a file beside the log, for whoever comes after it has been killed. Until all its days are accepted
 * its changes are nobody's, and are abandoned: days that are staged there can be staged by nobody else. From then on it is finished. Of others' open
 * changes, such as an officer's, nothing is known here. One thread.
 * <pre>
 * position 4711           that the log had by then; a log that ends before is another one, as from a back-up, and its changes are other changes
 * requests 5eed 12 174    before any is begun: request ids, upper half in hexadecimal, lower half from and to, by which the log knows their numbers
 * change 12               once all are begun, instead of the requests: any number. These are known for ever, requests for a day
 * applying days           all is staged and accepted: the changes are to be applied
 * applying network        and the catalogue brought to what the files say that lie beside
 * </pre>
 */
final class Unfinished {
    private static final String POSITION = "position ";
    private static final String REQUESTS = "requests ";
    private static final String CHANGE = "change ";
    private static final String APPLYING = "applying ";
    private static final String DAYS = "days";
    private static final String NETWORK = "network";

    private final Path file;

    /**
     * What was left.
     *
     * @param changes  numbers; some may have ended
     * @param importId upper half of the ids of requests that begin more of them, 0 = none
     * @param applying whether it is to be finished
     * @param network  whether with its files
     */
    record Left(Set<Long> changes, long importId, long firstRequest, long lastRequest, boolean applying, boolean network) {
        static final Left NOTHING = new Left(Set.of(), 0, 0, 0, false, false);

        boolean isNothing() {
            return changes.isEmpty() && importId == 0 && !applying;
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
        keep(text(position, changes));
    }

    /** Durable when it returns, before the first is applied. @param position of the log, at which all was staged @param network whether the catalogue goes along */
    void applying(long position, Collection<Long> changes, boolean network) throws IOException {
        keep(text(position, changes) + APPLYING + (network ? NETWORK : DAYS) + '\n');
    }

    private static String text(long position, Collection<Long> changes) {
        final StringBuilder text = new StringBuilder(POSITION).append(position).append('\n');
        for (long change : changes) text.append(CHANGE).append(change).append('\n');
        return text.toString();
    }

    /** All has ended. */
    void end() throws IOException {
        if (file != null) Files.deleteIfExists(file);
    }

    /** @param position last one of the log */
    Left of(long position) throws IOException {
        if (file == null || !Files.exists(file)) return Left.NOTHING;
        final Set<Long> changes = new TreeSet<>();
        String[] requests = {"0", "0", "0"};
        String applying = "";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(POSITION) && Long.parseLong(line.substring(POSITION.length())) > position) return Left.NOTHING;
            if (line.startsWith(REQUESTS)) requests = line.substring(REQUESTS.length()).split(" ");
            if (line.startsWith(APPLYING)) applying = line.substring(APPLYING.length());
            if (line.startsWith(CHANGE)) changes.add(Long.parseLong(line.substring(CHANGE.length())));
        }
        return new Left(changes, Long.parseUnsignedLong(requests[0], 16), Long.parseLong(requests[1]), Long.parseLong(requests[2]),
                !applying.isEmpty(), applying.equals(NETWORK));
    }

    private void keep(String text) throws IOException {
        if (file != null) Kept.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
