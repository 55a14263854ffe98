package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.http.Contract.Parameter;
import org.mawid.api.http.Contract.Place;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.BreakType;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.OpenBreak;
import org.mawid.grpc.PaymentMeans;
import org.mawid.grpc.StartPayment;
import org.yaml.snakeyaml.Yaml;

/** Calls as the contract shows them, with what the test changes in them, to a whole server in which everything that they name is there. */
final class ContractCalls implements AutoCloseable {
    /** A year of all posts. */
    private static final Map<String, String> MONTHS = Map.of("from", "2026-01", "to", "2026-12");
    private static final Map<String, String> INSTANTS = Map.of("from", "2026-03-02T00:00:00Z", "to", "2026-03-02T00:00:00Z");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonObject file = new JsonObject(new Yaml().<Map<String, Object>>load(Contract.load().text().toString()));
    private final Path data;
    private final Service service;
    private final Map<String, String> values;

    private ContractCalls(final Path data, final Service service, final Map<String, String> values) {
        this.data = data;
        this.service = service;
        this.values = values;
    }

    static ContractCalls start(final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final Service service = Service.start(Settings.of(Map.of("mawid.data", data.toString(), "mawid.http.port", "0",
                "mawid.grpc.port", "0", "mawid.records", "false", "mawid.journal.segment.bytes", "4194304"), Map.of(), null));
        service.ready();
        try (MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
            OnePost.make(client, 1, 2);
            final List<String> applications = OnePost.validated(client, 1, 2);
            final CommandReply held = client.execute(Command.newBuilder().setHold(Hold.newBuilder().setApplication(applications.get(0))
                    .setIssueStamps(true).addLegs(OnePost.leg(0, 0))).build());
            final String other = client.execute(OnePost.hold(applications.get(1), 0, 1)).getReference();
            final String appointment = client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(other)).build()).getReference();
            final String change = client.execute(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(OnePost.POST)).build()).getReference();
            final CommandReply issued = client.execute(Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setApplication(applications.get(1)).setLines(1)
                    .setPostId(OnePost.POST)).build());
            final String payment = client.execute(Command.newBuilder().setStartPayment(StartPayment.newBuilder().setApplication(applications.get(1))
                    .addAllStamps(issued.getStampsList()).setPostId(OnePost.POST).setMeans(PaymentMeans.PAYMENT_MEANS_ONLINE).setEpochDay(OnePost.FIRST_DAY - 2)).build()).getReference();
            final String open = client.execute(Command.newBuilder().setOpenBreak(OpenBreak.newBuilder().setKey(1).setBreakType(BreakType.BREAK_TYPE_OTHER).setCurrency("EUR")).build())
                    .getReference();
            final References references = References.open(new DataDirectory(data).edge().resolve("reference.key"));
            final String stamp = held.getStamps(0);
            return new ContractCalls(data, service, Map.ofEntries(Map.entry("payment", payment), Map.entry("break", open), Map.entry("batch", references.text(ReferenceKind.BATCH, 1)),
                    Map.entry("terminalId", "12"), Map.entry("callback", "7"), Map.entry("identityKind", "CNIE"), Map.entry("returnId", "7"), Map.entry("closureId", "7"), Map.entry("waiterId", "7"), Map.entry("coolingId", "7"), Map.entry("era", "7"), Map.entry("ticketId", "7"), Map.entry("textHash", "9f86d081884c7d65"), Map.entry("token", "6f1e0c5a9b7d43e28c1f5a0d9e3b7c42"), Map.entry("document", "6f1e0c5a9b7d43e28c1f5a0d9e3b7c42"), Map.entry("person", "5ec2e70000000001"), Map.entry("ticket", "7"), Map.entry("secret", references.secret().of(references.number(ReferenceKind.STAMP, stamp))),
                    Map.entry("post", "paris"), Map.entry("postId", "1"), Map.entry("poolId", "11"), Map.entry("at", "08:15"),
                    Map.entry("deskId", "11"), Map.entry("desk", "11"), Map.entry("serviceId", "21"), Map.entry("version", "1"),
                    Map.entry("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()), Map.entry("application", applications.get(0)),
                    Map.entry("hold", held.getReference()), Map.entry("appointment", appointment), Map.entry("change", change),
                    Map.entry("stamp", held.getStamps(0)), Map.entry("requestId", "0".repeat(31) + '1'), Map.entry("posts", "paris"),
                    Map.entry("from", "2026-03-02"), Map.entry("to", "2026-03-02"), Map.entry("services", "passport"), Map.entry("service", "passport")));
        }
    }

    /** The directory of its server. */
    Path data() {
        return data;
    }

    /** What parameters of that name are when a call does not change them; null = not given. */
    String value(final String parameter) {
        return values.get(parameter);
    }

    /** The contract's example, null = the operation has no body. */
    JsonObject body(final Operation operation) {
        return operation.body() == null ? null : file.getJsonObject("paths").getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT)).getJsonObject("requestBody")
                .getJsonObject("content").getJsonObject(Contract.JSON).getJsonObject("example").copy();
    }

    /** The example, about something that this server knows; null = the operation has no body. */
    String fine(final Operation operation) {
        final JsonObject body = body(operation);
        if (body == null) {
            return null;
        }
        for (final String name : List.of("application", "payment", "batch", "break", "secret")) {
            if (body.containsKey(name)) {
                body.put(name, value(name));
            }
        }
        if (body.containsKey("stamps")) {
            body.put("stamps", new JsonArray().add(value("stamp")));
        }
        if (body.containsKey("post")) {
            body.put("post", value("post"));
        }
        if (body.containsKey("posts")) {
            body.put("posts", new JsonArray().add(value("post")));
        }
        if (body.containsKey("startMs")) {
            body.put("startMs", OnePost.FIRST_DAY * 86_400_000L);
        }
        return body.encode();
    }

    /** As it is sent when no parameter is changed, before it is encoded. */
    String path(final Operation operation) {
        String path = operation.path();
        for (final Map.Entry<String, String> value : values.entrySet()) {
            path = path.replace('{' + value.getKey() + '}', value.getValue());
        }
        return path;
    }

    /** @return {@code body}, changed at that place */
    static JsonObject with(final JsonObject body, final String pointer, final Object value) {
        final String[] steps = pointer.substring(1).split("/");
        Object at = body;
        for (int i = 0; i < steps.length - 1; i++) {
            at = at instanceof JsonArray array ? array.getValue(Integer.parseInt(steps[i])) : ((JsonObject) at).getValue(steps[i]);
        }
        final String last = steps[steps.length - 1];
        if (at instanceof JsonArray array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((JsonObject) at).put(last, value);
        }
        return body;
    }

    private Map<String, String> valuesOf(final Operation operation) {
        return switch (operation.id()) {
            case "getReportMonths" -> MONTHS;
            case "listAudit" -> INSTANTS;
            default -> values;
        };
    }

    /** Whatever the answer is, the contract declares it. @param changed is given as {@code given} says, once, never or more often; the others as is fine. Null = none is changed @param body null = none */
    HttpResponse<String> send(final Operation operation, final Parameter changed, final List<String> given, final String body, final String... headers) {
        String path = operation.path();
        final List<String> query = new ArrayList<>();
        final HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(20));
        for (final Parameter parameter : operation.parameters()) {
            final String fine = valuesOf(operation).get(parameter.name());
            for (final String text : parameter == changed ? given : fine == null || parameter.place() == Place.HEADER ? List.<String>of() : List.of(fine)) {
                switch (parameter.place()) {
                    case PATH -> path = path.replace('{' + parameter.name() + '}', encoded(text));
                    case QUERY -> query.add(parameter.name() + '=' + encoded(text));
                    case HEADER -> request.header(parameter.name(), text);
                }
            }
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.uri(URI.create("http://127.0.0.1:" + service.httpPort() + path + (query.isEmpty() ? "" : "?" + String.join("&", query))));
        request.method(operation.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            final HttpResponse<String> response = http.send(body == null ? request.build() : request.header("Content-Type", Contract.JSON).build(), BodyHandlers.ofString());
            ContractTest.assertDeclared(operation.id(), response.statusCode(), response.headers().firstValue("Content-Type").orElse(""), response.body());
            return response;
        } catch (final IOException e) {
            throw new AssertionError(operation.id() + ' ' + given, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encoded(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        service.close();
    }
}
