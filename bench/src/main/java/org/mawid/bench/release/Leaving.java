package org.mawid.bench.release;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.mawid.bench.release.books.Books;
import org.mawid.bench.release.ground.Asks;
import org.mawid.bench.release.ground.Batches;
import org.mawid.bench.release.ground.Opening;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.Day;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.WithdrawLines;

/**
 * Leaves a server that is not ours as it was found: appointments are cancelled, applications withdrawn, which makes their stamps void, and the days
 * that were published are published as they were, with what was withheld from the public. What the server has of all that in its log and its archive stays.
 */
final class Leaving {
    private final MawidClient client;
    private final Asks asks;
    private final Opening opening;

    Leaving(final MawidClient client, final Asks asks, final Opening opening) {
        this.client = client;
        this.asks = asks;
        this.opening = opening;
    }

    /** @throws IllegalStateException something could not be given back: the message says what */
    void giveBack(final Books books, final List<Applicant> all) throws InterruptedException {
        Batches.done(client, books.appointments().stream().map(appointment -> Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(appointment)).build()).toList(),
                "an appointment of this run could not be cancelled");
        Batches.done(client, all.stream().map(applicant -> Command.newBuilder().setWithdrawLines(
                WithdrawLines.newBuilder().setApplication(applicant.application()).setLines(applicant.allLines())).build()).toList(),
                "an application of this run could not be withdrawn");
        publishAsFound();
    }

    private void publishAsFound() throws InterruptedException {
        opening.addAsFound();
        opening.publish(asks);
    }

    /** After a failure: at least the days. Holds expire by themselves; what else is left there, the failure's message does not say. */
    void giveBackDays(final Exception failure) {
        try {
            publishAsFound();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException e) {
            failure.addSuppressed(e);
        }
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
