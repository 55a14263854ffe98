package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mawid.api.access.Access;
import org.mawid.api.access.AccessLog;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Grounds;
import org.mawid.api.access.Matrix;
import org.mawid.api.access.Role;
import org.mawid.api.access.Target;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.FakeReadModel;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.http.Contract.Operation;
import org.mawid.api.oidc.ClaimNames;
import org.mawid.api.oidc.Entry;
import org.mawid.api.oidc.OidcConfig;
import org.mawid.api.oidc.Tokens;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampPress;
import org.mawid.sbe.Result;

/** Every operation of the contract is called in every role, on what is theirs and on what is not, and answered as the matrix says: in all roles that it denies at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesOverHttpTest {
    private static final Set<String> REFUSED = Set.of("UNAUTHENTICATED", "FORBIDDEN");
    private static final long STRANGER = 0xBAD;

    private volatile CompletableFuture<Result> written = AccessLog.DONE;
    private final AccessLog log = new AccessLog() {
        @Override
        public CompletableFuture<Result> allowed(final Caller caller, final org.mawid.api.access.Operation operation, final List<Target> targets, final long detail) {
            return written;
        }

        @Override
        public void refused(final Caller caller, final org.mawid.api.access.Operation operation, final Target target, final boolean asUnknown, final Grounds grounds) {
        }
    };
    private final Matrix matrix = Matrix.read();
    private final List<String> otherwise = new ArrayList<>();
    private ExampleCalls calls;
    private FakeIssuer issuer;
    private Tokens tokens;
    private HttpEdge edge;
    private long person;

    @BeforeAll
    void start() throws Exception {
        calls = ExampleCalls.start();
        final FakeReadModel model = (FakeReadModel) calls.http.engine.readModel();
        model.position(1_000_000); // of whatever is not there it is known that it is not
        person = model.application(FakeReadModel.KNOWN).applicant();
        issuer = new FakeIssuer();
        tokens = new Tokens(OidcConfig.of(issuer.url(), FakeIssuer.AUDIENCE, OidcConfig.USUAL_ALGORITHMS, ClaimNames.USUAL));
        final HttpConfig config = HttpConfig.loopback(0);
        edge = HttpEdge.listen(config, HttpEdge.prepare(config), new EdgeMetrics());
        edge.serve(calls.http.gateway, PostZones.UTC, CallerLimit.ofAskers(), new StampPress(calls.http.gateway, SigningKeys.passing(), PostZones.UTC::of),
                new Backends(null, null, null, null, new FakeReports(), null, desk -> null, null, null, null, null), new Entry(tokens, new Access(calls.http.gateway, tokens::leftMs, log)));
    }

    @AfterAll
    void stop() {
        edge.close();
        tokens.close();
        issuer.close();
        calls.close();
    }

    @Test
    void givenALogThatTakesNothing_whenSomethingIsToBeWrittenFirst_thenItIsNeitherShownNorDone() {
        final String agent = token(List.of(Role.CALL_CENTRE), "paris", person);
        final Operation read = ContractTest.operations().get("getApplication");
        final Operation write = ContractTest.operations().get("withdrawLines");
        assertThat(result(read, Role.CALL_CENTRE, agent, true)).isEqualTo("DONE");
        final long before = calls.http.engine.lastPosition();
        written = CompletableFuture.completedFuture(Result.UNAVAILABLE);
        try {
            assertThat(result(read, Role.CALL_CENTRE, agent, true)).isEqualTo("UNAVAILABLE");
            assertThat(result(write, Role.CALL_CENTRE, agent, true)).isEqualTo("UNAVAILABLE");
            assertThat(calls.http.engine.lastPosition()).isEqualTo(before);
        } finally {
            written = AccessLog.DONE;
        }
    }

    @Test
    void givenEveryOperation_whenCalledInEveryRole_thenItIsAnsweredAsTheMatrixSays() {
        for (final Operation operation : ContractTest.operations().values()) {
            if (!operation.isStream()) { // is not answered at once
                final List<Role> denied = Arrays.stream(Role.values()).filter(role -> matrix.cell(operation.id(), role).equals("-")).toList();
                expect(operation, Role.NOBODY, matrix.cell(operation.id(), Role.NOBODY).equals("-"), result(operation, Role.NOBODY, null, true));
                expect(operation, Role.NOBODY, matrix.cell(operation.id(), Role.NOBODY).equals("-"), result(operation, Role.NOBODY, token(denied, "paris", person), true));
                Arrays.stream(Role.values()).filter(role -> role != Role.NOBODY && !denied.contains(role)).forEach(role -> look(operation, role, matrix.cell(operation.id(), role)));
            }
        }
        assertThat(otherwise).isEmpty();
    }

    private void look(final Operation operation, final Role role, final String cell) {
        final String own = token(List.of(role), "paris", person);
        final String strange = token(List.of(role), "rome", STRANGER);
        switch (cell) {
            case "any" -> expect(operation, role, false, result(operation, role, strange, true));
            case "reason" -> {
                expect(operation, role, true, result(operation, role, own, false));
                expect(operation, role, false, result(operation, role, own, true));
            }
            default -> {
                expect(operation, role, false, result(operation, role, own, true));
                if (CommandTemplate.called(operation.id()) == null && done(operation, role, strange)) {
                    otherwise.add(operation.id() + " by a strange " + role.word() + " is done");
                }
            }
        }
    }

    private void expect(final Operation operation, final Role role, final boolean isRefused, final String result) {
        if (REFUSED.contains(result) != isRefused) {
            otherwise.add(operation.id() + " by " + role.word() + " (" + matrix.cell(operation.id(), role) + "): " + result);
        }
    }

    private String token(final List<Role> roles, final String post, final long who) {
        return issuer.token(issuer.claims().subject(roles + post).claim("roles", roles.stream().map(Role::word).toList()).claim("posts", post).claim("person", String.format("%016x", who)).build());
    }

    private String result(final Operation operation, final Role role, final String token, final boolean withReason) {
        final HttpResponse<String> response = send(operation, role, token, withReason, person);
        final boolean isProblem = response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        return isProblem ? new JsonObject(response.body()).getString("result") : "DONE";
    }

    private boolean done(final Operation operation, final Role role, final String token) {
        return send(operation, role, token, true, STRANGER).statusCode() < 300;
    }

    private HttpResponse<String> send(final Operation operation, final Role role, final String token, final boolean withReason, final long user) {
        final String path = calls.path(operation).replace(ExampleCalls.PERSON, String.format("%016x", person));
        final boolean mayNamePost = !path.contains("post=") && operation.parameters().stream().anyMatch(one -> one.name().equals("post") && one.place() == Contract.Place.QUERY);
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path + (mayNamePost ? (path.contains("?") ? "&" : "?") + "post=paris" : "")));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (withReason) {
            request.header("Mawid-Reason", "7");
        }
        if (role == Role.PORTAL) {
            request.header("Mawid-On-Behalf-Of", String.format("%016x", user));
        }
        final String body = body(operation, role);
        return calls.http.send(body == null ? request.method(operation.method(), BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").method(operation.method(), BodyPublishers.ofString(body)));
    }

    /** As the contract shows it, said by who may say it. */
    private String body(final Operation operation, final Role role) {
        final String body = calls.body(operation);
        final boolean isPerson = role == Role.APPLICANT || role == Role.PORTAL;
        return switch (operation.id()) {
            case "sendMessage" -> new JsonObject(body).put("writer", isPerson ? "APPLICANT" : role == Role.CALL_CENTRE ? "CALL_CENTRE" : "POST").encode();
            case "startPayment" -> isPerson ? without(new JsonObject(body).put("means", "ONLINE"), "terminalId") : body;
            case "identify" -> isPerson ? new JsonObject().put("identities", JsonArray.of(new JsonObject().put("kind", "NEWBORN").put("parent", String.format("%016x", person)).put("dateOfBirth", "2026-03-02"))).encode() : body;
            case "submitApplication" -> without(new JsonObject(body), "applicant");
            default -> body;
        };
    }

    private static String without(final JsonObject json, final String field) {
        json.remove(field);
        return json.encode();
    }
}
