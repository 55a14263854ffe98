package org.mawid.api.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.network.NetworkNames;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.SearchPlan;

/**
 * What somebody needs who has never seen the service: a person's application, validated as an officer would have, a start that is
 * free for it, and the lines that hold it, confirm it, pay for it and show it, ready to be pasted.
 */
public final class FirstSteps {
    private static final int DAYS = 30;
    private static final long DAY_MS = 86_400_000L;
    private static final long HOUR_MS = 3_600_000L;
    /** The start is at least so far ahead, so that the lines hold for the rest of the day. */
    private static final long AHEAD_MS = DAY_MS / 2;
    /** The largest of all; where it has nothing, or is not in the files, any other will do. */
    private static final String PREFERRED_POST = "MA-CG-PARIS";

    private final Gateway gateway;
    private final NetworkNames names;
    private final Sandboxes sandboxes;
    private final DemoCommands commands;

    /** A start that somebody can take. @param units 5-minute units that the service needs */
    record Free(CatalogueView.Post post, CatalogueView.Service service, Availability.Slot slot, int units) {
    }

    public FirstSteps(final Gateway gateway, final NetworkNames names, final Sandboxes sandboxes) {
        this.gateway = gateway;
        this.names = names;
        this.sandboxes = sandboxes;
        commands = new DemoCommands(gateway);
    }

    /**
     * Makes the application and tells the way. Says so when nothing is free.
     *
     * @param url    of HTTP, without a path
     * @param onward how curl is to reach it, as {@code --cacert FILE}; empty = plainly
     */
    public void tell(final PrintWriter to, final String url, final String grpc, final String onward) throws InterruptedException {
        final Free free = find();
        if (free == null) {
            to.println("no start is free in the next " + DAYS + " days; " + url + "/openapi.yaml says what can be asked");
            return;
        }
        final long person = DemoCommands.somebody();
        final String application = commands.validated(person, free.post(), free.service());
        final String plainly = "curl -sS" + (onward.isEmpty() ? "" : ' ' + onward);
        final String curl = sandboxes.tokens() == null ? plainly : plainly + " -H \"Authorization: Bearer $TOKEN\"";
        final ZoneId zone = names.zone(free.post().code());
        final NetworkNames.PostNames post = names.post(free.post().code());
        final NetworkNames.ServiceNames service = names.service(free.service().code());
        final LocalDate date = LocalDate.ofEpochDay(free.slot().epochDay());
        to.printf("%n");
        to.printf("  http   %s        everything that can be asked: %s/openapi.yaml%n", url, url);
        to.printf("  grpc   %s%n", grpc);
        sandboxes.told().forEach(line -> to.printf("  %s%n", line));
        to.printf("%n");
        to.printf("For you there is application %s, validated: %s at %s.%n", application,
                service == null ? free.service().code() : service.names().en(), post == null ? free.post().code() : post.names().en());
        to.printf("The first start free for it in %d hours or later: %s. Paste:%n%n", AHEAD_MS / HOUR_MS,
                DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm (VV)", Locale.ENGLISH).format(Instant.ofEpochMilli(free.slot().startMs()).atZone(zone)));
        if (sandboxes.tokens() != null) {
            to.printf("# as who has applied%n");
            to.printf("TOKEN=$(%s '%s?role=applicant&person=%s')%n", plainly, sandboxes.tokens(), HexFormat.of().toHexDigits(person));
        }
        to.printf("# what lets its starts be seen and held, for some minutes: again gives another one%n");
        to.printf("CAPABILITY=$(%s '%s/v1/applications/%s' | sed -n 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/p')%n", curl, url, application);
        to.printf("# where else there is room%n");
        to.printf("%s -H \"Mawid-Capability: $CAPABILITY\" '%s/v1/availability/starts?posts=%s&services=%s&from=%s&limit=3'; echo%n",
                curl, url, free.post().code(), free.service().code(), date);
        to.printf("# hold it, confirm it, look at it%n");
        to.printf("HOLD=$(%s '%s/v1/holds' -H \"Mawid-Capability: $CAPABILITY\" -H 'Content-Type: application/json' -d '{\"application\":\"%s\",\"legs\":[{\"deskId\":%d,\"lines\":[0],"
                        + "\"date\":\"%s\",\"startUnit\":%d,\"units\":%d}]}' | tee /dev/stderr | sed -n 's/.*\"hold\":\"\\([^\"]*\\)\".*/\\1/p'); echo \"hold $HOLD\"%n",
                curl, url, application, free.slot().deskId(), date, free.slot().startUnit(), free.units());
        to.printf("APPOINTMENT=$(%s -X POST \"%s/v1/holds/$HOLD/confirm\" | tee /dev/stderr | sed -n 's/.*\"appointment\":\"\\([^\"]*\\)\".*/\\1/p'); echo \"appointment $APPOINTMENT\"%n",
                curl, url);
        to.printf("%s \"%s/v1/appointments/$APPOINTMENT\"; echo%n", curl, url);
        to.printf("%s '%s/v1/applications/%s'; echo%n", curl, url, application);
        if (sandboxes.hasTerminal()) {
            if (sandboxes.tokens() != null) {
                to.printf("# from here on at the counter, as an officer of that post%n");
                to.printf("TOKEN=$(%s '%s?role=officer&post=%s')%n", plainly, sandboxes.tokens(), free.post().code());
            }
            tellStamp(to, curl, url, application, free.post());
        }
        to.printf("%n");
        to.printf("Stop it with Ctrl-C; what was acknowledged is there at the next start.%n");
    }

    /** Its fee, on the terminal that stands at the post. */
    private void tellStamp(final PrintWriter to, final String curl, final String url, final String application, final CatalogueView.Post post) throws InterruptedException {
        commands.terminal(Sandboxes.TERMINAL, post.postId());
        final LocalDate today = Instant.ofEpochMilli(gateway.nowMs()).atZone(names.zone(post.code())).toLocalDate();
        to.printf("# its fee stamp: issue it, pay it with the card of a simulated customer, look at it%n");
        to.printf("STAMP=$(%s '%s/v1/applications/%s/stamps' -H 'Content-Type: application/json' -d '{\"lines\":[0],\"postId\":%d}' | tee /dev/stderr "
                + "| sed -n 's/.*\"stamps\":\\[\"\\([^\"]*\\)\".*/\\1/p'); echo \"stamp $STAMP\"%n", curl, url, application, post.postId());
        to.printf("PAYMENT=$(%s '%s/v1/applications/%s/payments' -H 'Content-Type: application/json' -d \"{\\\"stamps\\\":[\\\"$STAMP\\\"],\\\"postId\\\":%d,"
                + "\\\"means\\\":\\\"TERMINAL\\\",\\\"terminalId\\\":%d,\\\"date\\\":\\\"%s\\\"}\" | tee /dev/stderr | sed -n 's/.*\"payment\":\"\\([^\"]*\\)\".*/\\1/p'); echo \"payment $PAYMENT\"; sleep 2%n",
                curl, url, application, post.postId(), Sandboxes.TERMINAL, today);
        to.printf("%s \"%s/v1/payments/$PAYMENT\"; echo%n", curl, url);
        to.printf("%s \"%s/v1/stamps/$STAMP/validity\"; echo%n", curl, url);
        to.printf("%s -o stamp.pdf \"%s/v1/stamps/$STAMP/document\" && echo 'stamp.pdf has the code by which it is used'%n", curl, url);
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
}
