package org.mawid.bench.release.books;

import io.grpc.StatusRuntimeException;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Reason;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.CommandServiceGrpc;
import org.mawid.grpc.GetOutcomeRequest;
import org.mawid.grpc.Result;

/** Afterwards: what nobody was told about is asked for, and what is still held is given back, so that the books can be compared to the last unit. */
public final class Settling {
    private static final int ROUNDS = 4;

    private final Loop loop;
    private final Books books;
    private final CommandServiceGrpc.CommandServiceBlockingStub outcomes;
    private long unknown;

    public Settling(final Loop loop, final Books books, final Asks asks) {
        this.loop = loop;
        this.books = books;
        this.outcomes = CommandServiceGrpc.newBlockingStub(asks.channel());
    }

    /** @param patienceNs how long answers are waited for, each time */
    public void settle(final long patienceNs) throws InterruptedException {
        loop.close();
        loop.run(System.nanoTime() + patienceNs, () -> loop.openCount() == 0);
        for (final Exchange exchange : loop.open()) {
            unknown++;
            settle(exchange);
        }
        for (int round = 0; round < ROUNDS && books.live() > 0; round++) {
            books.liveHolds().forEach((hold, applicant) -> {
                books.givingBack(hold);
                loop.send(Exchange.giveBack(applicant, hold, System.nanoTime(), release -> {
                    if (release.result() != Result.UNAVAILABLE) {
                        books.ended(hold);
                    }
                }));
            });
            loop.run(System.nanoTime() + patienceNs, () -> loop.openCount() == 0);
        }
    }

    private void settle(final Exchange exchange) {
        loop.settle(exchange);
        try {
            final CommandReply outcome = outcomes.getOutcome(GetOutcomeRequest.newBuilder().setIdHigh(exchange.idHigh()).setIdLow(exchange.idLow()).build());
            if (outcome.getResult() == Result.OK) {
                exchange.made(outcome.getReference(), outcome.getDetail(), outcome.getNowMs(), outcome.getStampsCount());
                if (exchange.kind() == Kind.HOLD) {
                    books.held(exchange, 0);
                } else if (exchange.kind() == Kind.CONFIRM) {
                    books.confirmed(exchange);
                } else {
                    books.ended(exchange.hold());
                }
            }
        } catch (final StatusRuntimeException e) {
            if (Reason.of(e).result() != Result.REQUEST_UNKNOWN) {
                throw e;
            }
            // it never took a position
        }
    }

    /** Commands that never had an answer. */
    public long unknown() {
        return unknown;
    }
}
