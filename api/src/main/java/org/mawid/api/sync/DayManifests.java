package org.mawid.api.sync;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.mawid.api.manifest.ManifestVerifier;
import org.mawid.api.manifest.ManifestVerifier.UntrustedException;

/** Keeps the day manifests of today and tomorrow at the post. Only what is signed by a key of {@code keys.jwks} gets into the folder. One thread. */
final class DayManifests {
    private final Shelf shelf;
    private final Link link;
    private final int postId;
    private final LongSupplier clock;
    private final Path folder;
    private final Path keys;

    /** @param clock ms since 1970-01-01 UTC */
    DayManifests(final Shelf shelf, final Link link, final int postId, final LongSupplier clock) {
        this.shelf = shelf;
        this.link = link;
        this.postId = postId;
        this.clock = clock;
        this.folder = shelf.root.resolve("manifest");
        this.keys = shelf.root.resolve("keys.jwks");
    }

    /** @throws UntrustedException what the server gave is not to be worked from: the one before stays */
    void refresh() throws IOException, UntrustedException {
        final ManifestVerifier verifier = verifier();
        final long nowMs = clock.getAsLong();
        final LocalDate utc = LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), ZoneOffset.UTC);
        final JsonObject first = get(verifier, utc, nowMs);
        final LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), ZoneId.of(first.getString("zone")));
        for (final LocalDate date : new LocalDate[] {today, today.plusDays(1)}) {
            if (!date.equals(utc)) {
                get(verifier, date, nowMs);
            }
        }
        shelf.clean(folder);
        for (final String name : shelf.names(folder)) {
            if (name.compareTo(today.toString()) < 0) {
                shelf.remove(folder.resolve(name));
            }
        }
    }

    /** A key that is there once is trusted; whoever wants to be certain puts the file there before the first run. */
    private ManifestVerifier verifier() throws IOException {
        byte[] known = shelf.files.read(keys);
        if (known == null) {
            known = link.keys().getBytes(StandardCharsets.UTF_8);
            shelf.put(keys, known);
        }
        try {
            return ManifestVerifier.of(new String(known, StandardCharsets.UTF_8));
        } catch (final IllegalArgumentException none) {
            throw new IOException(keys + ": " + none.getMessage() + ". Put the output of 'mawid stamp-keys' there, or delete it to take the server's");
        }
    }

    private JsonObject get(final ManifestVerifier verifier, final LocalDate date, final long nowMs) throws IOException, UntrustedException {
        final String jws = link.manifest(postId, (int) date.toEpochDay());
        final JsonObject manifest = verifier.verify(jws, postId, date.toString(), nowMs);
        shelf.put(folder.resolve(date + ".jws"), jws.getBytes(StandardCharsets.US_ASCII));
        shelf.put(folder.resolve(date + ".json"), manifest);
        return manifest;
    }
}
