package org.mawid.api.person;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.mawid.api.sealed.Identity;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.SealedStore;

/** Keeps what is a person's: seals it, stores it, and writes it into the person's book, in this order and each durable before the next. Any thread that may wait. */
public final class PersonalData implements AutoCloseable {
    /** Its folder in the data directory. */
    public static final String FOLDER = "persons";
    /** In that folder, where sealed things are unless they are elsewhere. */
    public static final String SEALED = "sealed";
    /** The keys' folder in the data directory. */
    public static final String KEYS = "keys";
    /** What sealing adds to the bytes of something. */
    public static final int SEAL_BYTES = Seals.ADDED_BYTES;
    private static final String BOOK = "book";

    private final Seals seals;
    private final SealedStore store;
    private final HeldBook book;
    private final LongSupplier nowMs;

    /**
     * @param folder {@link #FOLDER}
     * @param store  closed with this
     * @param nowMs  log time
     * @throws IOException the folder cannot be used
     */
    public PersonalData(final Path folder, final Seals seals, final SealedStore store, final LongSupplier nowMs) throws IOException {
        this.seals = seals;
        this.store = store;
        this.nowMs = nowMs;
        book = new HeldBook(folder.resolve(BOOK));
    }

    /**
     * @param facts nothing personal
     * @return when all of it is durable
     * @throws SealException the person was erased, or the key cannot be used
     * @throws IOException   it may be stored, and is in no book; the same again is harmless
     */
    public Held keep(final Owner owner, final Kind kind, final byte[] clear, final JsonObject facts) throws IOException, SealException {
        final Held held = new Held(kind, owner, store.put(seals.seal(owner, kind, clear)), nowMs.getAsLong(), facts);
        book.add(held);
        return held;
    }

    /** Of what is on its way, is in no book, and is kept by whoever asks. As {@link Seals#seal}. */
    public byte[] seal(final Owner owner, final Kind kind, final byte[] clear) throws IOException, SealException {
        return seals.seal(owner, kind, clear);
    }

    /** As {@link Seals#open}. */
    public byte[] open(final Owner owner, final Kind kind, final byte[] sealed) throws IOException, SealException {
        return seals.open(owner, kind, sealed);
    }

    /** Writes other facts of a thing into the book. */
    public Held restate(final Held held, final JsonObject facts) throws IOException {
        final Held restated = new Held(held.kind(), held.owner(), held.name(), held.atMs(), facts);
        book.add(restated);
        return restated;
    }

    /** @throws SealException the person was erased, or it is damaged @throws IOException it cannot be read now */
    public byte[] read(final Held held) throws IOException, SealException {
        return seals.open(held.owner(), held.kind(), store.get(held.name()));
    }

    /** As {@link Seals#refuseErased}. */
    public void refuseErased(final Owner owner) throws IOException, SealException {
        seals.refuseErased(owner);
    }

    /** Whether the key is destroyed, and the person has not come back since. */
    public boolean isErased(final long personKey) throws IOException {
        try {
            seals.refuseErased(new Owner(personKey, 0, 0));
            return false;
        } catch (final SealException erased) {
            return erased.isErased();
        }
    }

    /** As {@link org.mawid.api.sealed.IdentityKey#nameOf}. */
    public String nameOf(final String kind, final String text) {
        return seals.identityKey().nameOf(kind, text);
    }

    /** As {@link Identity#name}. */
    public String nameOf(final Identity identity) {
        return identity.name(seals.identityKey());
    }

    /** As {@link Identity#personKey(org.mawid.api.sealed.IdentityKey, int)}. */
    public long personKey(final Identity identity, final int generation) {
        return identity.personKey(seals.identityKey(), generation);
    }

    /** In the order in which they came; empty also for who was erased. */
    public List<Held> held(final long personKey) throws IOException {
        return book.of(personKey);
    }

    /** Deletes one thing: sealed bytes first, then its place in the book. */
    public void drop(final Held held) throws IOException {
        store.delete(held.name());
        book.remove(held.owner().personKey(), List.of(held.name()));
    }

    /** All of whom there is a book, in parts of a thousandth or so. */
    public List<String> parts() throws IOException {
        return book.parts();
    }

    /** Of whom there is a book, though nothing may be held of them any more. @param part one of {@link #parts} */
    public List<Long> persons(final String part) throws IOException {
        return book.persons(part);
    }

    /** Takes things of one person out of the book, durably: nobody reads them any more. What is sealed is to be deleted then. */
    public void strike(final long personKey, final List<Held> gone) throws IOException {
        book.remove(personKey, gone.stream().map(Held::name).toList());
    }

    /** As {@link SealedStore#delete}, of what stands in no book. */
    public void deleteSealed(final String name) throws IOException {
        store.delete(name);
    }

    /** As {@link SealedStore#list}. */
    public void listSealed(final int digit, final SealedStore.Found found) throws IOException {
        store.list(digit, found);
    }

    /**
     * What an erasure has done.
     *
     * @param hadKey  false = there was none, or it had been destroyed before
     * @param deleted sealed things that were deleted; what cannot be deleted stays shut all the same
     * @param left    of these: the store does not do it now, and the book still has them for another try
     */
    public record Erased(boolean hadKey, int deleted, int left) {
    }

    /**
     * Destroys the person's key, durably, and only then deletes what it had sealed. May be done again.
     *
     * @param wallMs see {@link Seals#erase}
     */
    public Erased erase(final long personKey, final long wallMs) throws IOException {
        final boolean hadKey = seals.erase(personKey, wallMs);
        int deleted = 0;
        int left = 0;
        for (final Held held : book.of(personKey)) {
            try {
                store.delete(held.name());
                deleted++;
            } catch (final IOException notNow) {
                left++;
            }
        }
        if (left == 0) {
            book.clear(personKey);
        }
        return new Erased(hadKey, deleted, left);
    }

    @Override
    public void close() {
        store.close();
    }
}
