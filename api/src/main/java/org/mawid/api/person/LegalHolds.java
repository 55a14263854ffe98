package org.mawid.api.person;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.mawid.api.gateway.DurableFile;

/** Who keeps from rules what is held of whom: a file for each, {@code KEY}, beside the book. It is in force at once, also when another process has written it. Any thread that may wait; nothing is kept from an erasure. */
public final class LegalHolds {
    private static final String FOLDER = "retained";
    private static final String SINCE = "sinceMs";
    private static final String UNTIL = "untilMs";
    private static final String REASON = "reason";

    private final Path root;

    /** @param folder {@link PersonalData#FOLDER} @throws IOException it cannot be used */
    public LegalHolds(final Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve(FOLDER));
    }

    /** In the place of one of before; durable when it returns. */
    public void put(final long person, final LegalHold hold) throws IOException {
        DurableFile.write(file(person), new JsonObject().put(SINCE, hold.sinceMs()).put(UNTIL, hold.untilMs()).put(REASON, hold.reason()).encode().getBytes(StandardCharsets.UTF_8));
    }

    /** @return false when there was none */
    public boolean end(final long person) throws IOException {
        final boolean wasThere = Files.deleteIfExists(file(person));
        DurableFile.sync(root);
        return wasThere;
    }

    /** Null when there is none; also one that is over. @throws IOException it cannot be told: then nothing is to be deleted */
    public LegalHold of(final long person) throws IOException {
        try {
            final JsonObject json = new JsonObject(Files.readString(file(person)));
            return new LegalHold(json.getLong(SINCE), json.getLong(UNTIL), json.getLong(REASON));
        } catch (final NoSuchFileException none) {
            return null;
        } catch (final DecodeException | ClassCastException | NullPointerException damaged) {
            throw new IOException(file(person) + " is damaged: put the legal hold again, or end it, by 'mawid retain'", damaged);
        }
    }

    private Path file(final long person) {
        return root.resolve(HexFormat.of().toHexDigits(person));
    }
}
