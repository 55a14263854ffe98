package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.report.Measure;
import org.mawid.api.testkit.KilledDisk;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.Beneficiary;
import org.mawid.grpc.Command;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.GetReportDaysRequest;
import org.mawid.grpc.GetReportMonthsRequest;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.ReportReply;
import org.mawid.grpc.ReportRow;
import org.mawid.grpc.ReportServiceGrpc;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SetRate;
import org.mawid.grpc.SetStampRules;
import org.mawid.grpc.SetTariff;
import org.mawid.grpc.StampState;
import org.mawid.grpc.TariffComponent;

/** Some days at a post where it is tomorrow already, on a night in which clocks change, and at one where it is still yesterday; across a stop and a power cut. */
@Timeout(180)
class ReportsOverEdgesTest {
    private static final int EARLY = 1;
    private static final int LATE = 2;
    private static final int[] DESKS = {11, 12};
    private static final Map<Integer, ZoneId> ZONES = Map.of(EARLY, ZoneId.of("Pacific/Auckland"), LATE, ZoneId.of("Pacific/Honolulu"));
    private static final long BEGIN_MS = Instant.parse("2097-04-05T08:00:00Z").toEpochMilli(); // clocks change on the 7th there, which is the 6th by UTC
    private static final long DAY_MS = 86_400_000L;
    private static final String SPAN = "from=2097-04-01&to=2097-05-01";

    @TempDir
    private Path folder;
    private final NaiveReport twin = new NaiveReport(ZONES);
    private final HttpClient http = HttpClient.newHttpClient();
    private NetworkFiles files;
    private Service service;
    private MawidClient client;
    private ManagedChannel channel;
    private long nowMs = BEGIN_MS;

    @BeforeEach
    void open() throws Exception {
        files = NetworkFiles.directory(NetworkFolder.write(folder.resolve("network"), 2097, 2097)
                .line("posts.csv", 2, "Europe/Paris", ZONES.get(EARLY).getId()).line("posts.csv", 3, "Africa/Tunis", ZONES.get(LATE).getId()).path());
        start(folder.resolve("data"));
        final String[][] posts = {{"MA-CG-LYON", "EUR"}, {"MA-EM-TUNIS", "TND"}};
        for (int i = 0; i < posts.length; i++) {
            OnePost.done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(i + 1).setCode(posts[i][0]).setCurrency(posts[i][1])
                    .setMinorDigits(2 + i).setRoundToMinor(10)));
            OnePost.done(client, Command.newBuilder().setSetRate(SetRate.newBuilder().setPostId(i + 1).setMicroMadPerUnit(10_800_000 - 7_000_000L * i)));
            OnePost.done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(DESKS[i]).setPostId(i + 1).setKind(PoolKind.POOL_KIND_DESK).setCode("d" + i)));
        }
        for (final int offered : new int[] {RandomOffice.VALIDATED_FIRST, RandomOffice.VALID_AT_ONCE}) {
            OnePost.done(client, Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(offered).setCode("service-" + offered).setDurationMinutes(15)
                    .setValidationRequired(offered == RandomOffice.VALIDATED_FIRST).setAppointmentRequired(true).setQuantityMax(4)));
            OnePost.done(client, Command.newBuilder().setSetTariff(SetTariff.newBuilder().setServiceId(offered).setVersion(1)
                    .addComponents(TariffComponent.newBuilder().setBeneficiary(Beneficiary.BENEFICIARY_STAMP).setAmountCentimes(1_000L * offered))));
            for (final int desk : DESKS) {
                OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(desk).setServiceId(offered).setServes(true)));
            }
        }
        for (final int desk : DESKS) {
            for (int day = (int) (BEGIN_MS / DAY_MS); day < BEGIN_MS / DAY_MS + 9; day++) {
                OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(desk).setEpochDay(day).setStartMs(day * DAY_MS).setReleasedAtMs(1)
                        .setUnitCount(192).setAlignUnits(3).addRuns(Run.newBuilder().setUnits(192).setCapacity(3))));
            }
        }
    }

    private void start(final Path data) throws Exception {
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.SIMULATION.key(), "true", Setting.RECORDS_ENTRIES.key(), "10000",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000",
                EdgeSetting.CAPABILITY.key(), "off"), Map.of(), null));
        service.network().follow(files);
        service.engine().advanceTo(nowMs);
        service.ready();
        service.keepRecords();
        client = MawidClient.connect("127.0.0.1", service.grpcPort());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        client.close();
        channel.shutdownNow();
        service.close();
    }

    private long goOn(final long ms) {
        nowMs = ms;
        service.engine().advanceTo(nowMs);
        return nowMs;
    }

    @Test
    void givenARandomLifeAtTwoPosts_whenStoppedAndCutOff_thenReportsAreWhatWasAcknowledged() throws Exception {
        rules(30 * DAY_MS, 30 * DAY_MS);
        final RandomLife till = new RandomLife(20_970_406, twin, DESKS);
        live(till, 180);
        stop();
        start(folder.resolve("data"));
        live(till, 180);
        final Path cut = folder.resolve("cut");
        KilledDisk.copy(folder.resolve("data"), cut); // as a power cut leaves it: the sums are those of the stop
        stop();
        start(cut);
        live(till, 180);

        final JsonObject days = report("days?" + SPAN, till.reply.getPosition());
        assertThat(NaiveReport.read(days, "day")).isEqualTo(twin.days());
        assertThat(NaiveReport.read(report("months?from=2097-04&to=2097-04", 0), "month")).isEqualTo(twin.months());
        assertThat(days.getLong("unknown")).isZero();
        assertThat(days.getJsonObject("completeFrom")).isEqualTo(new JsonObject("{\"position\":0}"));
        assertThat(twin.days().keySet()).as("nights between, by both calendars").anyMatch(place -> place.startsWith("1|2097-04-07")).anyMatch(place -> place.startsWith("2|2097-04-05"));
        assertThat(NaiveReport.read(report("days?post=MA-EM-TUNIS&" + SPAN, 0), "day")).isEqualTo(ofPost(twin.days(), LATE));
        final TreeSet<String> never = new TreeSet<>(Stream.of(Measure.values()).map(Measure::title).toList());
        twin.days().values().forEach(figures -> never.removeAll(figures.keySet()));
        assertThat(never).as("what this life does not have").allMatch(figure -> figure.startsWith("decided") || figure.startsWith("stampsLapsed")
                || figure.startsWith("stampsForfeited") || figure.equals("linesExpired") || figure.equals("appointmentsDisplaced")
                || figure.startsWith("offers") || figure.equals("waitingBegun") || figure.endsWith("Ahead"));
        assertTable(days);
        assertThat(overGrpc(till.reply.getPosition())).isEqualTo(twin.days());
    }

    @Test
    void givenStampsWhoseTimeIsOver_whenTheyLapseAndAreForfeited_thenThatCountsOnTheDayOfIt() throws Exception {
        rules(3_600_000, DAY_MS);
        final RandomLife till = new RandomLife(1, twin, DESKS);
        till.client = client;
        while (till.stamps.size() < 2) {
            till.submit();
            till.issue();
            if (till.stamps.size() == 1) {
                till.receipt();
            }
        }
        goOn(nowMs + 2 * 3_600_000);
        becomes(till.stamps.get(1), StampState.STAMP_STATE_LAPSED, "stampsLapsed");
        goOn(nowMs + DAY_MS);
        becomes(till.stamps.get(0), StampState.STAMP_STATE_FORFEITED, "stampsForfeited");
        assertThat(NaiveReport.read(report("days?" + SPAN, service.engine().status().appliedPosition()), "day")).isEqualTo(twin.days());
    }

    @Test
    void givenTooMuchOrWhatIsNotThere_whenAsked_thenBothEdgesRefuseAlike() throws Exception {
        final long ahead = service.engine().status().appliedPosition() + 1_000;
        assertRefused("POST_UNKNOWN", 404, "days?post=nowhere&" + SPAN, days(99, 0, 0, 0));
        assertRefused("OUT_OF_RANGE", 422, "days?from=2097-04-01&to=2097-05-02", days(0, 0, 31, 0));
        assertRefused("OUT_OF_RANGE", 422, "days?from=2097-04-02&to=2097-04-01", days(0, 1, 0, 0));
        assertRefused("OUT_OF_RANGE", 422, "days?post=1&from=2097-01-01&to=2098-02-05", days(1, 0, 400, 0));
        assertRefused("OUT_OF_RANGE", 422, "months?from=2097-01&to=2098-01", months(0, "2097-01", "2098-01"));
        assertRefused("OUT_OF_RANGE", 422, "months?post=1&from=2087-01&to=2097-01", months(1, "2087-01", "2097-01"));
        assertRefused("MALFORMED", 400, "months?from=2097-13&to=2098-01", months(0, "2097-13", "2098-01"));
        assertRefused("MALFORMED", 400, "days?from=2097-04-01", months(0, "2097-01", ""));
        assertRefused("READ_MODEL_BEHIND", 503, "days?minPosition=" + ahead + '&' + SPAN, days(0, 0, 0, ahead));
        assertThat(http.send(request("days?post=1&from=2097-01-01&to=2098-02-04").build(), BodyHandlers.ofString()).statusCode()).as("as much as may be").isEqualTo(200);
    }

    private void assertRefused(final String reason, final int status, final String path, final ThrowableAssert.ThrowingCallable call) throws Exception {
        final var response = http.send(request(path).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(status);
        assertThat(new JsonObject(response.body()).getString("result")).isEqualTo(reason);
        assertThat(LifeFixture.refusal(call).getReason()).as(path).isEqualTo(reason);
    }

    private ThrowableAssert.ThrowingCallable days(final int post, final int from, final int to, final long position) {
        return () -> ReportServiceGrpc.newBlockingStub(channel).getReportDays(GetReportDaysRequest.newBuilder().setPostId(post).setFromEpochDay(from).setToEpochDay(to)
                .setMinPosition(position).build());
    }

    private ThrowableAssert.ThrowingCallable months(final int post, final String from, final String to) {
        return () -> ReportServiceGrpc.newBlockingStub(channel).getReportMonths(GetReportMonthsRequest.newBuilder().setPostId(post).setFromMonth(from).setToMonth(to).build());
    }

    private void rules(final long lapseMs, final long validityMs) {
        OnePost.done(client, Command.newBuilder().setSetStampRules(SetStampRules.newBuilder().setPendingMs(DAY_MS).setLapseMs(lapseMs).setValidityMs(validityMs)
                .setMaxPayments(1_000).setMaxBreaks(1_000)));
    }

    private void becomes(final RandomOffice.Paper stamp, final StampState state, final String figure) {
        await().untilAsserted(() -> assertThat(client.stamp(stamp.reference, 0).orElseThrow().getState()).isEqualTo(state));
        twin.value(nowMs, stamp, figure);
    }

    private void live(final RandomLife till, final int steps) {
        till.client = client;
        till.references = service.gateway().references();
        final List<Runnable> all = new ArrayList<>(List.of(till::submit, till::submit, till::validate, till::validate, till::reject, till::withdraw, till::issue, till::issue,
                till::issue, till::voidStamp, till::receipt, till::startOnline, till::startOnline, till::approve, till::approve, till::approve, till::chargeTwice, till::allocate,
                till::fail, till::reverse, till::reverse, till::chargeBack, till::doubt, till::consume, till::consume, till::waive, till::unconsume, till::refund, till::reuse,
                () -> till.visit(nowMs, this::goOn), () -> till.visit(nowMs, this::goOn), () -> till.walkIn(nowMs)));
        till.submit();
        for (int i = 0; i < steps; i++) {
            all.get(till.random.nextInt(all.size())).run();
            goOn(nowMs + till.random.nextInt(12 * 60_000));
            till.doubtWhatIsOld();
        }
    }

    private static Map<String, Map<String, Long>> ofPost(final Map<String, Map<String, Long>> all, final int post) {
        final Map<String, Map<String, Long>> found = new TreeMap<>(all);
        found.keySet().removeIf(place -> !place.startsWith(post + "|"));
        return found;
    }

    private JsonObject report(final String what, final long position) throws Exception {
        final var response = http.send(request(what + "&minPosition=" + position).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    private HttpRequest.Builder request(final String what) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + "/v1/reports/" + what));
    }

    /** The same rows and figures as the JSON, with zeros. */
    private void assertTable(final JsonObject days) throws Exception {
        final List<String> table = http.send(request("days?" + SPAN).header("Accept", "text/csv").build(), BodyHandlers.ofString()).body().lines().toList();
        final List<String> head = List.of(table.get(0).split(","));
        assertThat(table).hasSize(1 + days.getJsonArray("rows").size());
        for (int i = 1; i < table.size(); i++) {
            final String[] cells = table.get(i).split(",", -1);
            final JsonObject row = days.getJsonArray("rows").getJsonObject(i - 1);
            for (int column = 0; column < head.size(); column++) {
                final Object told = row.getValue(head.get(column));
                assertThat(cells[column]).as(head.get(column)).isEqualTo(told != null ? told.toString() : column < 5 || column >= head.size() - 2 ? "" : "0");
            }
        }
    }

    private Map<String, Map<String, Long>> overGrpc(final long position) {
        final ReportReply reply = ReportServiceGrpc.newBlockingStub(channel).getReportDays(GetReportDaysRequest.newBuilder().setMinPosition(position)
                .setFromEpochDay((int) (BEGIN_MS / DAY_MS) - 5).setToEpochDay((int) (BEGIN_MS / DAY_MS) + 20).build());
        final Map<String, Map<String, Long>> rows = new TreeMap<>();
        for (final ReportRow row : reply.getRowsList()) {
            final Map<String, Long> figures = new TreeMap<>();
            row.getFiguresMap().forEach((measure, sum) -> figures.put(reply.getMeasures(measure), sum));
            rows.put(row.getPostId() + "|" + row.getPeriod() + "|" + row.getCurrency() + "|" + row.getServiceId() + "|"
                    + (row.getMeansValue() == 0 ? "" : row.getMeans().name().substring("PAYMENT_MEANS_".length())), figures);
        }
        return rows;
    }
}
