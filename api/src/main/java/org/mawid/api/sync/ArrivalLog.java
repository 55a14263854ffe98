package org.mawid.api.sync;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;

/** What came, a line each and each once, in a file for each date in UTC. Lines are added before anything is made of them: what comes again is passed over. */
final class ArrivalLog {
    private static final String SUFFIX = ".jsonl";

    private final Shelf shelf;
    private final Path folder;
    /** Where the last line was added, and where that file ends; null = it is to be read. */
    private Path open;
    private long openEnd;
    private Place last = Place.of((JsonObject) null);

    /** @param nowMs log time */
    record Line(Place place, long nowMs, JsonObject json) {
    }

    ArrivalLog(final Shelf shelf) {
        this.shelf = shelf;
        this.folder = shelf.root.resolve("log");
    }

    /** Finds the last whole line; half a one is written over. */
    void open() throws IOException {
        final List<String> names = shelf.names(folder);
        last = Place.of((JsonObject) null);
        open = null;
        for (int i = names.size() - 1; i >= 0 && last.position() < 0; i--) {
            final byte[] content = shelf.files.read(folder.resolve(names.get(i)));
            final int end = end(content);
            if (end > 0) {
                int begin = end - 1;
                while (begin > 0 && content[begin - 1] != '\n') {
                    begin--;
                }
                try {
                    last = Place.of(new JsonObject(new String(content, begin, end - begin, StandardCharsets.UTF_8)));
                } catch (final DecodeException changed) {
                    throw new IOException(folder.resolve(names.get(i)) + " ends with a line that is no JSON object: somebody has changed it. Move it away and run again");
                }
            }
        }
    }

    /** Those that are not in it. */
    void add(final List<Line> lines) throws IOException {
        final TreeMap<String, StringBuilder> byDate = new TreeMap<>();
        Place newest = last;
        for (final Line line : lines) {
            if (line.place().compareTo(newest) > 0) {
                final String date = Instant.ofEpochMilli(line.nowMs()).atOffset(ZoneOffset.UTC).toLocalDate().toString();
                byDate.computeIfAbsent(date, first -> new StringBuilder()).append(line.place().in(line.json()).encode()).append('\n');
                newest = line.place();
            }
        }
        for (final var one : byDate.entrySet()) {
            append(folder.resolve(one.getKey() + SUFFIX), one.getValue().toString());
        }
        last = newest;
    }

    /** All was read anew: from here on it goes on, wherever it was. */
    void addBreak(final Line line) throws IOException {
        last = Place.of((JsonObject) null);
        add(List.of(line));
    }

    private void append(final Path file, final String text) throws IOException {
        shelf.files.folder(folder);
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!file.equals(open)) {
            final byte[] before = shelf.files.read(file);
            openEnd = before == null ? 0 : end(before);
        }
        open = null; // until it is known what is there
        shelf.files.writeFrom(file, openEnd, bytes);
        if (openEnd == 0) {
            shelf.files.settle(folder);
        }
        open = file;
        openEnd += bytes.length;
    }

    /** Behind the last whole line. */
    private static int end(final byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
