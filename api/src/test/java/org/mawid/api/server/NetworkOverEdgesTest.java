package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.AbandonChange;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplicationServiceGrpc;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.AppointmentServiceGrpc;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.BeginChangeReply;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.CatalogueServiceGrpc.CatalogueServiceBlockingStub;
import org.mawid.grpc.Day;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Done;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.GetRulesRequest;
import org.mawid.grpc.Hold;
import org.mawid.grpc.HoldReply;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.InventoryServiceGrpc.InventoryServiceBlockingStub;
import org.mawid.grpc.ListChangesRequest;
import org.mawid.grpc.ListDeskServicesReply;
import org.mawid.grpc.ListDeskServicesRequest;
import org.mawid.grpc.ListPoolsRequest;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.ListTariffsRequest;
import org.mawid.grpc.OpenChange;
import org.mawid.grpc.Pool;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.Post;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Run;
import org.mawid.grpc.Service;
import org.mawid.grpc.ServiceScope;
import org.mawid.grpc.SetCapacity;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.SetRules;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.Tariff;
import org.mawid.grpc.TariffComponent;
import org.mawid.grpc.ValidateLines;

/** A network that was not there is brought in call by call over each edge, is read over both as the same, and can be booked. */
@Timeout(120)
class NetworkOverEdgesTest extends ServiceFixture {
    private static final int STATIONS = 12;
    private static final int UNITS = 12;
    private static final int FIRST = OnePost.FIRST_DAY;
    private static final int NEXT = FIRST + 1;
    private static final int NEVER = FIRST + 2;
    private static final long DAY_MS = 86_400_000L;
    private static final long HOLD_MS = 301_000;
    private static final int PERSON = 77;

    private static final SetTariff TARIFF = SetTariff.newBuilder().setServiceId(OnePost.SERVICE).setVersion(4).setValidFromMs(1_000)
            .addComponents(TariffComponent.newBuilder().setBeneficiary(Beneficiary.BENEFICIARY_STAMP).setAmountCentimes(50_000))
            .addComponents(TariffComponent.newBuilder().setBeneficiary(Beneficiary.BENEFICIARY_CHANCERY).setAmountCentimes(1_000)).build();
    private static final Pool DESK = Pool.newBuilder().setPoolId(OnePost.DESK).setPostId(OnePost.POST).setCode("paris/1").build();
    private static final Pool STATION = Pool.newBuilder().setPoolId(STATIONS).setPostId(OnePost.POST).setKind(PoolKind.POOL_KIND_BIOMETRIC_STATION)
            .setCode("paris/bio").build();
    private static final Service PASSPORT = Service.newBuilder().setServiceId(OnePost.SERVICE).setCode("passport").setDurationMinutes(15)
            .setScope(ServiceScope.SERVICE_SCOPE_REGISTERED_POST).setValidationRequired(true).setAppointmentRequired(true).setUrgent(true)
            .setResourceKinds(1 << PoolKind.POOL_KIND_BIOMETRIC_STATION_VALUE).setQuantityMax(4).setUnitCentimes(51_000).setTariffVersion(4).build();

    private CatalogueServiceBlockingStub catalogue;
    private InventoryServiceBlockingStub inventory;

    @BeforeEach
    void stubs() {
        catalogue = CatalogueServiceGrpc.newBlockingStub(channel);
        inventory = InventoryServiceGrpc.newBlockingStub(channel);
    }

    @Test
    void givenNothing_whenANetworkIsBroughtInOverGrpc_thenBothEdgesTellItAndAVisitIsHeld() throws Exception {
        assertThat(catalogue.listPosts(ListPostsRequest.getDefaultInstance()).getPostsList()).isEmpty();
        catalogue.definePost(DefinePost.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).setCode("paris").setCurrency("EUR")
                .setMinorDigits(2).setRoundToMinor(50).build());
        catalogue.definePool(DefinePool.newBuilder().setRequest(client.newRequest()).setPoolId(OnePost.DESK).setPostId(OnePost.POST).setCode("paris/1").build());
        catalogue.definePool(DefinePool.newBuilder().setRequest(client.newRequest()).setPoolId(STATIONS).setPostId(OnePost.POST)
                .setKind(PoolKind.POOL_KIND_BIOMETRIC_STATION).setCode("paris/bio").build());
        catalogue.defineService(DefineService.newBuilder().setRequest(client.newRequest()).setServiceId(OnePost.SERVICE).setCode("passport")
                .setDurationMinutes(15).setScope(ServiceScope.SERVICE_SCOPE_REGISTERED_POST).setValidationRequired(true).setAppointmentRequired(true)
                .setUrgent(true).setResourceKinds(1 << PoolKind.POOL_KIND_BIOMETRIC_STATION_VALUE).setQuantityMax(4).build());
        catalogue.setDeskService(SetDeskService.newBuilder().setRequest(client.newRequest()).setDeskId(OnePost.DESK).setServiceId(OnePost.SERVICE)
                .setServes(true).build());
        catalogue.setTariff(TARIFF.toBuilder().setRequest(client.newRequest()).build());
        catalogue.setRate(SetRate.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).setMicroMadPerUnit(10_800_000).build());
        final SetRules defaults = catalogue.getRules(GetRulesRequest.getDefaultInstance()).getRules();
        catalogue.setRules(defaults.toBuilder().setRequest(client.newRequest()).setHoldTtlMs(HOLD_MS).build());
        for (final int pool : List.of(OnePost.DESK, STATIONS)) {
            inventory.publishDay(PublishDay.newBuilder().setRequest(client.newRequest()).setPoolId(pool).setEpochDay(FIRST).setStartMs(startMs(FIRST))
                    .setReleasedAtMs(1_000).setUnitCount(UNITS).setAlignUnits(3).addRuns(Run.newBuilder().setUnits(UNITS).setCapacity(2)).build());
        }
        inventory.setCapacity(SetCapacity.newBuilder().setRequest(client.newRequest()).setPoolId(OnePost.DESK).setEpochDay(FIRST)
                .setRun(Run.newBuilder().setStartUnit(3).setUnits(3).setCapacity(5).setWithheld(1)).build());

        final BeginChangeReply begun = inventory.beginChange(BeginChange.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).build());
        stageOverGrpc(begun.getChange(), OnePost.DESK, NEXT);
        stageOverGrpc(begun.getChange(), STATIONS, NEXT);
        final BeginChangeReply other = inventory.beginChange(BeginChange.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST).build());
        final Done staged = stageOverGrpc(other.getChange(), OnePost.DESK, NEVER);
        final int version = assertOpen(staged.getPosition(), List.of(begun.getChange(), other.getChange()));
        final ErrorInfo early = refusal(() -> inventory.applyChange(apply(begun.getChange(), version + 1)));
        assertThat(early.getReason()).isEqualTo("CONFLICT");
        assertThat(early.getMetadataMap()).containsEntry("presentVersion", Integer.toString(version));
        assertThat(refusal(() -> stageOverGrpc(other.getChange(), OnePost.DESK, NEXT)).getReason()).isEqualTo("DAY_ALREADY_STAGED");
        inventory.applyChange(apply(begun.getChange(), version));
        final Done abandoned = inventory.abandonChange(AbandonChange.newBuilder().setRequest(client.newRequest()).setChange(other.getChange()).build());
        assertThat(refusal(() -> inventory.applyChange(apply(other.getChange(), version + 1))).getReason()).isEqualTo("CHANGE_UNKNOWN");

        assertNetwork(abandoned.getPosition(), version + 1, defaults);
        final var applications = ApplicationServiceGrpc.newBlockingStub(channel);
        final String application = applications.submitApplication(SubmitApplication.newBuilder().setRequest(client.newRequest()).setPostId(OnePost.POST)
                .addLines(OnePost.line(PERSON).toBuilder().setRegisteredPostId(OnePost.POST)).build()).getApplication();
        applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(1).build());
        final HoldReply held = AppointmentServiceGrpc.newBlockingStub(channel).hold(Hold.newBuilder().setRequest(client.newRequest())
                .setApplication(application).setIssueStamps(true).addLegs(OnePost.leg(NEXT - FIRST, 1)).build());
        assertThat(held.getUntilMs() - held.getNowMs()).as("by the rules").isEqualTo(HOLD_MS);
        assertThat(held.getStampsList()).hasSize(1);
        assertTaken(held.getPosition());
    }

    @Test
    void givenNothing_whenANetworkIsBroughtInOverHttp_thenBothEdgesTellItAndAVisitIsHeld() throws Exception {
        assertThat(get("/v1/posts", 200).getJsonArray("posts")).isEmpty();
        put("/v1/catalogue/posts/1", "{'code':'paris','currency':'EUR','minorDigits':2,'roundToMinor':50}");
        put("/v1/catalogue/pools/11", "{'postId':1,'kind':'DESK','code':'paris/1'}");
        put("/v1/catalogue/pools/12", "{'postId':1,'kind':'BIOMETRIC_STATION','code':'paris/bio'}");
        put("/v1/catalogue/services/21", "{'code':'passport','durationMinutes':15,'scope':'REGISTERED_POST','validationRequired':true,"
                + "'appointmentRequired':true,'urgent':true,'resourceKinds':['BIOMETRIC_STATION'],'quantityMax':4}");
        put("/v1/catalogue/desks/11/services/21", "{'serves':true}");
        put("/v1/catalogue/services/21/tariffs/4", "{'validFromMs':1000,'components':["
                + "{'beneficiary':'STAMP','amountCentimes':50000},{'beneficiary':'CHANCERY','amountCentimes':1000}]}");
        put("/v1/catalogue/posts/1/rate", "{'microMadPerUnit':10800000}");
        final SetRules defaults = catalogue.getRules(GetRulesRequest.getDefaultInstance()).getRules();
        put("/v1/rules", get("/v1/rules", 200).getJsonObject("rules").put("holdTtlMs", HOLD_MS).encode());
        for (final int pool : List.of(OnePost.DESK, STATIONS)) {
            put("/v1/pools/" + pool + "/days/" + date(FIRST), "{'startMs':" + startMs(FIRST)
                    + ",'releasedAtMs':1000,'unitCount':12,'alignUnits':3,'runs':[{'startUnit':0,'units':12,'capacity':2}]}");
        }
        post("/v1/pools/11/days/" + date(FIRST) + "/capacity", 200, "{'startUnit':3,'units':3,'capacity':5,'withheld':1}");

        final String change = post("/v1/posts/paris/changes", 201, null).getString("change");
        stageOverHttp(change, OnePost.DESK, NEXT);
        stageOverHttp(change, STATIONS, NEXT);
        final String other = post("/v1/posts/1/changes", 201, null).getString("change");
        final JsonObject staged = stageOverHttp(other, OnePost.DESK, NEVER);
        final int version = assertOpen(staged.getLong("position"), List.of(change, other));
        final JsonObject early = post("/v1/changes/" + change + "/apply", 409, "{'expectedVersion':" + (version + 1) + "}");
        assertThat(early.getString("result")).isEqualTo("CONFLICT");
        assertThat(early.getInteger("presentVersion")).isEqualTo(version);
        post("/v1/changes/" + change + "/apply", 200, "{'expectedVersion':" + version + "}");
        final JsonObject abandoned = send(request("/v1/changes/" + other).DELETE(), 200);
        assertThat(post("/v1/changes/" + other + "/apply", 404, "{'expectedVersion':" + (version + 1) + "}").getString("result")).isEqualTo("CHANGE_UNKNOWN");

        assertNetwork(abandoned.getLong("position"), version + 1, defaults);
        final String application = post("/v1/applications", 201,
                "{'postId':1,'lines':[{'personKey':'000000000000004d','serviceId':21,'registeredPostId':1}]}").getString("application");
        post("/v1/applications/" + application + "/validate", 200, "{'lines':[0]}");
        final JsonObject held = post("/v1/holds", 201, "{'application':'" + application + "','issueStamps':true,'legs':[{'deskId':11,'lines':[0],'date':'"
                + date(NEXT) + "','startUnit':3,'units':3}]}");
        assertThat(held.getLong("untilMs") - held.getLong("nowMs")).as("by the rules").isEqualTo(HOLD_MS);
        assertThat(held.getJsonArray("stamps")).hasSize(1);
        assertTaken(held.getLong("position"));
    }

    // ---- writing

    private Done stageOverGrpc(final String change, final int pool, final int day) {
        return inventory.addToChange(AddToChange.newBuilder().setRequest(client.newRequest()).setChange(change).setPoolId(pool).setEpochDay(day)
                .setStartMs(startMs(day)).setReleasedAtMs(2_000).setUnitCount(UNITS).setAlignUnits(3)
                .addRuns(Run.newBuilder().setUnits(6).setCapacity(3).setWithheld(2)).addRuns(Run.newBuilder().setStartUnit(9).setUnits(3).setCapacity(1)).build());
    }

    private JsonObject stageOverHttp(final String change, final int pool, final int day) throws Exception {
        return put("/v1/changes/" + change + "/pools/" + pool + "/days/" + date(day), "{'startMs':" + startMs(day) + ",'releasedAtMs':2000,'unitCount':12,"
                + "'alignUnits':3,'runs':[{'startUnit':0,'units':6,'capacity':3,'withheld':2},{'startUnit':9,'units':3,'capacity':1}]}");
    }

    private ApplyChange apply(final String change, final int version) {
        return ApplyChange.newBuilder().setRequest(client.newRequest()).setChange(change).setExpectedVersion(version).build();
    }

    // ---- reading

    /** Of two changes the first with two days, the other with one. @return the version of the post's calendars */
    private int assertOpen(final long position, final List<String> expected) throws Exception {
        final List<OpenChange> changes = inventory.listChanges(ListChangesRequest.newBuilder().setPostId(OnePost.POST).setMinPosition(position).build())
                .getChangesList();
        assertThat(changes).extracting(OpenChange::getChange).isEqualTo(expected);
        assertThat(changes).extracting(OpenChange::getStagedDays).containsExactly(2, 1);
        assertThat(changes).extracting(OpenChange::getLastEpochDay).containsExactly(NEXT, NEVER);
        final JsonArray told = get("/v1/changes?post=paris&minPosition=" + position, 200).getJsonArray("changes");
        assertThat(told.stream().map(change -> ((JsonObject) change).getString("change"))).isEqualTo(expected);
        assertThat(told.stream().map(change -> ((JsonObject) change).getString("lastDate"))).containsExactly(date(NEXT), date(NEVER));
        return changes.get(0).getCalendarVersion();
    }

    private void assertNetwork(final long position, final int version, final SetRules defaults) throws Exception {
        final Post paris = Post.newBuilder().setPostId(OnePost.POST).setCode("paris").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)
                .setMicroMadPerUnit(10_800_000).setCalendarVersion(version).build();
        assertThat(catalogue.listPosts(ListPostsRequest.newBuilder().setMinPosition(position).build()).getPostsList()).containsExactly(paris);
        assertThat(catalogue.listPools(ListPoolsRequest.newBuilder().setPostId(OnePost.POST).build()).getPoolsList()).containsExactly(DESK, STATION);
        assertThat(catalogue.listPools(ListPoolsRequest.newBuilder().setPostId(OnePost.POST).addServiceIds(OnePost.SERVICE).build()).getPoolsList())
                .containsExactly(DESK);
        assertThat(catalogue.listServices(ListServicesRequest.getDefaultInstance()).getServicesList()).containsExactly(PASSPORT);
        assertThat(catalogue.listTariffs(ListTariffsRequest.getDefaultInstance()).getTariffsList()).containsExactly(
                Tariff.newBuilder().setTariff(TARIFF).setInForce(true).setUnitCentimes(51_000).build());
        assertThat(catalogue.listDeskServices(ListDeskServicesRequest.newBuilder().setDeskId(OnePost.DESK).build()).toBuilder().clearPosition().build())
                .isEqualTo(ListDeskServicesReply.newBuilder().setDesk(DESK).addServices(PASSPORT).addResources(STATION).addAlignUnits(3).build());
        assertThat(catalogue.getRules(GetRulesRequest.getDefaultInstance()).getRules()).isEqualTo(defaults.toBuilder().setHoldTtlMs(HOLD_MS).build());
        assertThat(inventory.listChanges(ListChangesRequest.getDefaultInstance()).getChangesList()).isEmpty();

        final JsonObject told = get("/v1/posts/paris", 200);
        assertThat(told).isEqualTo(json("{'postId':1,'code':'paris','currency':'EUR','minorDigits':2,'roundToMinor':50,'microMadPerUnit':10800000}")
                .put("calendarVersion", version).put("zone", told.getString("zone")).put("position", told.getValue("position")));
        assertThat(get("/v1/posts/1/pools", 200).getJsonArray("pools")).isEqualTo(new JsonArray().add(json("{'poolId':11,'postId':1,'kind':'DESK',"
                + "'code':'paris/1'}")).add(json("{'poolId':12,'postId':1,'kind':'BIOMETRIC_STATION','code':'paris/bio'}")));
        assertThat(get("/v1/services", 200).getJsonArray("services")).isEqualTo(new JsonArray().add(json("{'serviceId':21,'code':'passport',"
                + "'durationMinutes':15,'scope':'REGISTERED_POST','validationRequired':true,'appointmentRequired':true,'urgent':true,"
                + "'resourceKinds':['BIOMETRIC_STATION'],'quantityMax':4,'feeTime':'AT_POST','documentKinds':[],'documentsValidate':false,'unitCentimes':51000,'tariffVersion':4}")));
        assertThat(get("/v1/changes", 200).getJsonArray("changes")).isEmpty();

        assertDay(position, FIRST, 1_000, List.of(2, 2, 2, 4, 4, 4, 2, 2, 2, 2, 2, 2), List.of(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0));
        assertDay(position, NEXT, 2_000, List.of(1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1), List.of(2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0));
        assertThat(refusal(() -> inventory.getDay(day(NEVER, position))).getReason()).isEqualTo("SLOT_UNKNOWN");
        assertThat(get("/v1/pools/11/days/" + date(NEVER), 404).getString("result")).isEqualTo("SLOT_UNKNOWN");
    }

    private void assertDay(final long position, final int day, final long releasedAtMs, final List<Integer> open, final List<Integer> withheld) throws Exception {
        assertThat(inventory.getDay(day(day, position)).toBuilder().clearPosition().build()).isEqualTo(Day.newBuilder().setPoolId(OnePost.DESK)
                .setEpochDay(day).setStartMs(startMs(day)).setReleasedAtMs(releasedAtMs).setAlignUnits(3).addAllRoom(open).addAllOpen(open)
                .addAllWithheld(withheld).build());
        final JsonObject told = get("/v1/pools/11/days/" + date(day) + "?minPosition=" + position, 200);
        assertThat(told.getLong("startMs")).isEqualTo(startMs(day));
        assertThat(told.getLong("releasedAtMs")).isEqualTo(releasedAtMs);
        assertThat(told.getJsonArray("room")).isEqualTo(new JsonArray(open));
        assertThat(told.getJsonArray("withheld")).isEqualTo(new JsonArray(withheld));
    }

    /** The visit takes its place at the desk and at the stations. */
    private void assertTaken(final long position) throws Exception {
        for (final int pool : List.of(OnePost.DESK, STATIONS)) {
            final List<Integer> room = List.of(1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1);
            assertThat(inventory.getDay(day(NEXT, position).toBuilder().setPoolId(pool).build()).getRoomList()).isEqualTo(room);
            assertThat(get("/v1/pools/" + pool + "/days/" + date(NEXT) + "?minPosition=" + position, 200).getJsonArray("room")).isEqualTo(new JsonArray(room));
        }
    }

    private static GetDayRequest day(final int day, final long position) {
        return GetDayRequest.newBuilder().setPoolId(OnePost.DESK).setEpochDay(day).setMinPosition(position).build();
    }

    private static ErrorInfo refusal(final ThrowingCallable call) {
        return GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    private static long startMs(final int day) {
        return day * DAY_MS + DAY_MS / 3;
    }

    private static String date(final int day) {
        return LocalDate.ofEpochDay(day).toString();
    }

    private JsonObject get(final String path, final int status) throws Exception {
        return send(request(path), status);
    }

    private JsonObject put(final String path, final String json) throws Exception {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json(json).encode())), 200);
    }

    /** @param json null = no body */
    private JsonObject post(final String path, final int status, final String json) throws Exception {
        return send(json == null ? request(path).POST(BodyPublishers.noBody())
                : request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json(json).encode())), status);
    }

    private static JsonObject json(final String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    private JsonObject send(final HttpRequest.Builder request, final int status) throws Exception {
        final HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", response.request(), response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    private HttpRequest.Builder request(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path));
    }
}
