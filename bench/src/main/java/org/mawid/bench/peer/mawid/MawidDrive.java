package org.mawid.bench.peer.mawid;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.bench.peer.work.Books;
import org.mawid.bench.peer.work.Drive;
import org.mawid.bench.peer.work.Questions;
import org.mawid.bench.peer.work.Steps;
import org.mawid.bench.wire.grpc.Channels;
import org.mawid.bench.wire.loop.Tally;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.CountStartsReply;
import org.mawid.grpc.DayCount;
import org.mawid.grpc.ServiceNeed;

/** Clients that need no thread each: the next call of one goes out where its last answer came in. */
final class MawidDrive implements Drive {
    private static final long LONGEST_SECONDS = 120;

    private final MawidPeer peer;
    private final int clients;
    private final Channels channels;
    private CountDownLatch over = new CountDownLatch(0);

    /** @param connections that they share */
    MawidDrive(final MawidPeer peer, final int grpcPort, final int connections, final int clients) {
        this.peer = peer;
        this.clients = clients;
        this.channels = new Channels(grpcPort, Math.min(connections, clients));
    }

    private MawidCall call(final int client, final int batch) {
        return batch == 1 ? new MawidUnary(channels.get(client), peer) : new MawidBatch(channels.get(client), peer, batch);
    }

    @Override
    public void start(final List<Books> books, final Books.Asking asking, final int batch, final Tally tally) {
        over = new CountDownLatch(books.size());
        for (int i = 0; i < books.size(); i++) {
            new Client(call(i, batch), books.get(i), asking, batch, tally, over).next();
        }
    }

    private static final class Client implements MawidCall.Answered {
        private final MawidCall call;
        private final Books books;
        private final Books.Asking asking;
        private final Tally tally;
        private final CountDownLatch over;
        private final Steps steps;
        private long sentNs;

        Client(final MawidCall call, final Books books, final Books.Asking asking, final int batch, final Tally tally, final CountDownLatch over) {
            this.call = call;
            this.books = books;
            this.asking = asking;
            this.tally = tally;
            this.over = over;
            this.steps = new Steps(batch);
        }

        void next() {
            if (tally.isStopping() || asking.next(books, steps, steps.kind.length) == 0) {
                over.countDown();
                return;
            }
            sentNs = System.nanoTime();
            call.send(steps, this);
        }

        @Override
        public void answered() {
            final long tookNs = System.nanoTime() - sentNs;
            try {
                final int done = books.take(steps, tally);
                if (done > 0) {
                    tally.done(done, tookNs);
                }
                next();
            } catch (final RuntimeException e) {
                failed(e);
            }
        }

        @Override
        public void failed(final Throwable cause) {
            tally.fail(cause);
            over.countDown();
        }
    }

    @Override
    public void search(final Questions questions, final Tally tally) {
        over = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            new Searching(AvailabilityServiceGrpc.newStub(channels.get(i)), questions.another(), tally).next();
        }
    }

    static AvailabilityQuery query(final MawidPeer peer, final int post, final int units) {
        return AvailabilityQuery.newBuilder().addDeskIds(ModelNetwork.deskId(post)).setFromEpochDay(ModelNetwork.FIRST_DAY).setDays(peer.calendar().dates())
                .setMinPosition(peer.position()).addServices(ServiceNeed.newBuilder().setServiceId(units)).build();
    }

    /** Bit i: date i has a start. */
    static long dates(final CountStartsReply reply) {
        long dates = 0;
        for (final DayCount day : reply.getDaysList()) {
            dates |= day.getStarts() > 0 ? 1L << day.getEpochDay() - ModelNetwork.FIRST_DAY : 0;
        }
        return dates;
    }

    private final class Searching implements StreamObserver<CountStartsReply> {
        private final AvailabilityServiceGrpc.AvailabilityServiceStub stub;
        private final Questions.Question question;
        private final Tally tally;
        private long sentNs;

        Searching(final AvailabilityServiceGrpc.AvailabilityServiceStub stub, final Questions.Question question, final Tally tally) {
            this.stub = stub;
            this.question = question;
            this.tally = tally;
        }

        void next() {
            if (tally.isStopping()) {
                over.countDown();
                return;
            }
            question.next();
            sentNs = System.nanoTime();
            stub.countStarts(query(peer, question.post(), question.units()), this);
        }

        @Override
        public void onNext(final CountStartsReply reply) {
            tally.done(1, System.nanoTime() - sentNs);
            try {
                question.answered(dates(reply));
            } catch (final IllegalStateException e) {
                tally.fail(e);
            }
        }

        @Override
        public void onError(final Throwable cause) {
            tally.fail(cause);
            over.countDown();
        }

        @Override
        public void onCompleted() {
            next();
        }
    }

    @Override
    public void await() throws InterruptedException {
        if (!over.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("mawid: " + over.getCount() + " clients got no answer within " + LONGEST_SECONDS + " s");
        }
    }

    @Override
    public void ask(final Steps steps) throws Exception {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        call(0, steps.count()).send(steps, new MawidCall.Answered() {
            @Override
            public void answered() {
                done.complete(null);
            }

            @Override
            public void failed(final Throwable cause) {
                done.completeExceptionally(cause);
            }
        });
        try {
            done.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        }
    }

    @Override
    public void close() {
        channels.close();
    }
}
