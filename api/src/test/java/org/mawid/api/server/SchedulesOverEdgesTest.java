package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.network.Release;
import org.mawid.api.report.Reports;
import org.mawid.api.schedule.Schedules;
import org.mawid.api.schedule.WantedSchedule;
import org.mawid.api.testkit.OnePost;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Engine;
import org.mawid.grpc.AddToChange;
import org.mawid.grpc.ApplyScheduleReply;
import org.mawid.grpc.ApplyScheduleRequest;
import org.mawid.grpc.BeginChange;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.GetScheduleReply;
import org.mawid.grpc.GetScheduleRequest;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PreviewScheduleRequest;
import org.mawid.grpc.QuotaChannel;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.Schedule;
import org.mawid.grpc.ScheduleDifference;
import org.mawid.grpc.ScheduleException;
import org.mawid.grpc.ScheduleFile;
import org.mawid.grpc.ScheduleHolidays;
import org.mawid.grpc.ScheduleOpening;
import org.mawid.grpc.SchedulePool;
import org.mawid.grpc.ScheduleQuota;
import org.mawid.grpc.ScheduleServiceGrpc;
import org.mawid.grpc.ScheduleServiceGrpc.ScheduleServiceBlockingStub;
import org.mawid.grpc.ScheduleSpill;
import org.mawid.grpc.Weekday;

/** A post says its week over either edge, in whichever form: what differs is told first, then in force or nothing; and what stands against it names the way out. */
@Timeout(120)
class SchedulesOverEdgesTest extends ServiceFixture {
    private static final LocalDate FIRST = LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    private static final LocalDate LAST = FIRST.plusDays(6);
    private static final String DESK = "paris/1";
    private static final int ADOULS = 12;

    private ScheduleServiceBlockingStub schedules;

    @BeforeEach
    void define() {
        schedules = ScheduleServiceGrpc.newBlockingStub(channel);
        OnePost.define(client);
    }

    @Test
    void givenAWeekInJson_whenPreviewedAndApplied_thenBothEdgesTellItAndTheSameAgainIsNothing() throws Exception {
        final JsonObject dry = put("dryRun=true", 200, json(week(2)));
        assertThat(dry.getInteger("added")).isEqualTo(7);
        assertThat(dry.getLong("calendarVersion")).isZero();
        assertThat(dry.getJsonArray("words")).contains("paris/1 is opened 09:00-12:00 2 places, of them 1 for the call centre until 24 h before, a start every 15 min on 7 dates from " + FIRST + " to " + LAST);
        assertThat(get("/v1/posts/paris/schedule" + period(""), 200).getJsonArray("days")).as("a dry run").isEmpty();

        final JsonObject done = put("expectedVersion=0", 200, json(week(2)));
        assertThat(done.getLong("appliedVersion")).isOne();
        final JsonObject present = get("/v1/posts/1/schedule" + period(""), 200);
        assertThat(present.getJsonArray("days")).hasSize(7);
        assertThat(present.getJsonArray("days").getJsonObject(0).getJsonArray("hours").getJsonObject(0)).isEqualTo(new JsonObject("{\"open\":\"09:00\",\"close\":\"12:00\",\"places\":2,\"withheld\":0,\"quotas\":{\"CALL_CENTRE\":1}}"));
        assertThat(present.getJsonArray("days").getJsonObject(0).getJsonObject("spill").getString("CALL_CENTRE")).isEqualTo(FIRST.minusDays(1) + "T09:00Z");
        final GetScheduleReply overGrpc = schedules.getSchedule(GetScheduleRequest.newBuilder().setPostId(OnePost.POST).setFirstEpochDay(OnePost.FIRST_DAY).setLastEpochDay(OnePost.FIRST_DAY + 6).build());
        assertThat(overGrpc.getDaysList()).hasSize(7);
        assertThat(overGrpc.getDays(0).getDay().getHours(0).getFromMs()).isEqualTo(OnePost.FIRST_DAY * 86_400_000L + 9 * 3_600_000L);
        assertThat(overGrpc.getDays(0).getDay().getHours(0).getWithheld()).isZero();
        assertThat(overGrpc.getDays(0).getDay().getHours(0).getQuotas(0)).isEqualTo(ScheduleQuota.newBuilder().setChannel(QuotaChannel.QUOTA_CHANNEL_CALL_CENTRE).setPlaces(1).build());
        assertThat(overGrpc.getDays(0).getDay().getSpill(0).getSpillMs()).isEqualTo((OnePost.FIRST_DAY - 1) * 86_400_000L + 9 * 3_600_000L);
        final JsonObject day = get("/v1/pools/" + OnePost.DESK + "/days/" + FIRST, 200);
        assertThat(day.getJsonArray("open").getInteger(0)).isOne();
        assertThat(day.getJsonArray("kept").getJsonObject(0).getString("quotaClass")).isEqualTo("CALL_CENTRE");
        assertThat(day.getJsonArray("kept").getJsonObject(0).getJsonArray("left").getInteger(0)).isOne();

        final JsonObject again = put("", 200, json(week(2)));
        assertThat(again.getJsonArray("changes")).isEmpty();
        assertThat(again.getInteger("same")).isEqualTo(7);
        assertThat(again.getLong("appliedVersion")).isOne();
    }

    @Test
    void givenTheSameWeekInEachForm_thenItIsTheSame() throws Exception {
        put("", 200, json(new JsonObject().put("holidays", new JsonObject().put("host", false).put("morocco", false)).put("pools", new JsonArray().add(new JsonObject().put("pool", DESK)
                .put("alignMinutes", 15).put("weekly", new JsonArray().add(opening("09:00", "12:00", 2).put("quotas", new JsonObject().put("CALL_CENTRE", 1))))))
                .put("spill", new JsonObject().put("CALL_CENTRE", new JsonObject().put("hoursBefore", 20)))));
        final JsonObject table = put("dryRun=true", 200, "text/csv", "kind,pool,days,open,close,places,call_centre,value\nholidays-host,,,,,,,no\nholidays-morocco,,,,,,,no\nalign,paris/1,,,,,,15\n"
                + "week,paris/1,MON-SUN,09:00,12:00,2,1,\nspill,,,,,,20,\n");
        assertThat(table.getJsonArray("changes")).isEmpty();
        final String calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-MAWID-HOLIDAYS:NONE\r\nX-MAWID-CALL-CENTRE-SPILL:20\r\nBEGIN:VAVAILABILITY\r\nX-MAWID-ALIGN:15\r\nBEGIN:AVAILABLE\r\nX-MAWID-CALL-CENTRE:1\r\nDTSTART;TZID=UTC:20260105T090000\r\n"
                + "DTEND;TZID=UTC:20260105T120000\r\nRRULE:FREQ=DAILY\r\nEND:AVAILABLE\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR\r\n";
        final JsonObject ics = put("dryRun=true&places=2&pool=" + URLEncoder.encode(DESK, StandardCharsets.UTF_8), 200, "text/calendar; charset=utf-8", calendar);
        assertThat(ics.getJsonArray("changes")).isEmpty();
        assertThat(ics.getInteger("same")).isEqualTo(7);

        final Schedule message = Schedule.newBuilder().setHolidays(ScheduleHolidays.getDefaultInstance()).addPools(SchedulePool.newBuilder().setPool(DESK).setAlignMinutes(15)
                .addWeekly(ScheduleOpening.newBuilder().addAllDays(everyDay()).setOpen("09:00").setClose("12:00").setPlaces(2)
                .addQuotas(ScheduleQuota.newBuilder().setChannel(QuotaChannel.QUOTA_CHANNEL_CALL_CENTRE).setPlaces(1)))).addSpill(ScheduleSpill.newBuilder()
                .setChannel(QuotaChannel.QUOTA_CHANNEL_CALL_CENTRE).setHoursBefore(20)).build();
        assertThat(schedules.previewSchedule(asked().setSchedule(message).build()).getSame()).isEqualTo(7);
        assertThat(schedules.previewSchedule(asked().setFile(ScheduleFile.newBuilder().setContentType("text/calendar").setContent(ByteString.copyFromUtf8(calendar)).setPool(DESK).setPlaces(2)).build())
                .getSame()).isEqualTo(7);
    }

    @Test
    void givenATypedScheduleOverGrpc_whenApplied_thenInForceAndAnotherVersionIsAConflictWithTheNewDifference() {
        final PreviewScheduleRequest wanted = asked().setSchedule(typed(3)).build();
        final ScheduleDifference dry = schedules.previewSchedule(wanted);
        assertThat(dry.getChangesList()).hasSize(6);
        assertThat(dry.getZone()).isEqualTo("Z");
        assertThat(dry.getWordsList()).anyMatch(line -> line.contains("of them 1 for who walks in until 2 h before"));
        final ApplyScheduleReply applied = schedules.applySchedule(ApplyScheduleRequest.newBuilder().setWanted(wanted).setExpectedVersion(dry.getCalendarVersion()).build());
        assertThat(applied.getResult()).isEqualTo(Result.OK);
        assertThat(applied.getCalendarVersion()).isOne();

        OnePost.open(client, 3, 9); // somebody else
        final ApplyScheduleReply conflict = schedules.applySchedule(ApplyScheduleRequest.newBuilder().setWanted(wanted).setExpectedVersion(1).build());
        assertThat(conflict.getResult()).isEqualTo(Result.CONFLICT);
        assertThat(conflict.getCalendarVersion()).isEqualTo(2);
        assertThat(conflict.getDifference().getChangesList()).extracting(change -> change.getEpochDay()).containsExactly(OnePost.FIRST_DAY + 3);
        assertThat(conflict.getDifference().getChanges(0).getThere().getHours(0).getPlaces()).isEqualTo(9);
        assertThat(schedules.applySchedule(ApplyScheduleRequest.newBuilder().setWanted(wanted).build()).getResult()).as("as it is now").isEqualTo(Result.OK);
    }

    @Test
    void givenSomebodyElseWasFaster_thenTheConflictHasTheNewDifference() throws Exception {
        final long version = put("dryRun=true", 200, json(week(2))).getLong("calendarVersion");
        OnePost.open(client, 1, 4);
        final JsonObject conflict = put("expectedVersion=" + version, 409, json(week(2)));
        assertThat(conflict.getString("result")).isEqualTo("CONFLICT");
        assertThat(conflict.getLong("presentVersion")).isEqualTo(version + 1);
        assertThat(conflict.getJsonObject("difference").getInteger("changed")).isOne();
        assertThat(conflict.getJsonObject("difference").getLong("calendarVersion")).isEqualTo(version + 1);
        assertThat(get("/v1/posts/paris/schedule" + period(""), 200).getJsonArray("days")).as("only the other's day").hasSize(1);
        assertThat(put("expectedVersion=" + conflict.getLong("presentVersion"), 200, json(week(2))).getLong("appliedVersion")).isEqualTo(version + 2);
    }

    @Test
    void givenSomebodyHasAPlace_whenItIsWantedAway_thenRefusedWithTheRouteAndNothingIsDone() throws Exception {
        put("", 200, json(week(2)));
        final String application = OnePost.validated(client, 1, 1).get(0);
        OnePost.done(client, OnePost.hold(application, 0, 0).toBuilder());
        final JsonObject closed = new JsonObject().put("holidays", new JsonObject().put("host", false).put("morocco", false)).put("pools", new JsonArray().add(new JsonObject().put("pool", DESK)
                .put("alignMinutes", 15).put("weekly", new JsonArray())));
        assertThat(put("dryRun=true", 200, json(closed)).getBoolean("canBeApplied")).isFalse();
        final JsonObject refused = put("", 409, json(closed));
        assertThat(refused.getString("result")).isEqualTo("CAPACITY_BELOW_TAKEN");
        final JsonObject day = refused.getJsonObject("difference").getJsonArray("refused").getJsonObject(0);
        assertThat(day.getString("date")).isEqualTo(FIRST.toString());
        assertThat(day.getString("todo")).contains("POST /v1/posts/{post}/closures");
        assertThat(get("/v1/posts/paris/schedule" + period(""), 200).getJsonArray("days")).hasSize(7);
        final ApplyScheduleReply overGrpc = schedules.applySchedule(ApplyScheduleRequest.newBuilder().setWanted(asked().setSchedule(Schedule.newBuilder()
                .setHolidays(ScheduleHolidays.getDefaultInstance()).addPools(SchedulePool.newBuilder().setPool(DESK).setAlignMinutes(15)))).build());
        assertThat(overGrpc.getResult()).isEqualTo(Result.CAPACITY_BELOW_TAKEN);
        assertThat(overGrpc.getDifference().getRefused(0).getEpochDay()).isEqualTo(OnePost.FIRST_DAY);

        final JsonObject services = week(2);
        services.getJsonArray("pools").getJsonObject(0).put("services", new JsonArray().add("visa"));
        assertThat(put("", 409, json(services)).getJsonObject("difference").getJsonArray("refused").encode()).contains("PUT /v1/catalogue/desks/11/services/21");
    }

    @Test
    void givenADayThatAnOfficerHasStaged_thenRefusedAndTheOfficersChangeStays() throws Exception {
        final String change = client.execute(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(OnePost.POST)).build()).getReference();
        OnePost.done(client, Command.newBuilder().setAddToChange(AddToChange.newBuilder().setChange(change).setPoolId(OnePost.DESK).setEpochDay(OnePost.FIRST_DAY + 1)
                .setStartMs((OnePost.FIRST_DAY + 1) * 86_400_000L + 8 * 3_600_000L).setUnitCount(12).setAlignUnits(3).addRuns(Run.newBuilder().setUnits(12).setCapacity(1))));
        final JsonObject refused = put("", 409, json(week(2)));
        assertThat(refused.getString("result")).isEqualTo("DAY_ALREADY_STAGED");
        assertThat(refused.getJsonObject("difference").getJsonArray("refused").getJsonObject(0).getString("todo")).contains("GET /v1/changes");
        assertThat(get("/v1/changes", 200).getJsonArray("changes")).hasSize(1);
    }

    @Test
    void givenMistakes_thenBothEdgesNameTheirPlaces() throws Exception {
        final JsonObject wrong = week(2);
        wrong.getJsonArray("pools").getJsonObject(0).getJsonArray("weekly").getJsonObject(0).put("close", "08:00").put("places", 300);
        final JsonObject json = put("", 400, json(wrong));
        assertThat(json.getString("result")).isEqualTo("MALFORMED");
        assertThat(json.getJsonArray("errors").getJsonObject(0).getString("pointer")).isEqualTo("/pools/0/weekly/0/places");
        final JsonObject unknown = put("", 400, json(new JsonObject().put("pools", new JsonArray().add(new JsonObject().put("pool", "D9").put("weekly", new JsonArray())))));
        assertThat(unknown.getJsonArray("errors").encode()).contains("/pools/0/pool").contains("paris has no D9, but paris/1");
        final JsonObject table = put("", 400, "text/csv", "kind,pool,days,open,close,places\nholidays,,,,,\nweek,paris/1,MON,09:00,12:00,1\nweek,paris/1,MON,11:00,13:00,1\n");
        assertThat(table.getJsonArray("errors").getJsonObject(0)).isEqualTo(new JsonObject().put("line", 2).put("detail", "no such kind: \"holidays\""));
        final JsonObject overlap = put("", 400, "text/csv", "kind,pool,days,open,close,places,value\nholidays-host,,,,,,no\nholidays-morocco,,,,,,no\nweek,paris/1,MON,09:00,12:00,1,\nweek,paris/1,MON,11:00,13:00,1,\n");
        assertThat(overlap.getJsonArray("errors").getJsonObject(0)).isEqualTo(new JsonObject().put("line", 5).put("detail", "MONDAY 09:00 to 12:00 and 11:00 to 13:00 overlap"));
        assertThat(put("", 400, "text/calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n").getJsonArray("errors").getJsonObject(0).getInteger("line")).isEqualTo(3);
        assertThat(put("", 415, "text/plain", "closed").getString("detail")).contains("text/calendar");
        assertThat(put("", 413, "text/csv", "x".repeat((1 << 20) + 1)).getInteger("status")).isEqualTo(413);
        assertThat(send("PUT", "/v1/posts/paris/schedule?from=" + FIRST + "&to=" + FIRST.minusDays(1), 400, "application/json", "{\"pools\": []}").getJsonArray("errors").getJsonObject(0).getString("parameter"))
                .isEqualTo("to");
        assertThat(send("PUT", "/v1/posts/rome/schedule" + period(""), 404, "application/json", "{\"pools\": []}").getString("result")).isEqualTo("POST_UNKNOWN");

        final ErrorInfo overGrpc = GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, () -> schedules.previewSchedule(asked().setSchedule(Schedule.newBuilder()
                .addPools(SchedulePool.newBuilder().setPool(DESK).addWeekly(ScheduleOpening.newBuilder().addDays(Weekday.WEEKDAY_MON).setOpen("9").setClose("12:00").setPlaces(1)))).build())));
        assertThat(overGrpc.getReason()).isEqualTo("MALFORMED");
        assertThat(overGrpc.getMetadataMap()).containsEntry("mistake1", "pools[0].weekly[0].open: \"9\" is not a time like 09:00");
        assertThat(GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, () -> schedules.previewSchedule(asked().build()))).getMetadataMap()).containsKey("mistake1");
        assertThat(GrpcFixture.errorInfo(catchThrowableOfType(StatusRuntimeException.class, () -> schedules.previewSchedule(asked().setPostId(9).build()))).getReason()).isEqualTo("POST_UNKNOWN");
    }

    @Test
    void givenAYearOfExceptions_thenItIsNotTooMuchToSay() throws Exception {
        final JsonObject year = week(2);
        final JsonArray exceptions = new JsonArray();
        for (LocalDate date = FIRST; !date.isAfter(FIRST.plusDays(364)); date = date.plusDays(1)) {
            exceptions.add(new JsonObject().put("from", date.toString()).put("pools", new JsonArray().add(DESK)).put("reason", "each day is another one")
                    .put("hours", new JsonArray().add(new JsonObject().put("open", "10:00").put("close", "11:00").put("places", 1 + date.getDayOfMonth()))));
        }
        final JsonObject done = send("PUT", "/v1/posts/paris/schedule?from=" + FIRST + "&to=" + FIRST.plusDays(364), 200, "application/json", year.put("exceptions", exceptions).encode());
        assertThat(done.getInteger("added")).isEqualTo(365);
    }

    @Test
    void givenAServerThatIsKilledWhileItApplies_whenItStartsAgain_thenWhatItStagedIsAbandonedBeforeAnybodyIsAnswered() throws Exception {
        final AtomicInteger commands = new AtomicInteger();
        final Engine dying = (Engine) Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("submit") && commands.incrementAndGet() == 4) { // begun, two days staged
                throw new IllegalStateException("killed");
            }
            try {
                return method.invoke(service.engine(), arguments);
            } catch (final InvocationTargetException e) {
                throw e.getCause();
            }
        });
        final WantedSchedule.Opening morning = new WantedSchedule.Opening(EnumSet.allOf(DayOfWeek.class), LocalTime.of(9, 0), LocalTime.of(12, 0), 1, Map.of());
        final Schedules killed = new Schedules(dying, new DataDirectory(folder.resolve("data")).edge().resolve(Service.SCHEDULE), () -> null, Reports.NONE, System::currentTimeMillis);
        assertThatThrownBy(() -> killed.apply(new WantedSchedule("paris", FIRST, LAST, Release.DEFAULT, WantedSchedule.Holidays.NONE,
                List.of(new WantedSchedule.PoolHours(DESK, 15, null, List.of(morning), null)), List.of()), 0)).hasMessage("killed");
        final CommandReply begun = client.execute(Command.newBuilder().setBeginChange(BeginChange.newBuilder().setPostId(OnePost.POST)).build());
        assertThat(get("/v1/changes?minPosition=" + begun.getPosition(), 200).getJsonArray("changes")).hasSize(2);

        stop();
        start();
        schedules = ScheduleServiceGrpc.newBlockingStub(channel);
        assertThat(get("/v1/changes", 200).getJsonArray("changes").stream().map(change -> ((JsonObject) change).getString("change"))).containsExactly(begun.getReference());
        assertThat(get("/v1/posts/paris/schedule" + period(""), 200).getJsonArray("days")).isEmpty();
        assertThat(put("", 200, json(week(2))).getLong("appliedVersion")).isOne();
    }

    @Test
    void givenASickAdoul_whenTheirPoolIsClosed_thenWhoNeedsThemIsDisplacedAndTheScheduleLeavesItClosed() throws Exception {
        service.engine().setCoreVersion(service.engine().newestCoreVersion());
        OnePost.done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(ADOULS).setPostId(OnePost.POST).setKind(PoolKind.POOL_KIND_ADOUL_PAIR).setCode("ADOUL_PAIR")));
        OnePost.done(client, Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(OnePost.SERVICE).setCode("passport").setDurationMinutes(15)
                .setValidationRequired(true).setAppointmentRequired(true).setQuantityMax(4).setResourceKinds(1 << PoolKind.POOL_KIND_ADOUL_PAIR_VALUE)));
        final JsonObject both = week(2);
        both.getJsonArray("pools").add(new JsonObject().put("pool", "ADOUL_PAIR").put("alignMinutes", 15).put("weekly", new JsonArray().add(opening("09:00", "12:00", 1))));
        put("", 200, json(both));
        final String hold = client.execute(OnePost.hold(OnePost.validated(client, 1, 1).get(0), 0, 0)).getReference();
        final String appointment = client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)).build()).getReference();
        assertThat(appointment).isNotEmpty();

        final JsonObject sick = new JsonObject().put("pool", "ADOUL_PAIR").put("fromDate", FIRST.toString()).put("toDate", FIRST.toString());
        send("POST", "/v1/posts/paris/closures", 201, "application/json", sick.encode());
        await().until(() -> get("/v1/posts/paris/closures?minPosition=" + service.engine().status().durablePosition(), 200).getJsonArray("closures").getJsonObject(0).getInteger("displaced") == 1);

        final JsonObject again = put("", 200, json(both));
        assertThat(again.getJsonArray("words").stream().map(Object::toString)).anyMatch(line -> line.startsWith("ADOUL_PAIR on " + FIRST + " stays closed as closure 1 says"));
        final JsonArray days = get("/v1/posts/paris/schedule" + period(""), 200).getJsonArray("days");
        assertThat(days.stream().map(day -> (JsonObject) day).filter(day -> day.getString("pool").equals("ADOUL_PAIR"))).as("all days but that").hasSize(6);
        assertThat(days.stream().map(day -> (JsonObject) day).filter(day -> day.getString("pool").equals(DESK))).as("the desk is open for others").hasSize(7);
    }

    @Test
    void givenADeskWithVisits_whenItsCalendarIsSubscribedTo_thenItShowsWhatIsOpenAndCountsAndNobody() throws Exception {
        put("", 200, json(week(2)));
        final String path = get("/v1/pools/" + OnePost.DESK + "/days/" + FIRST, 200).getString("calendar");
        assertThat(path).startsWith("/v1/posts/paris/desks/" + OnePost.DESK + "/calendar/");
        final HttpResponse<String> empty = http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
        assertThat(empty.headers().firstValue("Content-Type")).contains("text/calendar; charset=utf-8");
        assertThat(unfolded(empty.body())).contains("BEGIN:VCALENDAR").contains("SUMMARY:paris/1 · 0 booked · 2 places").contains("DTSTART:" + FIRST.toString().replace("-", "") + "T090000Z")
                .contains("TRANSP:TRANSPARENT").containsPattern("UID:paris-11-[0-9]+@mawid");
        assertThat(unfolded(empty.body()).split("BEGIN:VEVENT", -1)).hasSize(8);
        final String tag = empty.headers().firstValue("ETag").orElseThrow();
        final HttpResponse<String> same = http.send(HttpRequest.newBuilder(uri(path)).header("If-None-Match", tag).build(), BodyHandlers.ofString());
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();

        final List<String> applications = OnePost.validated(client, 1, 2);
        long position = 0;
        for (int i = 0; i < 2; i++) {
            final String hold = client.execute(OnePost.hold(applications.get(i), 0, 2 * i)).getReference();
            position = client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)).build()).getPosition();
        }
        final HttpResponse<String> taken = http.send(HttpRequest.newBuilder(uri(path + "?minPosition=" + position)).header("If-None-Match", tag).build(), BodyHandlers.ofString());
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
        assertThat(unfolded(taken.body())).contains("SUMMARY:paris/1 · 2 booked · 2 places").contains("DESCRIPTION:09:00  1\\n09:30  1");
        applications.forEach(application -> assertThat(taken.body()).doesNotContain(application));
        final String token = path.substring(path.lastIndexOf('/') + 1);
        assertThat(send("GET", "/v1/posts/paris/desks/99/calendar/" + token, 404, null, null).getString("result")).isEqualTo("POOL_UNKNOWN");
        final String guessed = (token.charAt(0) == '0' ? '1' : '0') + token.substring(1);
        assertThat(send("GET", path.replace(token, guessed), 404, null, null).getString("result")).as("without the link there is no such desk").isEqualTo("POOL_UNKNOWN");
        assertThat(http.send(HttpRequest.newBuilder(uri("/v1/posts/paris/desks/" + OnePost.DESK + "/calendar.ics")).build(), BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }

    // ---- as the tests say it

    private static JsonObject week(final int places) {
        return new JsonObject().put("holidays", new JsonObject().put("host", false).put("morocco", false)).put("spill", new JsonObject().put("CALL_CENTRE", new JsonObject().put("hoursBefore", 24)))
                .put("pools", new JsonArray().add(new JsonObject().put("pool", DESK).put("alignMinutes", 15)
                        .put("weekly", new JsonArray().add(opening("09:00", "12:00", places).put("quotas", new JsonObject().put("CALL_CENTRE", 1))))));
    }

    private static JsonObject opening(final String open, final String close, final int places) {
        return new JsonObject().put("days", new JsonArray(List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"))).put("open", open).put("close", close).put("places", places);
    }

    private static Schedule typed(final int places) {
        return Schedule.newBuilder().setHolidays(ScheduleHolidays.getDefaultInstance()).addSpill(ScheduleSpill.newBuilder().setChannel(QuotaChannel.QUOTA_CHANNEL_WALK_IN).setHoursBefore(2))
                .addPools(SchedulePool.newBuilder().setPool(DESK).setAlignMinutes(15).addWeekly(ScheduleOpening.newBuilder().addAllDays(everyDay()).setOpen("09:00").setClose("12:00").setPlaces(places)
                        .addQuotas(ScheduleQuota.newBuilder().setChannel(QuotaChannel.QUOTA_CHANNEL_WALK_IN).setPlaces(1)).setLastEpochDay(OnePost.FIRST_DAY + 5)))
                .addExceptions(ScheduleException.newBuilder().setFirstEpochDay(OnePost.FIRST_DAY + 5).setLastEpochDay(OnePost.FIRST_DAY + 5)
                        .addHours(ScheduleOpening.newBuilder().setOpen("10:00").setClose("11:00").setPlaces(1))).build();
    }

    private static List<Weekday> everyDay() {
        final List<Weekday> days = new ArrayList<>();
        for (int day = 1; day <= 7; day++) {
            days.add(Weekday.forNumber(day));
        }
        return days;
    }

    private static PreviewScheduleRequest.Builder asked() {
        return PreviewScheduleRequest.newBuilder().setPostId(OnePost.POST).setFirstEpochDay(OnePost.FIRST_DAY).setLastEpochDay(OnePost.FIRST_DAY + 6);
    }

    private static String unfolded(final String calendar) {
        return calendar.replace("\r\n ", "");
    }

    private static String json(final JsonObject schedule) {
        return schedule.encode();
    }

    private static String period(final String more) {
        return "?from=" + FIRST + "&to=" + LAST + (more.isEmpty() ? "" : '&' + more);
    }

    private JsonObject put(final String query, final int status, final String json) throws Exception {
        return put(query, status, "application/json", json);
    }

    private JsonObject put(final String query, final int status, final String contentType, final String body) throws Exception {
        return send("PUT", "/v1/posts/paris/schedule" + period(query), status, contentType, body);
    }

    private JsonObject get(final String path, final int status) throws Exception {
        return send("GET", path, status, null, null);
    }

    private JsonObject send(final String method, final String path, final int status, final String contentType, final String body) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        final HttpResponse<String> response = http.send((contentType == null ? request : request.header("Content-Type", contentType)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    private URI uri(final String path) {
        return URI.create("http://127.0.0.1:" + service.httpPort() + path);
    }
}
