package org.mawid.api.person.desk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.LongFunction;
import org.mawid.api.document.DocumentType;
import org.mawid.api.person.Held;
import org.mawid.api.person.LegalHold;
import org.mawid.api.person.LegalHolds;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.SealException;

/**
 * All that is held of a person, in clear: {@code export.json} with profile and identities, contacts, messages, notes and what is known of documents, and with what the log has; and each document as it was given. One thread.
 */
public final class Export {
    private static final String FILE = "export.json";

    private final PersonalData data;
    private final LegalHolds holds;
    private final LongFunction<String> references;

    /** @param references of applications, by their number */
    public Export(final PersonalData data, final LegalHolds holds, final LongFunction<String> references) {
        this.data = data;
        this.holds = holds;
        this.references = references;
    }

    /**
     * @param traces what the log has, see {@link org.mawid.api.person.trace.Traces}
     * @param folder is made, for its owner only; nothing may be there
     * @return how many sealed things
     * @throws IOException   something cannot be read or written; what was written before stays
     * @throws SealException something is damaged
     */
    public int write(final long personKey, final JsonObject traces, final Path folder) throws IOException, SealException {
        Files.createDirectory(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        final JsonArray identities = new JsonArray();
        final JsonArray contacts = new JsonArray();
        final JsonArray messages = new JsonArray();
        final JsonArray reasons = new JsonArray();
        final JsonArray notes = new JsonArray();
        final JsonArray documents = new JsonArray();
        for (final Held held : data.held(personKey)) {
            if (held.kind() == Kind.MESSAGE || held.kind() == Kind.REASON || held.kind() == Kind.NOTE) {
                (held.kind() == Kind.NOTE ? notes : held.kind() == Kind.REASON ? reasons : messages).add(of(held).put("text", new String(data.read(held), StandardCharsets.UTF_8)));
            } else if (held.kind() == Kind.DOCUMENT) {
                documents.add(of(held).put("file", document(held, folder)).put("line", held.facts().getInteger("line")).put("bytes", held.facts().getInteger("bytes")));
            } else if (held.kind() == Kind.CONTACTS || held.kind() == Kind.IDENTITIES) {
                (held.kind() == Kind.CONTACTS ? contacts : identities).add(new JsonObject(new String(data.read(held), StandardCharsets.UTF_8)).put("kept", kept(held)));
            }
        }
        final JsonObject all = new JsonObject().put("person", HexFormat.of().toHexDigits(personKey)).put("known", identities).put("contacts", contacts).put("messages", messages).put("reasons", reasons).put("notes", notes).put("documents", documents);
        all.put("erased", data.isErased(personKey)).mergeIn(hold(personKey)).mergeIn(traces);
        Files.writeString(folder.resolve(FILE), all.encodePrettily() + '\n');
        return identities.size() + contacts.size() + messages.size() + reasons.size() + notes.size() + documents.size();
    }

    /** Empty when there is none. */
    private JsonObject hold(final long personKey) throws IOException {
        final LegalHold hold = holds.of(personKey);
        return hold == null ? new JsonObject() : new JsonObject().put("legalHold", new JsonObject().put("since", Instant.ofEpochMilli(hold.sinceMs()).toString()).put("until", Instant.ofEpochMilli(hold.untilMs()).toString())
                .put("reason", hold.reason()));
    }

    private JsonObject of(final Held held) {
        return new JsonObject().put("application", references.apply(held.owner().application())).put("kept", kept(held));
    }

    private static String kept(final Held held) {
        return Instant.ofEpochMilli(held.atMs()).toString();
    }

    /** @return its name in the folder */
    private String document(final Held held, final Path folder) throws IOException, SealException {
        final String name = held.facts().getString("document") + '.' + DocumentType.valueOf(held.facts().getString("type")).extension();
        Files.write(folder.resolve(name), data.read(held));
        return name;
    }
}
