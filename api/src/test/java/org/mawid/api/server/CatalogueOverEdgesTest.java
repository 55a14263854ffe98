package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.DoneReply;
import org.mawid.grpc.AbandonChange;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyChange;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.FeeTime;
import org.mawid.grpc.ListDeskServicesReply;
import org.mawid.grpc.ListServicesReply;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.OpenChange;
import org.mawid.grpc.Pool;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.Service;
import org.mawid.grpc.ServiceScope;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetFeeTime;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.Tariff;
import org.mawid.grpc.TariffComponent;

/** What was written of tariffs, desks and staged changes is read in full over either edge, also after a restart from a snapshot. */
@Timeout(120)
class CatalogueOverEdgesTest extends ServiceFixture {
    private static final int STATIONS = 12;
    private static final int SEATS = 13;
    private static final int PAIR = 14;
    private static final int FREE = 22;
    private static final int LYON = 2;
    private static final int LYONS_DESK = 31;
    private static final long NEXT_CENTURY_MS = 4_102_444_800_000L;

    @BeforeEach
    void define() {
        OnePost.define(client);
    }

    @Test
    void givenTariffs_whenRead_thenEachVersionThatIsKeptWithItsPartsInTheirOrderAndWhichIsInForceAlsoAfterRestarts() throws Exception {
        done(Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(FREE).setCode("advice").setDurationMinutes(5).setQuantityMax(1)));
        final SetTariff first = SetTariff.newBuilder().setServiceId(OnePost.SERVICE).setVersion(1)
                .addComponents(part(Beneficiary.BENEFICIARY_STAMP, 50_000)).build();
        final SetTariff next = SetTariff.newBuilder().setServiceId(OnePost.SERVICE).setVersion(3).setValidFromMs(NEXT_CENTURY_MS)
                .addComponents(part(Beneficiary.BENEFICIARY_SERVICE, 7)).addComponents(part(Beneficiary.BENEFICIARY_CHANCERY, 0))
                .addComponents(part(Beneficiary.BENEFICIARY_SERVICE, 100_000_000)).addComponents(part(Beneficiary.BENEFICIARY_ADOUL, 5)).build();
        final SetTariff nothing = SetTariff.newBuilder().setServiceId(FREE).setVersion(9).setValidFromMs(1).build();
        assertTariffs(0, tariff(first, true, 50_000));
        done(Command.newBuilder().setSetTariff(next));
        final long position = done(Command.newBuilder().setSetTariff(nothing));
        assertThat(client.perform(Command.newBuilder().setSetTariff(next.toBuilder().clearComponents()).build()))
                .as("what is refused changes nothing").isEqualTo(new DoneReply.Refused(Result.CONFLICT, 3));
        everyWay(position, () -> assertTariffs(position, tariff(first, true, 50_000), tariff(next, false, 100_000_012), tariff(nothing, true, 0)));
    }

    @Test
    void givenATariffThatWasRead_whenItsBodyIsPutUnderAHigherVersion_thenItIsInForceAgainAndTheOtherStaysBesideIt() throws Exception {
        final JsonObject read = get("/v1/tariffs?service=passport", 200).getJsonArray("tariffs").getJsonObject(0);
        final HttpResponse<String> put = http.send(HttpRequest.newBuilder(edge("/v1/catalogue/services/" + OnePost.SERVICE + "/tariffs/2"))
                .header("Content-Type", "application/json").PUT(BodyPublishers.ofString(read.getJsonObject("tariff").encode())).build(), BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        final long position = new JsonObject(put.body()).getLong("position");
        final List<Tariff> tariffs = client.tariffs(OnePost.SERVICE, position).getTariffsList();
        assertThat(tariffs).extracting(Tariff::getInForce).containsExactly(false, true);
        assertThat(tariffs.get(1).getTariff()).isEqualTo(tariffs.get(0).getTariff().toBuilder().setVersion(2).build());
        assertThat(get("/v1/tariffs?service=nothing", 404).getString("result")).isEqualTo("SERVICE_UNKNOWN");
    }

    @Test
    void givenADesk_whenRead_thenWhatItServesForHowLongWithWhatAndWhereVisitsStartAlsoAfterRestarts() throws Exception {
        pool(STATIONS, PoolKind.POOL_KIND_BIOMETRIC_STATION);
        pool(SEATS, PoolKind.POOL_KIND_RECEPTION_SEAT);
        pool(PAIR, PoolKind.POOL_KIND_ADOUL_PAIR);
        done(Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(FREE).setCode("advice").setDurationMinutes(5)
                .setScope(ServiceScope.SERVICE_SCOPE_REGISTERED_POST).setUrgent(true).setResourceKinds(1 << PoolKind.POOL_KIND_BIOMETRIC_STATION.getNumber())
                .setQuantityMax(255)));
        final Service passport = Service.newBuilder().setServiceId(OnePost.SERVICE).setCode("passport").setDurationMinutes(15).setValidationRequired(true)
                .setAppointmentRequired(true).setQuantityMax(4).setUnitCentimes(50_000).setTariffVersion(1).build();
        final Service advice = Service.newBuilder().setServiceId(FREE).setCode("advice").setDurationMinutes(5).setScope(ServiceScope.SERVICE_SCOPE_REGISTERED_POST)
                .setUrgent(true).setResourceKinds(2).setQuantityMax(255).build();
        final Pool desk = Pool.newBuilder().setPoolId(OnePost.DESK).setPostId(OnePost.POST).setCode("paris/1").build();
        final Pool seats = Pool.newBuilder().setPoolId(SEATS).setPostId(OnePost.POST).setKind(PoolKind.POOL_KIND_RECEPTION_SEAT).setCode("p13").build();
        assertDesk(0, ListDeskServicesReply.newBuilder().setDesk(desk).addServices(passport).addResources(seats).build());

        serves(FREE, true);
        published(0, 12);
        published(1, 3);
        final long position = published(2, 12);
        everyWay(position, () -> assertDesk(position, ListDeskServicesReply.newBuilder().setDesk(desk).addServices(passport).addServices(advice)
                .addResources(Pool.newBuilder().setPoolId(STATIONS).setPostId(OnePost.POST).setKind(PoolKind.POOL_KIND_BIOMETRIC_STATION).setCode("p12"))
                .addResources(seats).addAlignUnits(3).addAlignUnits(12).build()));

        serves(FREE, false);
        assertDesk(serves(OnePost.SERVICE, false), ListDeskServicesReply.newBuilder().setDesk(desk).addAlignUnits(3).addAlignUnits(12).build());
        assertThat(client.deskServices(STATIONS, 0)).as("no desk").isEmpty();
        assertThat(get("/v1/catalogue/desks/" + STATIONS + "/services", 404).getString("result")).isEqualTo("POOL_UNKNOWN");
    }

    @Test
    void givenAFeeThatIsToBePaidBefore_whenSaidOverOneEdge_thenBothTellIt_alsoAfterRestarts() throws Exception {
        final HttpResponse<String> put = http.send(HttpRequest.newBuilder(edge("/v1/catalogue/services/" + OnePost.SERVICE + "/fee-time"))
                .header("Content-Type", "application/json").PUT(BodyPublishers.ofString("{\"feeTime\":\"BEFORE_CONFIRM\"}")).build(), BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        final long position = new JsonObject(put.body()).getLong("position");
        everyWay(position, () -> {
            assertThat(get("/v1/services?minPosition=" + position, 200).getJsonArray("services").getJsonObject(0).getString("feeTime")).isEqualTo("BEFORE_CONFIRM");
            assertThat(services(position).getServices(0).getFeeTime()).isEqualTo(FeeTime.FEE_TIME_BEFORE_CONFIRM);
        });
        final long after = done(Command.newBuilder().setSetFeeTime(SetFeeTime.newBuilder().setServiceId(OnePost.SERVICE).setFeeTime(FeeTime.FEE_TIME_AT_POST)));
        assertThat(services(after).getServices(0).getFeeTime()).isEqualTo(FeeTime.FEE_TIME_AT_POST);
    }

    @Test
    void givenAServiceWhoseRoomCoolsOtherwise_whenSaidOverOneEdge_thenBothTellIt_alsoAfterRestarts() throws Exception {
        assertThat(services(0).getServices(0).hasCoolingMinMs()).as("nobody has said").isFalse();
        final HttpResponse<String> put = http.send(HttpRequest.newBuilder(edge("/v1/catalogue/services/" + OnePost.SERVICE + "/cooling"))
                .header("Content-Type", "application/json").PUT(BodyPublishers.ofString("{\"minMs\":60000,\"maxMs\":120000}")).build(), BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        final long position = new JsonObject(put.body()).getLong("position");
        everyWay(position, () -> {
            assertThat(get("/v1/services?minPosition=" + position, 200).getJsonArray("services").getJsonObject(0).getMap())
                    .containsEntry("coolingMinMs", 60_000).containsEntry("coolingMaxMs", 120_000).containsEntry("feeTime", "AT_POST");
            assertThat(services(position).getServices(0).getCoolingMaxMs()).isEqualTo(120_000);
        });
    }

    @Test
    void givenChangesLeftOpen_whenRead_thenHowMuchWaitsInEachAlsoAfterRestartsAndWhoFindsOneCanDropIt() throws Exception {
        done(Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(LYON).setCode("lyon").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(1)));
        done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(LYONS_DESK).setPostId(LYON).setKind(PoolKind.POOL_KIND_DESK).setCode("lyon/1")));
        published(0, 3);
        assertOpen(0, 0, List.of());
        final CommandReply paris = begin(OnePost.POST);
        final CommandReply lyon = begin(LYON);
        final CommandReply empty = begin(OnePost.POST);
        stage(paris, OnePost.DESK, 9);
        stage(lyon, LYONS_DESK, 4);
        stage(paris, OnePost.DESK, 0);
        final CommandReply gone = begin(OnePost.POST);
        final long position = done(Command.newBuilder().setAbandonChange(AbandonChange.newBuilder().setChange(gone.getReference())));

        final OpenChange ofParis = open(paris, OnePost.POST, 1).setStagedDays(2).setFirstEpochDay(OnePost.FIRST_DAY).setLastEpochDay(OnePost.FIRST_DAY + 9).build();
        final OpenChange ofLyon = open(lyon, LYON, 0).setStagedDays(1).setFirstEpochDay(OnePost.FIRST_DAY + 4).setLastEpochDay(OnePost.FIRST_DAY + 4).build();
        final OpenChange ofNothing = open(empty, OnePost.POST, 1).build();
        everyWay(position, () -> assertOpen(position, 0, List.of(ofParis, ofLyon, ofNothing)));
        assertOpen(position, LYON, List.of(ofLyon));

        final HttpResponse<String> dropped = http.send(HttpRequest.newBuilder(edge("/v1/changes/" + get("/v1/changes?post=lyon", 200).getJsonArray("changes")
                .getJsonObject(0).getString("change"))).DELETE().build(), BodyHandlers.ofString());
        assertThat(dropped.statusCode()).as(dropped.body()).isEqualTo(200);
        final long after = done(Command.newBuilder().setApplyChange(ApplyChange.newBuilder().setChange(ofParis.getChange())
                .setExpectedVersion(client.openChanges(0, position).getChanges(0).getCalendarVersion())));
        assertOpen(after, 0, List.of(ofNothing.toBuilder().setCalendarVersion(2).build()));
        snapshot(after);
        assertOpen(after, 0, List.of(ofNothing.toBuilder().setCalendarVersion(2).build()));
        assertThat(get("/v1/changes?post=nowhere", 404).getString("result")).isEqualTo("POST_UNKNOWN");
    }

    private ListServicesReply services(final long minPosition) {
        return CatalogueServiceGrpc.newBlockingStub(channel).listServices(ListServicesRequest.newBuilder().setMinPosition(minPosition).build());
    }

    // ---- writing

    private long done(final Command.Builder command) {
        final DoneReply reply = client.perform(command.build());
        assertThat(reply).as("%s", command).isInstanceOf(DoneReply.Done.class);
        return ((DoneReply.Done) reply).position();
    }

    private void pool(final int id, final PoolKind kind) {
        done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(id).setPostId(OnePost.POST).setKind(kind).setCode("p" + id)));
    }

    private long serves(final int service, final boolean serves) {
        return done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(OnePost.DESK).setServiceId(service).setServes(serves)));
    }

    private long published(final int day, final int alignUnits) {
        return done(Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY + day)
                .setStartMs((OnePost.FIRST_DAY + day) * 86_400_000L).setUnitCount(24).setAlignUnits(alignUnits).addRuns(Run.newBuilder().setUnits(24).setCapacity(1))));
    }

    private static TariffComponent part(final Beneficiary beneficiary, final long centimes) {
        return TariffComponent.newBuilder().setBeneficiary(beneficiary).setAmountCentimes(centimes).build();
    }

    private CommandReply begin(final int post) {
        final CommandReply reply = client.execute(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(post)).build());
        assertThat(reply.getResult()).isEqualTo(Result.OK);
        return reply;
    }

    private void stage(final CommandReply change, final int desk, final int day) {
        done(Command.newBuilder().setAddToChange(AddToChange.newBuilder().setChange(change.getReference()).setPoolId(desk)
                .setEpochDay(OnePost.FIRST_DAY + day).setStartMs((OnePost.FIRST_DAY + day) * 86_400_000L).setUnitCount(24).setAlignUnits(3)
                .addRuns(Run.newBuilder().setUnits(24).setCapacity(1))));
    }

    // ---- reading

    @FunctionalInterface
    private interface Reading {
        void read() throws Exception;
    }

    /** As it is, after a restart, and after one from a snapshot that was asked for. */
    private void everyWay(final long position, final Reading reading) throws Exception {
        reading.read();
        stop();
        start();
        reading.read();
        snapshot(position);
        reading.read();
    }

    private void snapshot(final long position) throws Exception {
        service.engine().requestSnapshot();
        await().until(() -> service.engine().status().snapshotPosition() >= position);
        stop();
        start();
    }

    private static Tariff tariff(final SetTariff set, final boolean inForce, final long unitCentimes) {
        return Tariff.newBuilder().setTariff(set).setInForce(inForce).setUnitCentimes(unitCentimes).build();
    }

    private static OpenChange.Builder open(final CommandReply begun, final int post, final int version) {
        return OpenChange.newBuilder().setChange(begun.getReference()).setPostId(post).setCalendarVersion(version).setBegunPosition(begun.getPosition())
                .setBegunMs(begun.getNowMs());
    }

    private void assertTariffs(final long position, final Tariff... expected) throws Exception {
        final var reply = client.tariffs(0, position);
        assertThat(reply.getTariffsList()).containsExactly(expected);
        assertThat(reply.getPosition()).isGreaterThanOrEqualTo(position);
        final JsonObject json = get("/v1/tariffs?minPosition=" + position, 200);
        assertThat(json.getLong("position")).isGreaterThanOrEqualTo(position);
        assertThat(json.getJsonArray("tariffs")).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            final JsonObject told = json.getJsonArray("tariffs").getJsonObject(i);
            final SetTariff set = expected[i].getTariff();
            assertThat(told.getJsonObject("tariff")).isEqualTo(new JsonObject().put("validFromMs", set.getValidFromMs())
                    .put("components", new JsonArray(set.getComponentsList().stream().map(part -> new JsonObject()
                            .put("beneficiary", part.getBeneficiary().name().replace("BENEFICIARY_", "")).put("amountCentimes", part.getAmountCentimes())).toList())));
            assertThat(told.getInteger("serviceId")).isEqualTo(set.getServiceId());
            assertThat(told.getLong("version")).isEqualTo(set.getVersion());
            assertThat(told.getBoolean("inForce")).isEqualTo(expected[i].getInForce());
            assertThat(told.getLong("unitCentimes")).isEqualTo(expected[i].getUnitCentimes());
            assertThat(told.getJsonObject("tariff").copy().mergeIn(new JsonObject().put("serviceId", 0).put("version", 0)).fieldNames())
                    .as("all that can be written but the request").isEqualTo(names(SetTariff.getDescriptor(), "request"));
        }
    }

    private void assertDesk(final long position, final ListDeskServicesReply expected) throws Exception {
        final ListDeskServicesReply reply = client.deskServices(OnePost.DESK, position).orElseThrow();
        assertThat(reply.getPosition()).isGreaterThanOrEqualTo(position);
        assertThat(reply.toBuilder().clearPosition().build()).isEqualTo(expected);
        final JsonObject json = get("/v1/catalogue/desks/" + OnePost.DESK + "/services?minPosition=" + position, 200);
        assertThat(json.fieldNames()).isEqualTo(names(ListDeskServicesReply.getDescriptor(), ""));
        assertThat(json.getJsonObject("desk")).isEqualTo(told(expected.getDesk()));
        assertThat(json.getJsonArray("resources").stream()).isEqualTo(expected.getResourcesList().stream().map(CatalogueOverEdgesTest::told).toList());
        assertThat(json.getJsonArray("alignUnits").getList()).isEqualTo(expected.getAlignUnitsList());
        assertThat(json.getJsonArray("services")).hasSize(expected.getServicesCount());
        for (int i = 0; i < expected.getServicesCount(); i++) {
            final JsonObject told = json.getJsonArray("services").getJsonObject(i);
            final Service service = expected.getServices(i);
            assertThat(told.fieldNames()).isEqualTo(names(Service.getDescriptor(), ""));
            assertThat(told.getInteger("serviceId")).isEqualTo(service.getServiceId());
            assertThat(told.getInteger("durationMinutes")).isEqualTo(service.getDurationMinutes());
            assertThat(told.getJsonArray("resourceKinds")).isEqualTo(service.getResourceKinds() == 0 ? new JsonArray() : new JsonArray().add("BIOMETRIC_STATION"));
            assertThat(told.getLong("unitCentimes")).isEqualTo(service.getUnitCentimes());
        }
    }

    private static JsonObject told(final Pool pool) {
        return new JsonObject().put("poolId", pool.getPoolId()).put("postId", pool.getPostId())
                .put("kind", pool.getKind().name().replace("POOL_KIND_", "")).put("code", pool.getCode());
    }

    /** @param post 0 = all */
    private void assertOpen(final long position, final int post, final List<OpenChange> expected) throws Exception {
        assertThat(client.openChanges(post, position).getChangesList()).isEqualTo(expected);
        final JsonArray changes = get("/v1/changes?minPosition=" + position + (post == 0 ? "" : "&post=" + post), 200).getJsonArray("changes");
        assertThat(changes).hasSize(expected.size());
        for (int i = 0; i < changes.size(); i++) {
            final JsonObject told = changes.getJsonObject(i);
            final OpenChange change = expected.get(i);
            assertThat(told.getString("change")).isEqualTo(change.getChange());
            assertThat(told.getInteger("postId")).isEqualTo(change.getPostId());
            assertThat(told.getString("post")).isEqualTo(change.getPostId() == LYON ? "lyon" : "paris");
            assertThat(told.getInteger("stagedDays")).isEqualTo(change.getStagedDays());
            assertThat(told.getString("firstDate")).isEqualTo(date(change, change.getFirstEpochDay()));
            assertThat(told.getString("lastDate")).isEqualTo(date(change, change.getLastEpochDay()));
            assertThat(told.getLong("begunPosition")).isEqualTo(change.getBegunPosition());
            assertThat(told.getLong("begunMs")).isEqualTo(change.getBegunMs());
            assertThat(told.getLong("calendarVersion")).isEqualTo(change.getCalendarVersion());
        }
    }

    private static String date(final OpenChange change, final int epochDay) {
        return change.getStagedDays() == 0 ? null : LocalDate.ofEpochDay(epochDay).toString();
    }

    private static Set<String> names(final Descriptor message, final String but) {
        return message.getFields().stream().filter(field -> !field.hasPresence() || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) // what need not be said is not
                .map(FieldDescriptor::getJsonName).filter(name -> !name.equals(but)).collect(Collectors.toCollection(TreeSet::new));
    }

    private JsonObject get(final String path, final int status) throws Exception {
        final HttpResponse<String> response = http.send(HttpRequest.newBuilder(edge(path)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    private URI edge(final String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }
}
