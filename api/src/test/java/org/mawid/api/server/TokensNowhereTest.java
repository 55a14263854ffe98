package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.GetApplicationRequest;
import org.mawid.grpc.IdentityKind;
import org.mawid.grpc.IdentityServiceGrpc;
import org.mawid.grpc.LinkIdentityRequest;
import org.mawid.grpc.PersonIdentity;

/** With real tokens of everybody, who calls, and is refused: neither the tokens, nor a part of them, nor what they say of who somebody is, nor the capabilities that were given, lie in a file, a line of the log or a metric. */
class TokensNowhereTest extends PersonFixture {
    /** Of everybody who has a token: what issuers write into them beside what is needed. */
    private static final List<String> PEOPLE = List.of("Zineb Bouchareb-Alaoui", "Hamza Ouazzani-Chahdi", "Loubna Tazi-Sqalli", "Reda Benkirane-Fihri", "Salma Idrissi-Kaitouni");
    private static final String APPLICATION = "/v1/applications";
    private static final String REASON = "Mawid-Reason";

    private final FakeIssuer issuer = new FakeIssuer();
    private final Set<String> planted = new LinkedHashSet<>();
    private final String applicant = token(0, Map.of("roles", List.of("applicant"), "person", String.format("%016x", YASMINE)));
    private final String officer = token(1, Map.of("roles", List.of("officer", "post-manager"), "posts", List.of("paris")));
    private final String agent = token(2, Map.of("roles", List.of("call-centre")));
    private final String auditor = token(3, Map.of("roles", List.of("auditor")));
    private final String operator = token(4, Map.of("roles", List.of("operator")));
    private String application;
    private LoudLog log;

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = new HashMap<>(super.settings());
        settings.put(EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString());
        settings.put(EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE);
        settings.put(EdgeSetting.CAPABILITY.key(), "required");
        return settings;
    }

    @BeforeEach
    void listenLoudly() {
        log = new LoudLog(folder.resolve("loud.log"));
    }

    @AfterEach
    void listenAsUsual() {
        log.close();
        issuer.close();
    }

    @Test
    void givenTokensOfEverybody_andCapabilities_thenNothingOfThemLiesAnywhere_beforeAndAfterARestart() throws Exception {
        try (MawidClient network = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> operator))) {
            OnePost.make(network, 1, 8);
        }
        live();
        audited();
        wrongly();
        assertNowhere("while it runs");
        restart();
        live();
        assertNowhere("after a restart");
    }

    /** What somebody is named by at the issuer, and the whole token and its parts, are looked for from now on. */
    private String token(final int whose, final Map<String, Object> claims) {
        final JWTClaimsSet.Builder all = named(whose);
        claims.forEach(all::claim);
        return plant(issuer.token(all.build()));
    }

    private JWTClaimsSet.Builder named(final int whose) {
        final String name = PEOPLE.get(whose);
        final String email = name.toLowerCase().replace(' ', '.') + "@diplomatie.example";
        final String login = name.toLowerCase().replace(" ", "").replace("-", "");
        planted.addAll(List.of(name, name.substring(name.indexOf(' ') + 1), email, login));
        return issuer.claims().subject("of " + whose).claim("name", name).claim("email", email).claim("preferred_username", login);
    }

    private String plant(final String token) {
        planted.add(token);
        planted.addAll(Arrays.asList(token.split("\\.")));
        return token;
    }

    /** What each does: the applicant applies and takes a start with a capability, the officer decides and looks into papers, the agent is on the line. */
    private void live() throws Exception {
        final JsonObject submit = new JsonObject().put("postId", OnePost.POST).put("lines", JsonArray.of(LifeFixture.line(System.nanoTime())));
        application = json(as(applicant, "POST", APPLICATION, submit), 201).getString("application");
        final String path = APPLICATION + '/' + application;
        final long validated = json(as(officer, "POST", path + "/validate", new JsonObject().put("lines", JsonArray.of(0))), 200).getLong("position");
        final String capability = capability(json(as(applicant, "GET", path + "?minPosition=" + validated, null), 200).getJsonObject("capability").getString("token"));
        capability(ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(headers(applicant)).getApplication(GetApplicationRequest.newBuilder().setApplication(application).build()).getCapability().getToken());
        final String starts = "/v1/availability/starts?posts=paris&services=passport&from=" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);
        json(as(applicant, "GET", starts, null, "Mawid-Capability", capability), 200);
        assertThat(as(applicant, "GET", starts, null).statusCode()).isEqualTo(403);
        json(as(applicant, "POST", "/v1/holds", new JsonObject().put("application", application).put("legs", JsonArray.of(new JsonObject().put("deskId", OnePost.DESK).put("lines", JsonArray.of(0))
                .put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()).put("startUnit", 0).put("units", OnePost.VISIT_UNITS))), "Mawid-Capability", capability), 201);
        json(as(officer, "GET", path + "/history", null), 200);
        json(as(agent, "GET", path + "/history", null, REASON, "20261234"), 200);
        json(as(agent, "GET", starts, null, REASON, "20261234"), 200);
        json(as(agent, "POST", path + "/notes", new JsonObject().put("text", "Rings again tomorrow."), REASON, "20261234"), 200);
        json(as(applicant, "POST", "/v1/persons/" + String.format("%016x", YASMINE) + "/identities", new JsonObject().put("kind", "CNIE").put("number", "BK774921")), 200);
        IdentityServiceGrpc.newBlockingStub(channel).withInterceptors(headers(officer)).linkIdentity(LinkIdentityRequest.newBuilder().setPerson(YASMINE)
                .setIdentity(PersonIdentity.newBuilder().setKind(IdentityKind.IDENTITY_KIND_REGISTER_NUMBER).setNumber("2024/000123")).build());
    }

    /** Each kind of row that the log has of who did what: what was let be seen, what was done with a reason, what was refused. */
    private void audited() {
        final JsonArray entries = json(as(auditor, "GET", "/v1/audit", null), 200).getJsonArray("entries");
        assertThat(entries.stream().map(entry -> ((JsonObject) entry).getString("operation"))).contains("getHistory", "addNote", "linkIdentity", "firstStarts", "validateLines");
    }

    /** Tokens that are none, and good ones and capabilities where they do not belong. */
    private void wrongly() throws Exception {
        final String path = APPLICATION + '/' + application;
        final String over = plant(issuer.token(named(0).claim("roles", "applicant").expirationTime(new Date(System.currentTimeMillis() - 60_000)).build()));
        final String forged = plant(FakeIssuer.token(issuer.header(), named(1).claim("roles", "operator").build(), FakeIssuer.STRANGE));
        final String elsewhere = plant(issuer.token(named(2).audience("somebody else").claim("roles", "auditor").build()));
        final String capability = capability(json(as(applicant, "GET", path, null), 200).getJsonObject("capability").getString("token"));
        final List<HttpResponse<String>> answers = new ArrayList<>();
        for (final String bad : List.of(over, forged, elsewhere, officer + 'x', officer.substring(3), PEOPLE.get(3), capability)) {
            answers.add(as(bad, "GET", path, null));
            try {
                ApplicationServiceGrpc.newBlockingStub(channel).withInterceptors(headers(bad)).getApplication(GetApplicationRequest.newBuilder().setApplication(application).build());
                throw new AssertionError("it was let in");
            } catch (final StatusRuntimeException refused) {
                assertThat(refused.getStatus().getCode().name()).isEqualTo("UNAUTHENTICATED");
            }
        }
        for (final String word : List.of(officer, capability, PEOPLE.get(0))) {
            final String encoded = URLEncoder.encode(word, StandardCharsets.UTF_8);
            answers.add(as(officer, "GET", path + "?access_token=" + encoded, null));
            answers.add(as(officer, "GET", APPLICATION + '/' + encoded, null));
            answers.add(as(officer, "POST", path + "/validate", new JsonObject().put("lines", word)));
            answers.add(as(officer, "POST", path + "/validate", new JsonObject().put("lines", JsonArray.of(0)), "Idempotency-Key", ascii(word), "Mawid-Actor", ascii(word)));
            answers.add(as(officer, "GET", path, null, "Mawid-On-Behalf-Of", ascii(word), REASON, ascii(word)));
            answers.add(as(applicant, "GET", "/v1/availability/starts?posts=paris&services=passport&from=2026-03-02", null, "Mawid-Capability", ascii(word) + '1'));
        }
        answers.add(as(agent, "GET", path, null));
        answers.add(as(auditor, "POST", path + "/validate", new JsonObject().put("lines", JsonArray.of(0))));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isBetween(200, 499));
    }

    private static String ascii(final String word) {
        return word.replace(' ', '-');
    }

    private String capability(final String token) {
        assertThat(token).hasSizeGreaterThan(30);
        planted.add(token);
        return token;
    }

    private void assertNowhere(final String when) throws IOException {
        final Planted words = new Planted(List.copyOf(planted));
        try (Stream<Path> files = Files.walk(data())) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(words.in(content(file))).as("%s, %s", when, file).isEmpty();
                assertThat(words.in(file.toString())).as("%s, the name of %s", when, file).isEmpty();
            }
        }
        assertThat(words.in(log.bytes())).as("%s, the log", when).isEmpty();
        assertThat(new String(log.bytes(), StandardCharsets.UTF_8)).as("it is a log").contains("records: ");
        final String metrics = as(operator, "GET", "/metrics", null).body();
        assertThat(metrics).as("they are metrics").contains("mawid_capability_refusals_total");
        assertThat(words.in(metrics.getBytes(StandardCharsets.UTF_8))).as("%s, the metrics", when).isEmpty();
    }

    /** Empty when it has gone meanwhile. */
    private static byte[] content(final Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (final NoSuchFileException gone) {
            return new byte[0];
        }
    }

    @Test
    void givenAFileWithAPartOfAToken_thenTheSearchFindsIt() {
        final Planted words = new Planted(List.copyOf(planted));
        for (final String part : applicant.split("\\.")) {
            assertThat(words.in("x" + part + "y")).isNotEmpty();
            assertThat(words.in(part.getBytes(StandardCharsets.UTF_16BE))).isNotEmpty();
            assertThat(words.in(Base64.getEncoder().encodeToString(("z" + part + "z").getBytes(StandardCharsets.UTF_8)))).isNotEmpty();
        }
        assertThat(words.in("?user=" + URLEncoder.encode(PEOPLE.get(0), StandardCharsets.UTF_8))).isNotEmpty();
        assertThat(words.in("of nobody in particular")).isEmpty();
    }

    private HttpResponse<String> as(final String token, final String method, final String path, final JsonObject body, final String... headers) {
        final String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + token;
        return send(method, path, body, all);
    }

    private static ClientInterceptor headers(final String token) {
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
