package org.mawid.api.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.command.CommandMapping;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Lane;
import org.mawid.api.network.NetworkNames;
import org.mawid.engine.CommandSource;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/**
 * What somebody needs who has never seen the service: a person's application, validated as an officer would have, a start that is
 * free for it, and the lines that hold it, confirm it and show it, ready to be pasted.
 */
final class FirstSteps {
    private static final int DAYS = 30;
    private static final long DAY_MS = 86_400_000L;
    private static final long HOUR_MS = 3_600_000L;
    /** The start is at least so far ahead, so that the lines hold for the rest of the day. */
    private static final long AHEAD_MS = DAY_MS / 2;
    /** The largest of all; where it has nothing, or is not in the files, any other will do. */
    private static final String PREFERRED_POST = "MA-CG-PARIS";
    private static final int FIRST_LINE = 1; // as a set: bit 0
    private static final long PATIENCE_SECONDS = 10;

    private final Gateway gateway;
    private final NetworkNames names;

    /** A start that somebody can take. @param units 5-minute units that the service needs */
    record Free(CatalogueView.Post post, CatalogueView.Service service, Availability.Slot slot, int units) {
    }

    FirstSteps(final Gateway gateway, final NetworkNames names) {
        this.gateway = gateway;
        this.names = names;
    }

    /**
     * Makes the application and tells the way. Says so when nothing is free.
     *
     * @param url    of HTTP, without a path
     * @param onward how curl is to reach it, as {@code --cacert FILE}; empty = plainly
     */
    void tell(final PrintWriter to, final String url, final String grpc, final String onward) throws InterruptedException {
        final Free free = find();
        if (free == null) {
            to.println("no start is free in the next " + DAYS + " days; " + url + "/openapi.yaml says what can be asked");
            return;
        }
        final String application = validated(free);
        final String curl = "curl -sS" + (onward.isEmpty() ? "" : ' ' + onward);
        final ZoneId zone = names.zone(free.post().code());
        final NetworkNames.PostNames post = names.post(free.post().code());
        final NetworkNames.ServiceNames service = names.service(free.service().code());
        final LocalDate date = LocalDate.ofEpochDay(free.slot().epochDay());
        to.printf("%n");
        to.printf("  http   %s        everything that can be asked: %s/openapi.yaml%n", url, url);
        to.printf("  grpc   %s%n%n", grpc);
        to.printf("For you there is application %s, validated: %s at %s.%n", application,
                service == null ? free.service().code() : service.names().en(), post == null ? free.post().code() : post.names().en());
        to.printf("The first start free for it in %d hours or later: %s. Paste:%n%n", AHEAD_MS / HOUR_MS,
                DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm (VV)", Locale.ENGLISH).format(Instant.ofEpochMilli(free.slot().startMs()).atZone(zone)));
        to.printf("# where else there is room%n");
        to.printf("%s '%s/v1/availability/starts?posts=%s&services=%s&from=%s&limit=3'; echo%n",
                curl, url, free.post().code(), free.service().code(), date);
        to.printf("# hold it, confirm it, look at it%n");
        to.printf("HOLD=$(%s '%s/v1/holds' -H 'Content-Type: application/json' -d '{\"application\":\"%s\",\"legs\":[{\"deskId\":%d,\"lines\":[0],"
                        + "\"date\":\"%s\",\"startUnit\":%d,\"units\":%d}]}' | tee /dev/stderr | sed -n 's/.*\"hold\":\"\\([^\"]*\\)\".*/\\1/p'); echo \"hold $HOLD\"%n",
                curl, url, application, free.slot().deskId(), date, free.slot().startUnit(), free.units());
        to.printf("APPOINTMENT=$(%s -X POST \"%s/v1/holds/$HOLD/confirm\" | tee /dev/stderr | sed -n 's/.*\"appointment\":\"\\([^\"]*\\)\".*/\\1/p'); echo \"appointment $APPOINTMENT\"%n",
                curl, url);
        to.printf("%s \"%s/v1/appointments/$APPOINTMENT\"; echo%n", curl, url);
        to.printf("%s '%s/v1/applications/%s'; echo%n%n", curl, url, application);
        to.printf("Stop it with Ctrl-C; what was acknowledged is there at the next start.%n");
    }

    /** The first start of the first service that needs an appointment and has one. Null when there is none. */
    Free find() {
        final ReadModel reads = gateway.engine().readModel();
        final CatalogueView catalogue = reads.catalogue();
        for (final CatalogueView.Service service : catalogue.services()) {
            if (!service.appointmentRequired() || service.urgent()) {
                continue;
            }
            final SearchPlan plan = catalogue.plan(List.of(new SearchPlan.Need(1, service.serviceId(), 1)));
            final CatalogueView.Post preferred = catalogue.post(PREFERRED_POST);
            Free first = preferred == null ? null : find(reads, preferred, service, plan);
            for (final CatalogueView.Post post : first == null ? catalogue.posts() : List.<CatalogueView.Post>of()) {
                final Free free = find(reads, post, service, plan);
                first = first == null || free != null && free.slot().startMs() < first.slot().startMs() ? free : first;
            }
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    private Free find(final ReadModel reads, final CatalogueView.Post post, final CatalogueView.Service service, final SearchPlan plan) {
        final List<CatalogueView.Pool> desks = reads.catalogue().desksFor(post.postId(), service.serviceId());
        if (desks.isEmpty()) {
            return null;
        }
        final long fromMs = gateway.nowMs() + AHEAD_MS;
        final List<Availability.Slot> found = reads.availability().firstStarts(
                plan.query(desks, (int) Math.floorDiv(fromMs, DAY_MS), DAYS, 1, fromMs)).slots();
        return found.isEmpty() ? null : new Free(post, service, found.get(0), plan.units());
    }

    /** A person nobody knows: the key is random, so that each demo has one of its own. @return reference of the application */
    String validated(final Free free) throws InterruptedException {
        final NewLine line = NewLine.newBuilder().setPersonKey(ThreadLocalRandom.current().nextLong() | 1).setServiceId(free.service().serviceId())
                .setRegisteredPostId(free.post().postId()).setQuantity(1).build();
        final String application = done(Command.newBuilder().setSubmitApplication(
                SubmitApplication.newBuilder().setRequest(request()).setPostId(free.post().postId()).addLines(line)).build());
        if (free.service().validationRequired()) {
            done(Command.newBuilder().setValidateLines(
                    ValidateLines.newBuilder().setRequest(request()).setApplication(application).setLines(FIRST_LINE)).build());
        }
        return application;
    }

    private Request request() {
        final UUID id = UUID.randomUUID();
        return Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits())
                .setCreatedMs(gateway.nowMs()).setChannel(Channel.CHANNEL_SYSTEM).build();
    }

    /** @return what it made, as a reference */
    private String done(final Command command) throws InterruptedException {
        final ExecutorService thread = Executors.newSingleThreadExecutor();
        final CompletableFuture<Answer> answered = new CompletableFuture<>();
        try {
            final Lane lane = gateway.lane(thread);
            thread.execute(() -> {
                final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]);
                final int length = new CommandMapping().encode(new Draft(gateway.references()).begin(buffer, 0, 0), command);
                gateway.submit(lane, CommandTemplate.of(command.getCommandCase().getNumber()), buffer, 0, length, answered::complete);
            });
            final Answer answer = answered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!answer.isDone()) {
                throw new IllegalStateException(command.getCommandCase() + " was answered " + answer.result());
            }
            return answer.reference(gateway.references());
        } catch (final ExecutionException | TimeoutException e) {
            throw new IllegalStateException(command.getCommandCase() + " was not answered", e);
        } finally {
            thread.shutdown();
        }
    }
}
