package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.AvailabilityServiceGrpc;
import org.mawid.grpc.CapabilityTrouble;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;

/** With roles, people and portals bring a capability; who works for the state does not. */
class CapabilitiesByRoleTest {
    private static final long AMINA = 0xA1;
    private static final long BADR = 0xB2;
    private static final String STARTS = "/v1/availability/starts?posts=1&services=21&days=1&limit=2&from=" + LocalDate.ofEpochDay(OnePost.FIRST_DAY);

    @TempDir
    private Path folder;
    private final FakeIssuer issuer = new FakeIssuer();
    private final TokenCalls calls = new TokenCalls(() -> this.service.httpPort());
    private Service service;
    private String officer;

    @BeforeEach
    void start() throws Exception {
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000",
                EdgeSetting.OIDC_ISSUER.key(), issuer.url().toString(), EdgeSetting.OIDC_AUDIENCE.key(), FakeIssuer.AUDIENCE, EdgeSetting.CAPABILITY.key(), "required"), Map.of(), null));
        service.ready();
        service.keepRecords();
        officer = issuer.token(List.of("officer"), "paris");
        try (MawidClient operator = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> issuer.token(List.of("operator"))))) {
            OnePost.make(operator, 1, 4);
        }
    }

    @AfterEach
    void stop() {
        service.close();
        issuer.close();
    }

    @Test
    void givenAnApplicantAPortalAndAnOfficer_whenTheyLookForAStartAndTakeOne_thenTheFirstTwoBringACapability() throws Exception {
        final String amina = issuer.applicant(AMINA);
        final String portal = issuer.token(issuer.claims().subject("portal").claim("roles", List.of("portal")).claim("portal", "rdv").build());
        final String application = validated(amina, 1);
        for (final String who : List.of(amina, portal)) {
            assertUncovered("MISSING", calls.get(STARTS, who));
        }
        assertUncovered("MISSING", calls.post("/v1/holds", amina, hold(application, 0)));
        assertUncovered("MISSING", calls.post("/v1/holds", portal, hold(application, 0), "Mawid-On-Behalf-Of", "00000000000000a1"));

        final String token = capability(amina, application);
        assertThat(calls.get(STARTS, amina, "Mawid-Capability", token).statusCode()).isEqualTo(200);
        final String renewed = new JsonObject(calls.get("/v1/applications/" + application, portal, "Mawid-On-Behalf-Of", "00000000000000a1").body()).getJsonObject("capability").getString("token");
        assertThat(calls.get(STARTS, portal, "Mawid-Capability", renewed).statusCode()).isEqualTo(200);
        assertThat(calls.post("/v1/holds", portal, hold(application, 0), "Mawid-On-Behalf-Of", "00000000000000a1", "Mawid-Capability", renewed).statusCode()).isEqualTo(201);

        for (final String official : List.of(officer, issuer.token(List.of("post-manager"), "paris"), issuer.token(List.of("planner")), issuer.token(List.of("auditor")))) {
            assertThat(calls.get(STARTS, official).statusCode()).isEqualTo(200);
        }
        assertThat(calls.get(STARTS, issuer.token(List.of("call-centre")), "Mawid-Reason", "20261234").statusCode()).isEqualTo(200);
        final String another = validated(issuer.applicant(BADR), 2);
        assertThat(calls.post("/v1/holds", officer, hold(another, 1)).statusCode()).isEqualTo(201);
    }

    @Test
    void givenAnOfficerWhoAppliesThemselves_whenTheyTakeAStartForIt_thenTheyBringACapabilityAsAnybodyDoes() throws Exception {
        final String both = issuer.token(issuer.claims().subject("both").claim("roles", List.of("applicant", "officer")).claim("person", String.format("%016x", AMINA)).claim("posts", List.of("paris")).build());
        final String application = validated(both, 3);
        assertUncovered("MISSING", calls.post("/v1/holds", both, hold(application, 2)));
        assertThat(calls.get(STARTS, both).statusCode()).as("an officer sees all").isEqualTo(200);
        assertThat(calls.post("/v1/holds", both, hold(application, 2), "Mawid-Capability", capability(both, application)).statusCode()).isEqualTo(201);
    }

    @Test
    void givenTheCallCentre_whenItLooksForATimeForSomebody_thenItSaysWhyAsForAllElse_andTheAuditHasIt() throws Exception {
        final String agent = issuer.token(List.of("call-centre"));
        final String explanation = "/v1/desks/" + OnePost.DESK + "/days/" + LocalDate.ofEpochDay(OnePost.FIRST_DAY) + "/explanation?at=08:15&services=21";
        for (final String path : List.of(STARTS, explanation)) {
            final HttpResponse<String> refused = calls.get(path, agent);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
            assertThat(new JsonObject(refused.body()).getString("result")).isEqualTo("FORBIDDEN");
            assertThat(new JsonObject(refused.body()).containsKey("capability")).as("they need none").isFalse();
            assertThat(calls.get(path, agent, "Mawid-Reason", "20261234").statusCode()).isEqualTo(200);
        }
        final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        try {
            final AvailabilityQuery query = AvailabilityQuery.newBuilder().addPostIds(OnePost.POST).setFromEpochDay(OnePost.FIRST_DAY).setDays(1).addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).build();
            assertThatThrownBy(() -> availability(channel, agent).firstStarts(query)).hasMessageContaining("PERMISSION_DENIED");
            assertThat(availability(channel, agent, "mawid-reason", "20261235").firstStarts(query).getSlotsCount()).isPositive();
        } finally {
            channel.shutdownNow();
        }
        final JsonArray entries = new JsonObject(calls.get("/v1/audit", issuer.token(List.of("auditor"))).body()).getJsonArray("entries");
        assertThat(entries.stream().map(JsonObject.class::cast).filter(entry -> "ALLOWED".equals(entry.getString("verdict")) && entry.getLong("reasonCode") != 0).map(entry -> entry.getString("operation") + ' ' + entry.getLong("reasonCode")))
                .containsExactly("firstStarts 20261234", "explain 20261234", "firstStarts 20261235");
    }

    private static AvailabilityServiceGrpc.AvailabilityServiceBlockingStub availability(final ManagedChannel channel, final String token, final String... header) {
        final Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        for (int i = 0; i < header.length; i += 2) {
            headers.put(Metadata.Key.of(header[i], Metadata.ASCII_STRING_MARSHALLER), header[i + 1]);
        }
        return AvailabilityServiceGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** As an unknown one is answered: what is theirs is not told apart from what is not there. */
    @Test
    void givenSomebodyElsesApplication_whenItIsHeldWithACapabilityOfOnesOwn_thenItIsAnsweredAsAnUnknownOneIs() throws Exception {
        final String badr = issuer.applicant(BADR);
        final String theirs = validated(issuer.applicant(AMINA), 1);
        final String token = capability(badr, validated(badr, 2));
        assertUncovered("OTHER_APPLICATION", calls.post("/v1/holds", badr, hold(theirs, 0), "Mawid-Capability", token));
        final String unknown = service.gateway().references().text(ReferenceKind.APPLICATION, 4_711);
        assertUncovered("OTHER_APPLICATION", calls.post("/v1/holds", badr, hold(unknown, 0), "Mawid-Capability", token));
    }

    /** Who got hold of somebody's sees nothing with it; over each way on which starts are shown or taken. */
    @Test
    void givenACapabilityThatSomebodyElseWasGiven_thenItIsNotOnesOwn_overBothEdges() throws Exception {
        final String amina = issuer.applicant(AMINA);
        final String badr = issuer.applicant(BADR);
        final String application = validated(amina, 1);
        final String hers = capability(amina, application);
        for (int i = 0; i < 3; i++) { // first past the contract, then as it is kept
            assertThat(calls.get(STARTS, amina, "Mawid-Capability", hers).statusCode()).isEqualTo(200);
            assertUncovered("FORGED", calls.get(STARTS, badr, "Mawid-Capability", hers));
        }
        final String explanation = "/v1/desks/" + OnePost.DESK + "/days/" + LocalDate.ofEpochDay(OnePost.FIRST_DAY) + "/explanation?at=08:15&services=21";
        assertUncovered("FORGED", calls.get(explanation, badr, "Mawid-Capability", hers));

        final String rdv = portal("backend", "rdv");
        final String ofRdv = new JsonObject(calls.get("/v1/applications/" + application, rdv, "Mawid-On-Behalf-Of", "00000000000000a1").body()).getJsonObject("capability").getString("token");
        assertThat(calls.get(STARTS, portal("front end", "rdv"), "Mawid-Capability", ofRdv).statusCode()).as("the same portal").isEqualTo(200);
        assertUncovered("FORGED", calls.get(STARTS, portal("backend", "another"), "Mawid-Capability", ofRdv));
        assertUncovered("FORGED", calls.get(STARTS, amina, "Mawid-Capability", ofRdv));
        assertUncovered("FORGED", calls.post("/v1/holds", amina, hold(application, 0), "Mawid-Capability", ofRdv));

        final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
        try {
            final AvailabilityQuery query = AvailabilityQuery.newBuilder().addPostIds(OnePost.POST).setFromEpochDay(OnePost.FIRST_DAY).setDays(1).addServices(ServiceNeed.newBuilder().setServiceId(OnePost.SERVICE)).build();
            assertThat(availability(channel, amina, "mawid-capability", hers).firstStarts(query).getSlotsCount()).isPositive();
            assertThatThrownBy(() -> availability(channel, badr, "mawid-capability", hers).firstStarts(query)).hasMessageContaining("PERMISSION_DENIED");
        } finally {
            channel.shutdownNow();
        }
        try (MawidClient client = as(amina)) {
            assertThat(client.hold(application, List.of(OnePost.leg(0, 0)), false, ofRdv)).isEqualTo(new HoldReply.Refused(Result.FORBIDDEN, CapabilityTrouble.CAPABILITY_FORGED_VALUE));
            final String overGrpc = client.application(application, service.engine().status().durablePosition()).orElseThrow().getCapability().getToken();
            assertThat(client.hold(application, List.of(OnePost.leg(0, 0)), false, overGrpc)).isInstanceOf(HoldReply.Held.class);
        }
    }

    private String portal(final String subject, final String name) {
        return issuer.token(issuer.claims().subject(subject).claim("roles", List.of("portal")).claim("portal", name).build());
    }

    private MawidClient as(final String token) throws Exception {
        return MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()).withToken(() -> token));
    }

    private String validated(final String applicant, final int person) throws Exception {
        final JsonObject line = new JsonObject().put("personKey", String.format("%016x", person)).put("serviceId", OnePost.SERVICE);
        final HttpResponse<String> submitted = calls.post("/v1/applications", applicant, new JsonObject().put("postId", OnePost.POST).put("lines", new JsonArray().add(line)));
        final String application = new JsonObject(submitted.body()).getString("application");
        assertThat(calls.post("/v1/applications/" + application + "/validate", officer, new JsonObject().put("lines", new JsonArray().add(0))).statusCode()).as(submitted.body()).isEqualTo(200);
        return application;
    }

    private String capability(final String who, final String application) throws Exception {
        final HttpResponse<String> read = calls.get("/v1/applications/" + application + "?minPosition=" + service.engine().status().durablePosition(), who);
        return new JsonObject(read.body()).getJsonObject("capability").getString("token");
    }

    private static JsonObject hold(final String application, final int start) {
        return new JsonObject().put("application", application).put("legs", new JsonArray().add(new JsonObject().put("deskId", OnePost.DESK).put("lines", new JsonArray().add(0))
                .put("date", LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString()).put("startUnit", start * OnePost.VISIT_UNITS).put("units", OnePost.VISIT_UNITS)));
    }

    private static void assertUncovered(final String why, final HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(new JsonObject(response.body()).getString("capability")).as(response.body()).isEqualTo(why);
    }
}
