package org.mawid.api.document;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.mawid.api.gateway.DurableFile;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.sbe.DocumentKind;

/**
 * Documents on their way, on disk and nowhere else: {@code APPLICATION/ID/} with a {@code head} and a file for each part, named by where it begins and sealed with the person's key, its place sealed with it. How far a document
 * has come is what its parts say. One thread an application.
 */
final class Arrivals {
    private static final String HEAD = "head";
    private static final String PART = "%08x";
    private static final int ID_BYTES = 16;
    /** In front of a part's bytes, under the seal: the document's id and where the part begins. */
    private static final int PLACE_BYTES = ID_BYTES + Integer.BYTES;

    private final Path root;
    private final PersonalData data;
    private final SecureRandom random = new SecureRandom();

    Arrivals(final Path root, final PersonalData data) throws IOException {
        this.root = Files.createDirectories(root);
        this.data = data;
    }

    Arrival begin(final Owner owner, final int line, final DocumentKind kind, final int bytes, final long nowMs) throws IOException {
        final byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        final Arrival arrival = new Arrival(HexFormat.of().formatHex(id), owner, line, kind, bytes, 0, nowMs);
        DurableFile.makeFolder(folder(owner.application()));
        DurableFile.makeFolder(folder(arrival));
        DurableFile.write(folder(arrival).resolve(HEAD), new JsonObject().put("person", HexFormat.of().toHexDigits(owner.personKey())).put("submittedMs", owner.submittedMs()).put("line", line).put("kind", kind.name())
                .put("bytes", bytes).put("begunMs", nowMs).encode().getBytes(StandardCharsets.UTF_8));
        return arrival;
    }

    /** Null when there is none. @param id as it was typed */
    Arrival find(final long application, final String id) throws IOException {
        return id.matches("[0-9a-f]{" + 2 * ID_BYTES + '}') ? read(application, folder(application).resolve(id)) : null;
    }

    List<Arrival> of(final long application) throws IOException {
        final List<Arrival> all = new ArrayList<>();
        for (final Path folder : folders(folder(application))) {
            final Arrival arrival = read(application, folder);
            if (arrival != null) {
                all.add(arrival);
            }
        }
        return all;
    }

    List<Arrival> all() throws IOException {
        final List<Arrival> all = new ArrayList<>();
        for (final Path application : folders(root)) {
            all.addAll(of(HexFormat.fromHexDigitsToLong(application.getFileName().toString())));
        }
        return all;
    }

    /** Durable when it returns. @param part not empty, no longer than what is to come */
    Arrival add(final Arrival arrival, final byte[] part) throws IOException, SealException {
        final byte[] placed = ByteBuffer.allocate(PLACE_BYTES + part.length).put(place(arrival.id(), arrival.offset())).put(part).array();
        DurableFile.write(folder(arrival).resolve(PART.formatted(arrival.offset())), data.seal(arrival.owner(), Kind.PART, placed));
        return at(arrival, arrival.offset() + part.length);
    }

    /** All of it that has come. @throws IOException a part is not what was written */
    byte[] content(final Arrival arrival) throws IOException, SealException {
        final ByteArrayOutputStream content = new ByteArrayOutputStream(arrival.bytes());
        while (content.size() < arrival.offset()) {
            final byte[] placed = data.open(arrival.owner(), Kind.PART, Files.readAllBytes(folder(arrival).resolve(PART.formatted(content.size()))));
            if (Judge.indexOf(placed, place(arrival.id(), content.size()), 1) != 0) {
                throw new IOException("a part of a document on its way is at another's place");
            }
            content.write(placed, PLACE_BYTES, placed.length - PLACE_BYTES);
        }
        return content.toByteArray();
    }

    /** Also when it is gone. The head goes last: what a killed server leaves of it is dropped by the next one. */
    void drop(final Arrival arrival) throws IOException {
        try (Stream<Path> files = Files.list(folder(arrival))) {
            for (final Path file : (Iterable<Path>) files.filter(file -> !file.endsWith(HEAD))::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (final NoSuchFileException gone) {
            return;
        }
        Files.deleteIfExists(folder(arrival).resolve(HEAD));
        Files.deleteIfExists(folder(arrival));
        DurableFile.sync(folder(arrival).getParent());
    }

    /** Null when it has no head: it was being begun, or dropped, when the server was killed. */
    private Arrival read(final long application, final Path folder) throws IOException {
        final JsonObject head;
        try {
            head = new JsonObject(Files.readString(folder.resolve(HEAD)));
        } catch (final NoSuchFileException none) {
            return null;
        }
        final Owner owner = new Owner(HexFormat.fromHexDigitsToLong(head.getString("person")), application, head.getLong("submittedMs"));
        final Arrival arrival = new Arrival(folder.getFileName().toString(), owner, head.getInteger("line"), DocumentKind.valueOf(head.getString("kind", DocumentKind.NOT_SAID.name())), head.getInteger("bytes"), 0, head.getLong("begunMs"));
        int offset = 0;
        Path part = folder.resolve(PART.formatted(offset));
        while (Files.exists(part)) {
            offset += (int) Files.size(part) - PLACE_BYTES - PersonalData.SEAL_BYTES;
            part = folder.resolve(PART.formatted(offset));
        }
        return at(arrival, offset);
    }

    private static Arrival at(final Arrival arrival, final int offset) {
        return new Arrival(arrival.id(), arrival.owner(), arrival.line(), arrival.kind(), arrival.bytes(), offset, arrival.begunMs());
    }

    private static byte[] place(final String id, final int offset) {
        return ByteBuffer.allocate(PLACE_BYTES).put(HexFormat.of().parseHex(id)).putInt(offset).array();
    }

    private static List<Path> folders(final Path in) throws IOException {
        try (Stream<Path> folders = Files.list(in)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (final NoSuchFileException none) {
            return List.of();
        }
    }

    private Path folder(final long application) {
        return root.resolve(HexFormat.of().toHexDigits(application));
    }

    private Path folder(final Arrival arrival) {
        return folder(arrival.owner().application()).resolve(arrival.id());
    }
}
