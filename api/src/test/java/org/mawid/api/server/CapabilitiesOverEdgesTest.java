package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ConfirmReply;
import org.mawid.client.HoldReply;
import org.mawid.client.MawidException;
import org.mawid.client.PackedBatch;
import org.mawid.client.PackedReplies;
import org.mawid.engine.Setting;
import org.mawid.grpc.AcceptPosts;
import org.mawid.grpc.Application;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.CapabilityTrouble;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.JoinWaitlist;
import org.mawid.grpc.Leg;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.SetDeskService;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.HoldEncoder;
import org.mawid.sbe.MessageHeaderEncoder;

/** Starts are seen and taken by who has read an application of theirs that is validated, for a while, for its services at its posts, and by nobody else. */
class CapabilitiesOverEdgesTest extends ServiceFixture {
    private static final int ROME = 2;
    private static final int ROMES_DESK = 12;
    /** Which needs no validation. */
    private static final int LEGALISATION = 22;
    private static final String DAY = LocalDate.ofEpochDay(OnePost.FIRST_DAY).toString();
    private static final String STARTS = "/v1/availability/starts?posts=1&services=21&days=1&limit=2&from=" + DAY;
    private static final long TTL_MS = 1_800_000;
    private static final long PERSON = 0x5EED;

    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.CAPABILITY.key(), "required", Setting.SIMULATION.key(), "true", Setting.RECORDS.key(), "true", Setting.RECORDS_ENTRIES.key(), "10000",
                EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000");
    }

    @BeforeEach
    void prepare() {
        service.keepRecords();
        service.engine().advanceTo(System.currentTimeMillis());
        OnePost.make(client, 2, 4);
        OnePost.done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(ROME).setCode("rome").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        OnePost.done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(ROMES_DESK).setPostId(ROME).setKind(PoolKind.POOL_KIND_DESK).setCode("rome/1")));
        OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(ROMES_DESK).setServiceId(OnePost.SERVICE).setServes(true)));
        OnePost.done(client, Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(LEGALISATION).setCode("legalisation").setDurationMinutes(15)
                .setAppointmentRequired(true).setQuantityMax(4)));
        client.rules(OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(OnePost.DESK).setServiceId(LEGALISATION).setServes(true))));
    }

    // ---- the story, over HTTP

    @Test
    void givenAnApplicant_whenTheyAreValidated_thenTheySeeStartsAndTakeOne_andBeforeTheySeeHowManyThereAreByDay() throws Exception {
        final JsonObject submitted = answer(201, post("/v1/applications", null, new JsonObject().put("postId", 1)
                .put("lines", new JsonArray().add(new JsonObject().put("personKey", "0000000000005eed").put("serviceId", OnePost.SERVICE)))));
        final String application = submitted.getString("application");
        assertThat(submitted.containsKey("capability")).isFalse();
        final String path = "/v1/applications/" + application + "?minPosition=";
        assertThat(answer(200, get(path + submitted.getLong("position"), null)).containsKey("capability")).as("nothing is validated").isFalse();
        assertThat(answer(200, get(STARTS.replace("starts", "counts").replace("&limit=2", ""), null)).getJsonArray("days")).hasSize(1);
        assertUncovered("MISSING", get(STARTS, null));

        final long validated = answer(200, post("/v1/applications/" + application + "/validate", null, new JsonObject().put("lines", new JsonArray().add(0)))).getLong("position");
        final JsonObject capability = answer(200, get(path + validated, null)).getJsonObject("capability");
        assertThat(capability.getLong("untilMs")).isBetween(service.engine().nowMs() + TTL_MS - 1_000, service.engine().nowMs() + TTL_MS);
        final String token = capability.getString("token");
        for (int i = 0; i < 3; i++) { // first past the contract, then as it is kept
            assertThat(answer(200, get(STARTS, token)).getJsonArray("slots")).hasSize(2);
        }
        assertUncovered("MISSING", get(STARTS, null));

        assertUncovered("MISSING", post("/v1/holds", null, hold(application, OnePost.DESK, 0)));
        final String hold = answer(201, post("/v1/holds", token, hold(application, OnePost.DESK, 0))).getString("hold");
        final String visit = answer(201, post("/v1/holds/" + hold + "/confirm", null, new JsonObject())).getString("appointment");
        final JsonObject legs = new JsonObject().put("legs", hold(application, OnePost.DESK, 3).getJsonArray("legs"));
        assertUncovered("MISSING", post("/v1/appointments/" + visit + "/reschedule", null, legs));
        answer(200, post("/v1/appointments/" + visit + "/reschedule", token, legs));

        final String explanation = "/v1/desks/11/days/" + DAY + "/explanation?at=08:00&services=21";
        assertUncovered("MISSING", get(explanation, null));
        assertThat(answer(200, get(explanation, token)).getString("verdict")).isEqualTo("OK");
        answer(200, post("/v1/appointments/" + visit + "/cancel", null, null));

        assertThat(figure("MISSING")).isEqualTo(5);
        assertThat(figure("EXPIRED")).isZero();
        assertNowhere(token);
    }

    /** In no file of the data directory, and in no metric. */
    private void assertNowhere(final String token) throws Exception {
        assertThat(get("/metrics", null).body()).doesNotContain(token);
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(token)).as("%s", file).isFalse();
            }
        }
    }

    @Test
    void givenWhatIsNotOfThisCall_thenItIsRefusedAndSaidWhy_overBothEdges() throws Exception {
        final String application = validated(PERSON);
        final String token = token(application);
        final String another = token(validated(PERSON + 1));
        final char[] changed = token.toCharArray();
        changed[20] = changed[20] == 'A' ? 'B' : 'A';

        assertRefused(CapabilityTrouble.CAPABILITY_MISSING, null, application, OnePost.DESK);
        assertRefused(CapabilityTrouble.CAPABILITY_MALFORMED, "open sesame", application, OnePost.DESK);
        assertRefused(CapabilityTrouble.CAPABILITY_FORGED, new String(changed), application, OnePost.DESK);
        assertRefused(CapabilityTrouble.CAPABILITY_OTHER_APPLICATION, another, application, OnePost.DESK);
        assertRefused(CapabilityTrouble.CAPABILITY_OTHER_POST, token, application, ROMES_DESK);
        assertUncovered("OTHER_POST", get(STARTS.replace("posts=1", "posts=1,2"), token));
        assertUncovered("OTHER_POST", get(STARTS.replace("posts=1", "desks=12"), token));
        assertUncovered("OTHER_SERVICE", get(STARTS.replace("services=21", "services=21,22"), token));
        assertThat(overGrpc(token, OnePost.POST, LEGALISATION)).isEqualTo(CapabilityTrouble.CAPABILITY_OTHER_SERVICE);
        assertThat(overGrpc(token, ROME, OnePost.SERVICE)).isEqualTo(CapabilityTrouble.CAPABILITY_OTHER_POST);
        assertThat(overGrpc(null, OnePost.POST, OnePost.SERVICE)).isEqualTo(CapabilityTrouble.CAPABILITY_MISSING);

        service.engine().advanceTo(service.engine().nowMs() + TTL_MS);
        assertRefused(CapabilityTrouble.CAPABILITY_EXPIRED, token, application, OnePost.DESK);
        assertUncovered("EXPIRED", get(STARTS, token));
    }

    /** Of a hold, over HTTP, by a single call of gRPC, and in a batch. */
    private void assertRefused(final CapabilityTrouble why, final String token, final String application, final int desk) throws Exception {
        assertUncovered(why.name().substring("CAPABILITY_".length()), post("/v1/holds", token, hold(application, desk, 0)));
        final Leg leg = OnePost.leg(0, 0).toBuilder().setDeskId(desk).build();
        assertThat(client.hold(application, List.of(leg), false, token == null ? "" : token)).isEqualTo(new HoldReply.Refused(Result.FORBIDDEN, why.getNumber()));
        final Command.Builder command = OnePost.hold(application, 0, 0).toBuilder().setCapability(token == null ? "" : token);
        command.getHoldBuilder().getLegsBuilder(0).setDeskId(desk);
        final CommandReply reply = client.execute(command.build());
        assertThat(reply.getResult()).isEqualTo(Result.FORBIDDEN);
        assertThat(reply.getDetail()).isEqualTo(why.getNumber());
        assertThat(reply.getPosition()).as("not in the log").isZero();
    }

    private CapabilityTrouble overGrpc(final String token, final int post, final int service) throws Exception {
        final AvailabilityQuery query = query(post, service);
        final MawidException refused = catchThrowableOfType(MawidException.class, () -> client.firstStarts(query, token == null ? "" : token));
        assertThat(refused.reason()).isEqualTo(Result.FORBIDDEN);
        return CapabilityTrouble.valueOf("CAPABILITY_" + StatusProto.fromThrowable(refused.getCause()).getDetails(0).unpack(ErrorInfo.class).getMetadataOrThrow("capability"));
    }

    // ---- over gRPC

    @Test
    void givenManyApplications_whenTheyAreHeldInAStreamABatchAndPacked_thenEachBringsItsOwn() throws Exception {
        final List<String> applications = OnePost.validated(client, PERSON, 12);
        final List<String> tokens = new ArrayList<>();
        for (final String application : applications) {
            tokens.add(token(application));
        }
        final List<CommandReply> streamed = new ArrayList<>();
        try (var stream = client.stream(streamed::add)) {
            for (int i = 0; i < 3; i++) {
                stream.send(OnePost.hold(applications.get(i), 0, i).toBuilder().setTag(i).setCapability(tokens.get(i == 2 ? 0 : i)).build());
            }
            stream.awaitReplies();
        }
        assertThat(streamed).extracting(CommandReply::getResult).containsExactly(Result.OK, Result.OK, Result.FORBIDDEN);
        assertThat(streamed.get(2).getDetail()).isEqualTo(CapabilityTrouble.CAPABILITY_OTHER_APPLICATION_VALUE);

        final var batch = client.batch();
        batch.add(OnePost.hold(applications.get(3), 0, 3).toBuilder().setCapability(tokens.get(3)).build());
        batch.add(OnePost.hold(applications.get(4), 0, 4));
        assertThat(batch.send()).extracting(CommandReply::getResult).containsExactly(Result.OK, Result.FORBIDDEN);

        final PackedBatch packed = client.packedBatch(1 << 16);
        for (int i = 5; i < 9; i++) {
            pack(packed, applications.get(i), i);
        }
        packed.bring(tokens.get(7));
        packed.bring(tokens.get(5));
        packed.bring(tokens.get(8).substring(0, 36) + "AAAA");
        final PackedReplies replies = new PackedReplies();
        packed.send(replies);
        assertThat(replies.isDone(0)).isTrue();
        assertThat(replies.isDone(2)).isTrue();
        assertThat(replies.result(1)).isEqualTo(org.mawid.sbe.Result.FORBIDDEN);
        assertThat(replies.number1(1)).isEqualTo(CapabilityTrouble.CAPABILITY_MISSING_VALUE);
        assertThat(replies.result(3)).isEqualTo(org.mawid.sbe.Result.FORBIDDEN);
        assertThat(replies.number1(3)).isEqualTo(CapabilityTrouble.CAPABILITY_FORGED_VALUE);

        final HoldReply alone = client.hold(applications.get(9), List.of(OnePost.leg(0, 9)), false, tokens.get(9));
        assertThat(alone).isInstanceOf(HoldReply.Held.class);
        assertThat(client.firstStarts(query(OnePost.POST, OnePost.SERVICE), tokens.get(9)).getSlotsCount()).isEqualTo(1);
        assertThat(client.countStarts(query(OnePost.POST, OnePost.SERVICE)).getDaysCount()).isEqualTo(1);
    }

    private static void pack(final PackedBatch batch, final String application, final int start) {
        final HoldEncoder hold = new HoldEncoder();
        hold.wrapAndApplyHeader(batch.buffer(), batch.messageOffset(), new MessageHeaderEncoder());
        hold.request().deadlineMs(0).idHigh(0).idLow(0).createdMs(0).sequence(0).actor(0).onBehalfOf(0).clientId(0).channel(Channel.ONLINE).putReserved((short) 0, (short) 0, (short) 0);
        hold.applicationId(References.longFormOf(ReferenceKind.APPLICATION, application)).issueStamps(BooleanType.NO).legsCount(1).next()
                .deskId(OnePost.DESK).lines(1).epochDay(OnePost.FIRST_DAY).startUnit((short) (start * OnePost.VISIT_UNITS)).units((short) OnePost.VISIT_UNITS);
        batch.commit(MessageHeaderEncoder.ENCODED_LENGTH + hold.encodedLength());
    }

    @Test
    void givenTwoVisits_whenOneIsMovedOrWaitedForWithTheOthersCapability_thenItIsRefused() {
        final String mine = validated(PERSON);
        final String theirs = validated(PERSON + 1);
        final String visit = booked(mine, 0);
        booked(theirs, 1);
        final Command move = Command.newBuilder().setReschedule(Reschedule.newBuilder().setAppointment(visit).addLegs(OnePost.leg(0, 5))).build();
        final Command join = Command.newBuilder().setJoinWaitlist(JoinWaitlist.newBuilder().setApplication(mine).setAppointment(visit).setFromEpochDay(OnePost.FIRST_DAY)
                .setToEpochDay(OnePost.FIRST_DAY)).build();
        for (final Command command : List.of(move, join)) {
            for (final String token : List.of("", token(theirs))) {
                final CommandReply refused = client.execute(command.toBuilder().setCapability(token).build());
                assertThat(refused.getResult()).as("%s", command).isEqualTo(Result.FORBIDDEN);
                assertThat(refused.getDetail()).isEqualTo(token.isEmpty() ? CapabilityTrouble.CAPABILITY_MISSING_VALUE : CapabilityTrouble.CAPABILITY_OTHER_APPLICATION_VALUE);
            }
        }
        assertThat(client.execute(move.toBuilder().setCapability(token(mine)).build()).getResult()).isEqualTo(Result.OK);
        assertThat(client.execute(join.toBuilder().setCapability(token(mine)).build()).getResult()).as("covered; what the core says of it is another matter").isNotEqualTo(Result.FORBIDDEN);
    }

    @Test
    void givenAPostThatIsAcceptedLater_whenTheApplicationIsReadAgain_thenItIsCovered() throws Exception {
        final String application = validated(PERSON);
        assertThat(overGrpc(token(application), ROME, OnePost.SERVICE)).isEqualTo(CapabilityTrouble.CAPABILITY_OTHER_POST);
        OnePost.done(client, Command.newBuilder().setAcceptPosts(AcceptPosts.newBuilder().setApplication(application).addPosts(ROME)));
        assertThat(client.firstStarts(query(ROME, OnePost.SERVICE), token(application)).getSlotsCount()).as("no days are open there").isZero();
    }

    // ---- in answers, and again

    @Test
    void givenAServiceThatNeedsNoValidation_whenItIsAskedFor_thenTheAnswerHasACapabilityAtOnce() throws Exception {
        final JsonObject submitted = answer(201, post("/v1/applications", null, new JsonObject().put("postId", 1)
                .put("lines", new JsonArray().add(new JsonObject().put("personKey", "0000000000005eed").put("serviceId", LEGALISATION)))));
        final String token = submitted.getJsonObject("capability").getString("token");
        assertThat(answer(200, get(STARTS.replace("services=21", "services=22"), token)).getJsonArray("slots")).hasSize(2);
        answer(201, post("/v1/holds", token, hold(submitted.getString("application"), OnePost.DESK, 0)));
    }

    @Test
    void givenAHoldWhoseAnswerWasLost_whenItIsRepeatedAfterTheTimeOfItsCapability_thenItIsRefused_andWithANewOneItHasItsFirstAnswer() throws Exception {
        final String application = validated(PERSON);
        final String key = UUID.randomUUID().toString();
        final String before = token(application);
        final long created = service.engine().nowMs();
        final JsonObject first = answer(201, post("/v1/holds", before, hold(application, OnePost.DESK, 0), "Idempotency-Key", key, "Mawid-Created", Long.toString(created)));
        service.engine().advanceTo(created + TTL_MS);
        assertUncovered("EXPIRED", post("/v1/holds", before, hold(application, OnePost.DESK, 0), "Idempotency-Key", key, "Mawid-Created", Long.toString(created)));
        assertThat(answer(200, get("/v1/requests/" + key, null)).getString("result")).as("what became of it is told to whoever has its key").isEqualTo("OK");
        final JsonObject again = answer(201, post("/v1/holds", token(application), hold(application, OnePost.DESK, 0), "Idempotency-Key", key, "Mawid-Created", Long.toString(created)));
        assertThat(again.getString("hold")).isEqualTo(first.getString("hold"));
        assertThat(again.getBoolean("repeatedAnswer")).isTrue();
    }

    // ---- calls

    private String validated(final long person) {
        return OnePost.validated(client, person, 1).get(0);
    }

    private String token(final String application) {
        final Application read = client.application(application, service.engine().status().durablePosition()).orElseThrow();
        assertThat(read.getCapability().getUntilMs()).isGreaterThan(service.engine().nowMs());
        return read.getCapability().getToken();
    }

    private String booked(final String application, final int start) {
        final HoldReply held = client.hold(application, List.of(OnePost.leg(0, start)), false, token(application));
        return ((ConfirmReply.Confirmed) client.confirm(((HoldReply.Held) held).hold(), false)).appointment();
    }

    private static AvailabilityQuery query(final int post, final int service) {
        return AvailabilityQuery.newBuilder().addPostIds(post).addServices(ServiceNeed.newBuilder().setServiceId(service)).setFromEpochDay(OnePost.FIRST_DAY).setDays(1).setLimit(1).build();
    }

    private static JsonObject hold(final String application, final int desk, final int start) {
        return new JsonObject().put("application", application).put("legs", new JsonArray().add(new JsonObject().put("deskId", desk).put("lines", new JsonArray().add(0))
                .put("date", DAY).put("startUnit", start * OnePost.VISIT_UNITS).put("units", OnePost.VISIT_UNITS)));
    }

    private HttpResponse<String> get(final String path, final String token) throws Exception {
        return http.send(request(path, token).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(final String path, final String token, final JsonObject body, final String... headers) throws Exception {
        final HttpRequest.Builder request = request(path, token).POST(body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body.encode()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(final String path, final String token) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path));
        return token == null ? request : request.header("Mawid-Capability", token);
    }

    private static JsonObject answer(final int status, final HttpResponse<String> response) {
        assertThat(response.statusCode()).as("%s: %s", response.uri(), response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    private static void assertUncovered(final String why, final HttpResponse<String> response) {
        final JsonObject problem = answer(403, response);
        assertThat(problem.getString("capability")).as(response.body()).isEqualTo(why);
        assertThat(problem.getString("result")).isEqualTo("FORBIDDEN");
        assertThat(problem.getString("detail")).as("what to do next").containsIgnoringCase("read").doesNotContain("null");
        assertThat(response.headers().firstValue("WWW-Authenticate")).as("no bearer token would help").isEmpty();
    }

    private long figure(final String why) throws Exception {
        final String name = "mawid_capability_refusals_total{capability=\"" + why + "\"} ";
        return get("/metrics", null).body().lines().filter(line -> line.startsWith(name)).mapToLong(line -> (long) Double.parseDouble(line.substring(name.length()))).sum();
    }
}
