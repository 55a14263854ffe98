package org.mawid.api.stamp.document;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.mawid.api.gateway.Gateway;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.StampState;

/**
 * Makes the documents of stamps that can be used or were, paid or waived, as the records tell them: what both edges have in common. Pages are drawn by threads of its own, so that no
 * event loop and no read waits for them, and only so many wait. Any thread.
 * <p>A page has the secret code on it: whoever asks for one has to give it to the stamp's owner and to nobody else, and may keep no copy.
 */
public final class StampPress implements AutoCloseable {
    /** Who signs, as verifiers see it. */
    static final String ISSUER = "mawid";
    /** Drawn at once, and in all with those that wait: the last of them has its page within half a second. Source: a page takes some 50 ms. */
    static final int THREADS = 2;
    static final int MOST = 16;

    private static final long IDLE_SECONDS = 60;
    private static final Set<StampState> ON_PAPER = EnumSet.of(StampState.PAID, StampState.CONSUMED, StampState.WAIVED);

    private final Gateway gateway;
    private final SigningKeys keys;
    private final StampDocument document;
    private final IntFunction<ZoneId> zones;
    private final ThreadPoolExecutor threads;

    /**
     * A stamp that is there.
     *
     * @param number as the core counts
     * @param facts  null when there is no document of it: it is not paid, or its money went back or is on its way back
     */
    public record Found(long number, int postId, StampState state, StampFacts facts) {
    }

    /** @param zones of posts by id, for the dates on their pages; UTC when not known */
    public StampPress(final Gateway gateway, final SigningKeys keys, final IntFunction<ZoneId> zones) {
        this.gateway = gateway;
        this.keys = keys;
        this.zones = zones;
        document = new StampDocument(keys, ISSUER);
        threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST - THREADS), StampPress::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads records, which may have to come from a disk.
     *
     * @return null when there is none
     * @throws org.mawid.engine.readmodel.ReadModelBehindException records cannot be read now
     */
    public Found find(final long number) {
        final ReadModel model = gateway.engine().readModel();
        final Records.Stamp stamp = model.records().stamp(number);
        if (stamp == null) {
            return null;
        }
        if (!ON_PAPER.contains(stamp.state())) {
            return new Found(number, stamp.postId(), stamp.state(), null);
        }
        final Records.Application application = model.records().application(stamp.applicationId());
        final CatalogueView.Post post = model.catalogue().post(stamp.postId());
        final CatalogueView.Service service = model.catalogue().service(application.lines().get(stamp.line()).serviceId());
        return new Found(number, stamp.postId(), stamp.state(),
                StampFacts.of(stamp, gateway.references(), post, service, stamp.state() == StampState.WAIVED ? 0 : paidMs(stamp), lastMs(stamp)));
    }

    /** A page to print. @param found with facts @return null when as many wait as may: ask again in a second */
    public CompletableFuture<byte[]> page(final Found found, final PageLanguage language) {
        return drawn(() -> StampDocument.pdf(found.facts(), document.token(found.facts()), gateway.references().secret().of(found.number()),
                zones.apply(found.postId()), language));
    }

    /** Its QR code alone, a PNG; the secret code is not in it. @param found with facts @return as {@link #page} */
    public CompletableFuture<byte[]> code(final Found found) {
        return drawn(() -> StampDocument.qr(document.token(found.facts())));
    }

    /** The QR code of what a scanner is to read as it is. @param asDrawing SVG instead of a PNG @return as {@link #page} */
    public CompletableFuture<byte[]> code(final String text, final boolean asDrawing) {
        return drawn(() -> asDrawing ? StampQr.svg(text) : StampQr.png(text));
    }

    /** What documents are verified with, see {@link SigningKeys#publicKeys}. */
    public String publicKeys() {
        return keys.publicKeys();
    }

    /** Signs what is no stamp, see {@link SigningKeys#seal}. */
    public String seal(final String type, final byte[] content) {
        return keys.seal(type, content);
    }

    /** Where a post lives; UTC when not known. */
    public ZoneId zone(final int postId) {
        return zones.apply(postId);
    }

    /** What is being drawn ends; nobody waits for it. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private CompletableFuture<byte[]> drawn(final Supplier<byte[]> drawing) {
        try {
            return CompletableFuture.supplyAsync(drawing, (Executor) threads);
        } catch (final RejectedExecutionException full) {
            return null;
        }
    }

    /** When what pays for it was last told of: approved, or handed over at the counter. One that took over another's money was paid when it was issued. */
    private long paidMs(final Records.Stamp stamp) {
        final Records.Payment payment = stamp.paymentId() == 0 ? null : gateway.engine().readModel().records().payment(stamp.paymentId());
        return payment == null ? stamp.issuedMs() : Math.max(stamp.issuedMs(), payment.changedMs());
    }

    /** By the rules in force now. Who has an appointment may use it later, too: it is forfeited only while nobody is about to come with it. */
    private long lastMs(final Records.Stamp stamp) {
        return stamp.issuedMs() + gateway.engine().readModel().money().stampRules().validityMs() - 1;
    }

    private static Thread thread(final Runnable drawing) {
        final Thread thread = new Thread(drawing, "mawid-paper");
        thread.setDaemon(true);
        return thread;
    }
}
