package org.mawid.bench.peer.mawid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.agrona.collections.IntArrayQueue;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Lives;
import org.mawid.bench.peer.work.Applications;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.client.PackedBatch;
import org.mawid.client.PackedReplies;
import org.mawid.sbe.Result;

/** How what the work begins with comes to Mawid: in packed batches, over gRPC as all the rest. */
final class MawidBringing {
    private static final long SEED = 20_260_302;
    private static final int MAKERS = 4;
    private static final int AT_ONCE = 2_000;

    private MawidBringing() {
    }

    /** Writes the command about number {@code of}. */
    @FunctionalInterface
    interface Writing {
        int write(PackedBatch batch, int of);
    }

    @FunctionalInterface
    interface Reading {
        void read(PackedReplies replies, int at, int of);
    }

    /** A command about each number, all of which must be done. */
    static void all(final MawidClient client, final int from, final int to, final Writing writing, final Reading reading) {
        final PackedBatch batch = client.packedBatch(1 << 20);
        final PackedReplies replies = new PackedReplies();
        final int[] asked = new int[AT_ONCE];
        final IntArrayQueue open = new IntArrayQueue(-1);
        int next = from;
        while (next < to || !open.isEmpty()) {
            while (batch.size() < AT_ONCE && (next < to || !open.isEmpty())) {
                final int of = open.isEmpty() ? next++ : open.pollInt();
                asked[batch.size()] = of;
                batch.commit(writing.write(batch, of));
            }
            final int count = batch.size();
            batch.send(replies);
            for (int i = 0; i < count; i++) {
                if (replies.isDone(i)) {
                    reading.read(replies, i, asked[i]);
                } else if (replies.result(i) == Result.UNAVAILABLE) {
                    open.addInt(asked[i]);
                } else {
                    throw new IllegalStateException("what the work begins with was refused: " + replies.result(i));
                }
            }
        }
    }

    /**
     * Makes the applications, the first of them validated.
     *
     * @param position is told where in the log they are
     * @return their references in the long form, by number
     */
    static long[] applications(final int grpcPort, final int validated, final int unvalidated, final LongConsumer position) throws Exception {
        final int count = validated + unvalidated;
        final long[] made = new long[count];
        try (MawidClient client = MawidClient.connect(ClientOptions.of("127.0.0.1", grpcPort).withConnections(MAKERS).withTimeout(Duration.ofMinutes(1)))) {
            final List<CompletableFuture<Void>> makers = new ArrayList<>();
            for (int maker = 0; maker < MAKERS; maker++) {
                final Commands commands = new Commands(100 + maker);
                final int from = (int) ((long) count * maker / MAKERS);
                final int to = (int) ((long) count * (maker + 1) / MAKERS);
                makers.add(begun("mawid-applications-" + maker, () -> share(client, commands, made, from, to, validated, position)));
            }
            for (final CompletableFuture<Void> maker : makers) {
                maker.get();
            }
        } catch (final ExecutionException e) {
            throw new IllegalStateException("applications could not be made: " + e.getCause().getMessage(), e);
        }
        return made;
    }

    private static CompletableFuture<Void> begun(final String name, final Runnable work) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        final Thread thread = new Thread(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (final RuntimeException e) {
                done.completeExceptionally(e);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static void share(final MawidClient client, final Commands commands, final long[] made, final int from, final int to, final int validated,
                              final LongConsumer position) {
        // In parts, so that what one command brought is still near when the next one wants it.
        for (int part = from; part < to; part += AT_ONCE) {
            final int end = Math.min(to, part + AT_ONCE);
            final long nowMs = System.currentTimeMillis();
            all(client, part, end, (batch, of) -> commands.submit(batch.buffer(), batch.messageOffset(), nowMs, Lives.personKey(of, SEED), Applications.units(of)),
                    (replies, at, of) -> made[of] = replies.number1(at));
            all(client, part, Math.max(part, Math.min(end, validated)), (batch, of) -> commands.validate(batch.buffer(), batch.messageOffset(), nowMs, made[of]),
                    (replies, at, of) -> position.accept(replies.position(at)));
        }
    }
}
