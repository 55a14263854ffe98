package org.mawid.api.document;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.mawid.api.document.DocumentException.Reason;
import org.mawid.api.person.Deletion;
import org.mawid.api.person.Held;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.store.ContentName;
import org.mawid.sbe.DocumentKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents of applications, from their first byte on. An application is given by the persons it is about; those are asked of the records by whoever calls. Any thread that may wait; of one application one call at a time
 * goes on, while a document is judged and drawn others as well.
 */
public final class Documents {
    /** Its folder beside the book, for what is on its way. */
    public static final String ARRIVING = "arriving";
    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);
    private static final int STRIPES = 64;

    /** Is told of what was kept, once it is durable, and of what becomes known of it; of the same perhaps twice, when the server was killed in between. */
    @FunctionalInterface
    public interface Listener {
        /** Beside a server, or without one. */
        Listener NOBODY = (document, scan) -> { };

        /** @param scan what is known of it now @throws IOException it is to be told again */
        void told(Document document, ScanState scan) throws IOException;
    }

    private final PersonalData data;
    private final Arrivals arrivals;
    private final MalwareScan scan;
    private final DocumentLimits limits;
    private final Judge judge;
    private final Thumbnails thumbnails;
    private final LongSupplier nowMs;
    private final Listener listener;
    private final Object[] stripes = new Object[STRIPES];

    /** @param folder {@link PersonalData#FOLDER} @param nowMs log time @throws IOException the folder cannot be used */
    public Documents(final Path folder, final PersonalData data, final MalwareScan scan, final DocumentLimits limits, final LongSupplier nowMs, final Listener listener) throws IOException {
        this.data = data;
        this.arrivals = new Arrivals(folder.resolve(ARRIVING), data);
        this.scan = scan;
        this.limits = limits;
        this.judge = new Judge(limits);
        this.thumbnails = new Thumbnails(limits);
        this.nowMs = nowMs;
        this.listener = listener;
        Arrays.setAll(stripes, i -> new Object());
    }

    /**
     * Announces a document.
     *
     * @param owners of the application, see {@link org.mawid.api.person.Owners#all}
     * @param owner  whose it is: the person of the line
     * @param kind   as whoever gives it says
     * @param bytes  1 and more
     * @throws DocumentException there may be no such one more
     */
    public Arrival begin(final List<Owner> owners, final Owner owner, final int line, final DocumentKind kind, final int bytes) throws IOException, DocumentException {
        synchronized (stripe(owner.application())) {
            final List<Arrival> arriving = arriving(owner);
            final List<Document> kept = kept(owners);
            final long total = bytes + arriving.stream().mapToLong(Arrival::bytes).sum() + kept.stream().mapToLong(Document::bytes).sum();
            if (bytes > limits.bytes() || total > limits.totalBytes()) {
                throw new DocumentException(Reason.BYTES);
            }
            if (arriving.size() + kept.size() >= limits.count()) {
                throw new DocumentException(Reason.COUNT);
            }
            if (arriving.size() >= limits.arriving()) {
                throw new DocumentException(Reason.COUNT, arriving.stream().mapToLong(this::leftMs).min().orElseThrow());
            }
            return arrivals.begin(owner, line, kind, bytes, nowMs.getAsLong());
        }
    }

    /** When there are as many as there may be, those that have been for too long are given up first. */
    private List<Arrival> arriving(final Owner owner) throws IOException {
        final List<Arrival> all = arrivals.of(owner.application());
        if (all.size() < limits.arriving()) {
            return all;
        }
        final List<Arrival> still = new ArrayList<>();
        for (final Arrival arrival : all) {
            if (!ended(arrival)) {
                still.add(arrival);
            }
        }
        return still;
    }

    /** Null when no such document is on its way. */
    public Arrival arriving(final long application, final String id) throws IOException {
        synchronized (stripe(application)) {
            return arrivals.find(application, id);
        }
    }

    public List<Arrival> arriving(final long application) throws IOException {
        synchronized (stripe(application)) {
            return arrivals.of(application);
        }
    }

    /**
     * One more part.
     *
     * @param offset where it begins: what is durable already need not come again
     * @return null when no such document is on its way
     * @throws OffsetException   it does not go on where the document stands
     * @throws DocumentException it has more bytes than were announced
     * @throws SealException     the person was erased
     */
    public Arrival add(final long application, final String id, final int offset, final byte[] part) throws IOException, OffsetException, DocumentException, SealException {
        synchronized (stripe(application)) {
            final Arrival arrival = arrivals.find(application, id);
            if (arrival == null) {
                return null;
            }
            if (offset != arrival.offset()) {
                throw new OffsetException(arrival.offset());
            }
            if (part.length > arrival.bytes() - offset) {
                throw new DocumentException(Reason.BYTES);
            }
            return part.length == 0 ? arrival : arrivals.add(arrival, part);
        }
    }

    /**
     * A document that has come whole and was judged, or was kept before; between its two halves of {@link #end}.
     *
     * @param kept    null = not yet
     * @param content of what is not kept yet, likewise {@code arrival}, {@code judged} and {@code scan}
     */
    public record Looked(Document kept, Arrival arrival, byte[] content, Judged judged, ScanState scan) {
    }

    /**
     * Judges a document that has come whole, and keeps it. Again gives what was kept. What is not taken is gone, and nothing of it is left. Waits for the small picture: who has other work on this thread calls {@link #look},
     * {@link #draw} and {@link #keep}.
     *
     * @param sha256 of its bytes, 64 hexadecimal digits, empty = was not told
     * @return null when there is no such document
     * @throws OffsetException   it is not whole
     * @throws DocumentException it is not taken
     * @throws SealException     the person was erased
     */
    public Document end(final List<Owner> owners, final String id, final String sha256) throws IOException, OffsetException, DocumentException, SealException {
        final Looked looked = look(owners, id, sha256);
        return looked == null ? null : keep(owners, looked, draw(looked).join());
    }

    /** The first half of {@link #end}; what goes on of the application meanwhile does not wait. */
    public Looked look(final List<Owner> owners, final String id, final String sha256) throws IOException, OffsetException, DocumentException, SealException {
        final long application = owners.get(0).application();
        final Arrival arrival;
        final byte[] content;
        synchronized (stripe(application)) {
            arrival = arrivals.find(application, id);
            final Document before = find(owners, id);
            if (before != null || arrival == null) {
                return before == null ? null : new Looked(told(before, arrival), null, null, null, null);
            }
            if (arrival.offset() != arrival.bytes()) {
                throw new OffsetException(arrival.offset());
            }
            content = arrivals.content(arrival);
        }
        try {
            if (!sha256.isEmpty() && !sha256.equals(ContentName.of(content))) {
                throw new DocumentException(Reason.HASH);
            }
            final Judged judged = judge.judge(content);
            return new Looked(null, arrival, content, judged, scanned(content));
        } catch (final DocumentException refused) {
            LOG.info("a document was not taken: {}", refused.reason());
            synchronized (stripe(application)) {
                arrivals.drop(arrival);
            }
            throw refused;
        }
    }

    /** Its small picture, some seconds later at most; null when there is none. On a thread of its own, never on one that waits for the answer. */
    public CompletableFuture<byte[]> draw(final Looked looked) {
        return looked.kept() != null ? CompletableFuture.completedFuture(null) : thumbnails.of(looked.judged().type(), looked.content());
    }

    /** The second half of {@link #end}. @param small as drawn, null = there is none @return null when it is gone: it took too long, or the person was erased @throws SealException the person was erased */
    public Document keep(final List<Owner> owners, final Looked looked, final byte[] small) throws IOException, SealException {
        if (looked.kept() != null) {
            return looked.kept();
        }
        final Arrival arrival = looked.arrival();
        synchronized (stripe(arrival.owner().application())) {
            final Document before = find(owners, arrival.id());
            final Arrival still = arrivals.find(arrival.owner().application(), arrival.id());
            if (before != null || still == null) {
                return before == null ? null : told(before, still);
            }
            final String thumbnail = small == null ? "" : data.keep(arrival.owner(), Kind.THUMBNAIL, small, new JsonObject()).name();
            final Document document = Document.of(data.keep(arrival.owner(), Kind.DOCUMENT, looked.content(), Document.facts(arrival, looked.judged(), looked.scan(), thumbnail)));
            listener.told(document, looked.scan());
            arrivals.drop(arrival); // and not when it could not be kept: it stands there for another try
            return document;
        }
    }

    /** When it is still on its way, the server was killed in between. */
    private Document told(final Document kept, final Arrival arrival) throws IOException {
        if (arrival != null) {
            listener.told(kept, kept.scan());
            arrivals.drop(arrival);
        }
        return kept;
    }

    private ScanState scanned(final byte[] content) throws DocumentException {
        try {
            if (!scan.isClean(content)) {
                throw new DocumentException(Reason.INFECTED);
            }
            return ScanState.CLEAN;
        } catch (final IOException nobodyLooked) {
            return ScanState.NOT_SCANNED;
        }
    }

    /** In the order in which they were kept. */
    public List<Document> kept(final List<Owner> owners) throws IOException {
        final List<Document> documents = new ArrayList<>();
        for (final Owner owner : owners) {
            for (final Held held : data.held(owner.personKey())) {
                if (held.kind() == Kind.DOCUMENT && held.owner().application() == owner.application()) {
                    documents.add(Document.of(held));
                }
            }
        }
        return documents;
    }

    /** Null when there is none. */
    public Document find(final List<Owner> owners, final String id) throws IOException {
        return kept(owners).stream().filter(document -> document.id().equals(id)).findAny().orElse(null);
    }

    /**
     * What a document is, and its bytes.
     *
     * @param document as it is known now
     */
    public record Content(Document document, byte[] bytes) {
    }

    /**
     * The document as it was given. When nobody has looked for malware in it yet, somebody is asked now.
     *
     * @return null when there is none
     * @throws DocumentException it is infected, as is known now, and is gone
     * @throws SealException     the person was erased
     */
    public Content content(final List<Owner> owners, final String id) throws IOException, DocumentException, SealException {
        synchronized (stripe(owners.get(0).application())) {
            final Document document = find(owners, id);
            if (document == null) {
                return null;
            }
            final byte[] content = data.read(document.held());
            if (document.scan() == ScanState.CLEAN) {
                return new Content(document, content);
            }
            try {
                return new Content(scanned(content) == ScanState.CLEAN ? clean(document) : document, content);
            } catch (final DocumentException infected) {
                listener.told(document, ScanState.INFECTED);
                drop(document);
                throw infected;
            }
        }
    }

    /** The log first: told and not written here, it is found out and told again. */
    private Document clean(final Document document) throws IOException {
        listener.told(document, ScanState.CLEAN);
        return Document.of(data.restate(document.held(), document.factsWhenClean()));
    }

    /** Null when there is no small picture, or no such document. @throws SealException the person was erased */
    public byte[] thumbnail(final List<Owner> owners, final String id) throws IOException, SealException {
        final Document document = find(owners, id);
        if (document != null) {
            for (final Held held : data.held(document.held().owner().personKey())) {
                if (held.name().equals(document.thumbnail())) {
                    return data.read(held);
                }
            }
        }
        return null;
    }

    private void drop(final Document document) throws IOException {
        for (final Held held : data.held(document.held().owner().personKey())) {
            if (held.name().equals(document.thumbnail())) {
                data.drop(held);
            }
        }
        data.drop(document.held());
    }

    /** Deletes what is kept as {@code deletion} does it, while nobody reads it or learns more of it. @param things of one person and one application */
    public void retire(final List<Held> things, final Deletion deletion) throws IOException {
        synchronized (stripe(things.get(0).owner().application())) {
            deletion.of(things);
        }
    }

    /**
     * Ends what an earlier life of the server has left: tells of what was kept and perhaps not told, and drops what has been on its way for too long.
     *
     * @return how many are no longer on their way
     * @throws IOException somebody cannot be told now; what is left is for another time
     */
    public int sweep() throws IOException {
        int ended = 0;
        for (final Arrival arrival : arrivals.all()) {
            synchronized (stripe(arrival.owner().application())) {
                if (ended(arrival)) {
                    ended++;
                }
            }
        }
        return ended;
    }

    /** Whether it is no longer on its way, but kept, or has been for too long. */
    private boolean ended(final Arrival arrival) throws IOException {
        final Document kept = find(List.of(arrival.owner()), arrival.id());
        if (kept != null) {
            listener.told(kept, kept.scan());
        }
        if (kept != null || leftMs(arrival) < 0) {
            arrivals.drop(arrival);
            return true;
        }
        return false;
    }

    private long leftMs(final Arrival arrival) {
        return arrival.begunMs() + limits.arrivalMs() - nowMs.getAsLong();
    }

    /** Drops what is on its way for a person who was erased. @return how many */
    public int forget(final long personKey) throws IOException {
        int dropped = 0;
        for (final Arrival arrival : arrivals.all()) {
            if (arrival.owner().personKey() == personKey) {
                arrivals.drop(arrival);
                dropped++;
            }
        }
        return dropped;
    }

    private Object stripe(final long application) {
        return stripes[Math.floorMod(application, STRIPES)];
    }
}
