package org.mawid.api.sync;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.mawid.api.manifest.ManifestVerifier.UntrustedException;
import org.mawid.grpc.Post;

/** Keeps a folder in step with a post, see {@code SYNC.md}. One folder, one of these: the command line sees to that. */
public final class PostSync implements AutoCloseable {
    private static final long TELL_EVERY_MS = 1_000;
    private static final long MANIFEST_EVERY_MS = 300_000;
    private static final long FIRST_WAIT_MS = 250;
    private static final long LAST_WAIT_MS = 5_000;

    private final Link link;
    private final Shelf shelf;
    private final String post;
    private final LongSupplier clock;
    private final SyncReport report;
    private final AtomicBoolean isLost = new AtomicBoolean();
    private int postId;

    /**
     * @param server where it is
     * @param trust  PEM file with the certificates to trust, null = no TLS
     * @param token  file with a bearer token, read anew for each call; null = none
     * @param post   code or id
     */
    public record Server(String host, int port, Path trust, Path token, String post) {
    }

    /** The server or the folder will not have it, however often it is tried; the message says what to do. */
    public static final class SyncException extends Exception {
        private static final long serialVersionUID = 1L;

        SyncException(final String message) {
            super(message);
        }
    }

    public PostSync(final Server server, final Path folder, final SyncReport report) throws IOException {
        this(server, folder, new DiskFiles(), System::currentTimeMillis, report);
    }

    PostSync(final Server server, final Path folder, final PostFiles files, final LongSupplier clock, final SyncReport report) throws IOException {
        this.link = new Link(server.host(), server.port(), server.trust(), server.token());
        this.post = server.post();
        this.shelf = new Shelf(files, folder);
        this.clock = clock;
        this.report = report;
    }

    /**
     * Tells what is recorded, takes in what happened, that of the records too, and gets the manifests.
     *
     * @throws StatusRuntimeException the line was lost: run it again, nothing is lost and nothing is done twice
     */
    public void once() throws IOException, SyncException {
        begin();
        final Uplink uplink = uplink();
        final boolean isTold = uplink.tell();
        new Downlink(link, new PostFolder(shelf), postId, report).run(true);
        manifests();
        if (!isTold) {
            throw new SyncException("not everything in outbox was told: run it again later");
        }
    }

    /** Goes on, with whatever line there is, until interrupted. */
    public void follow() throws IOException, SyncException, InterruptedException {
        final long[] waitMs = {FIRST_WAIT_MS};
        repeat(waitMs, this::begin);
        final Uplink uplink = uplink();
        final Failure failure = new Failure();
        final Thread reader = new Thread(() -> failure.guard(() -> {
            final Downlink downlink = new Downlink(link, new PostFolder(shelf), postId, report);
            final long[] readerWaitMs = {FIRST_WAIT_MS};
            while (true) {
                repeat(readerWaitMs, () -> downlink.run(false));
            }
        }), "mawid-sync");
        reader.setDaemon(true);
        reader.start();
        try {
            long manifestAtMs = 0;
            while (true) {
                failure.check();
                if (isLost.get()) {
                    repeat(waitMs, this::back);
                }
                repeat(waitMs, uplink::tell);
                if (clock.getAsLong() - manifestAtMs >= MANIFEST_EVERY_MS) {
                    repeat(waitMs, this::manifests);
                    manifestAtMs = clock.getAsLong();
                }
                Thread.sleep(TELL_EVERY_MS);
            }
        } finally {
            reader.interrupt();
        }
    }

    private Uplink uplink() throws IOException {
        final Uplink uplink = new Uplink(shelf, link, postId, clock, report);
        uplink.open();
        return uplink;
    }

    /** Whose folder it is: that of one post, and no other's ever. */
    private void begin() throws IOException, SyncException {
        if (postId != 0) {
            return;
        }
        final Post found = link.post(post);
        if (found == null) {
            throw new SyncException("the server has no post " + post + ": see /v1/posts for their codes");
        }
        final Path whose = shelf.root.resolve("post.json");
        shelf.files.folder(shelf.root);
        final JsonObject before = shelf.json(whose);
        if (before != null && before.getInteger("postId") != found.getPostId()) {
            throw new SyncException(shelf.root + " is of " + before.getString("post") + ": give " + found.getCode() + " a folder of its own");
        }
        shelf.put(whose, new JsonObject().put("postId", found.getPostId()).put("post", found.getCode()));
        postId = found.getPostId();
    }

    private void manifests() throws IOException {
        try {
            new DayManifests(shelf, link, postId, clock).refresh();
        } catch (final UntrustedException no) {
            report.note("the day manifest is not kept: " + no.getMessage());
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, SyncException, InterruptedException;
    }

    /** Until it ends by itself; between attempts it waits longer and longer. */
    private void repeat(final long[] waitMs, final Step step) throws IOException, SyncException, InterruptedException {
        while (true) {
            try {
                step.run();
                waitMs[0] = FIRST_WAIT_MS;
                return;
            } catch (final StatusRuntimeException lost) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                final Status.Code code = lost.getStatus().getCode();
                if (code != Status.Code.DEADLINE_EXCEEDED) { // a watch goes on in another call, that is all
                    if (!isLost.getAndSet(true)) {
                        report.note("no connection (" + said(lost) + "): it is tried again until there is one");
                    }
                    Thread.sleep(waitMs[0]);
                    waitMs[0] = Math.min(LAST_WAIT_MS, 2 * waitMs[0]);
                }
            }
        }
    }

    /** Whether there is a line again. @throws StatusRuntimeException there is none */
    private void back() {
        link.post(post);
        isLost.set(false);
        report.note("connected again");
    }

    /** What ended the other thread. */
    private static final class Failure {
        private volatile Exception cause;

        void guard(final Step step) {
            try {
                step.run();
            } catch (final IOException | SyncException | RuntimeException ended) {
                cause = ended;
            } catch (final InterruptedException told) {
                Thread.currentThread().interrupt();
            }
        }

        void check() throws IOException, SyncException {
            if (cause instanceof IOException disk) {
                throw disk;
            }
            if (cause instanceof SyncException refused) {
                throw refused;
            }
            if (cause instanceof RuntimeException ours) {
                throw ours;
            }
        }
    }

    /** One line about a failure of the line: the name of a refusal, or what it was that went wrong on the way. */
    public static String said(final StatusRuntimeException failure) {
        final String reason = Link.reason(failure);
        if (!reason.isEmpty()) {
            return reason;
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return failure.getStatus().getCode() + (cause == failure || cause.getMessage() == null ? "" : ", " + cause.getMessage())
                + (failure.getStatus().getCode() == Status.Code.INTERNAL ? ", it is no gRPC that answers there, or TLS where this side has none: see --trust" : "");
    }

    @Override
    public void close() {
        link.close();
    }
}
