package org.mawid.bench.release;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.crowd.Crowd;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Batches;
import org.mawid.bench.release.ground.Opening;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Exchange.Kind;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Day;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.Release;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.WithdrawLines;

/**
 * Leaves a server that is not ours as it was found: appointments are cancelled, applications withdrawn, which makes their stamps void, and the days
 * that were published are published as they were, with what was withheld from the public. What the server has of all that in its log and its archive stays.
 * <p>After a failure, or an end that was asked for, the same in as far as the server can be reached: then holds are given back too, what nobody was told about
 * is asked for, and changes that are still open are abandoned.
 */
final class Leaving {
    /** One thing that is given back. */
    @FunctionalInterface
    private interface Step {
        void take() throws InterruptedException;
    }

    private final MawidClient client;
    private final Asks asks;
    private final Opening opening;
    private final Crowd crowd;
    private final Books books;

    Leaving(final MawidClient client, final Asks asks, final Opening opening, final Crowd crowd, final Books books) {
        this.client = client;
        this.asks = asks;
        this.opening = opening;
        this.crowd = crowd;
        this.books = books;
    }

    /** Once all that was held is given back or confirmed. @throws IllegalStateException something could not be given back: the message says what */
    void giveBack() throws InterruptedException {
        cancel(books.appointments());
        withdraw(crowd.brought(asks));
        opening.leaveAsFound(asks);
    }

    /**
     * After a failure, from wherever it came.
     *
     * @param unanswered commands of which nobody knows what became
     * @return what could not be given back, in words; empty when all was
     */
    List<String> giveBackAfterFailure(final Collection<Exchange> unanswered) {
        final List<String> left = new ArrayList<>();
        tried(() -> asks.all(List.of(ListPostsRequest.getDefaultInstance()), CatalogueServiceGrpc.newStub(asks.channel())::listPosts), left);
        if (!left.isEmpty()) {
            return left; // nobody is there: each step would wait for long
        }
        final List<String> holds = new ArrayList<>(books.liveHolds().keySet());
        final List<String> appointments = new ArrayList<>(books.appointments());
        tried(() -> find(List.copyOf(unanswered), holds, appointments), left);
        tried(() -> release(holds), left);
        tried(() -> cancel(appointments, Result.APPOINTMENT_STATE), left); // those that are cancelled already
        tried(() -> withdraw(crowd.brought(asks), Result.LINE_STATE), left);
        tried(() -> opening.leaveAsFound(asks), left);
        return left;
    }

    /** One that fails does not keep the others from being tried. */
    private static void tried(final Step step, final List<String> left) {
        try {
            step.take();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            left.add("interrupted");
        } catch (final RuntimeException e) {
            left.add(e.getMessage());
        }
    }

    private void find(final List<Exchange> unanswered, final List<String> holds, final List<String> appointments) throws InterruptedException {
        final List<CommandReply> replies = asks.outcomes(unanswered.stream()
                .map(exchange -> Request.newBuilder().setIdHigh(exchange.idHigh()).setIdLow(exchange.idLow()).build()).toList());
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) != null && replies.get(i).getResult() == Result.OK && unanswered.get(i).kind() != Kind.RELEASE) {
                (unanswered.get(i).kind() == Kind.HOLD ? holds : appointments).add(replies.get(i).getReference());
            }
        }
    }

    /** Some have ended meanwhile: confirmed, given back or expired. */
    private void release(final List<String> holds) {
        Batches.done(client, holds.stream().map(hold -> Command.newBuilder().setRelease(Release.newBuilder().setHold(hold)).build()).toList(),
                "a hold of this run could not be given back", Result.HOLD_UNKNOWN, Result.HOLD_EXPIRED);
    }

    private void cancel(final List<String> appointments, final Result... fine) {
        Batches.done(client, appointments.stream().map(appointment -> Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(appointment)).build()).toList(),
                "an appointment of this run could not be cancelled", fine);
    }

    private void withdraw(final List<Applicant> brought, final Result... fine) {
        Batches.done(client, brought.stream().map(applicant -> Command.newBuilder().setWithdrawLines(
                WithdrawLines.newBuilder().setApplication(applicant.application()).setLines(applicant.allLines())).build()).toList(),
                "an application of this run could not be withdrawn", fine);
    }

    /** @return what is not as it was found; empty when all is */
    List<String> compare() throws InterruptedException {
        final List<PoolDay> found = opening.found();
        final List<Day> left = asks.all(found, (day, reply) -> InventoryServiceGrpc.newStub(asks.channel())
                .getDay(GetDayRequest.newBuilder().setPoolId(day.poolId()).setEpochDay(day.epochDay()).build(), reply));
        return IntStream.range(0, found.size()).filter(i -> !isAsFound(found.get(i), left.get(i)))
                .mapToObj(i -> "pool " + found.get(i).poolId() + " on " + LocalDate.ofEpochDay(found.get(i).epochDay()) + " was not left as it was found").toList();
    }

    private static boolean isAsFound(final PoolDay found, final Day left) {
        return left != null && left.getReleasedAtMs() == found.releasedAtMs() && left.getStartMs() == found.startMs() && left.getOpenCount() == found.units()
                && left.getRoomCount() == found.units() && isWithheldAsFound(found, new PoolDay(left))
                && IntStream.range(0, found.units()).allMatch(unit -> left.getOpen(unit) == found.open(unit) && left.getRoom(unit) == found.free(unit));
    }

    private static boolean isWithheldAsFound(final PoolDay found, final PoolDay left) {
        return IntStream.range(0, found.units()).allMatch(unit -> left.withheld(unit) == found.withheld(unit));
    }
}
