package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkFolder;
import org.mawid.api.network.NetworkImport.Existing;
import org.mawid.api.network.NetworkImport.Others;
import org.mawid.api.network.NetworkImport.Publication;
import org.mawid.api.testkit.OthersCalendar;
import org.mawid.engine.Setting;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Command;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.ListPoolsRequest;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.SubmitApplication;

/** A consulate goes to another town for a day: its desk has a place, which is said wherever the desk is; and a day on which the clocks change is as long as it is. */
@Timeout(120)
class MobileDaysOverEdgesTest extends ServiceFixture {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final LocalDate DAY = TODAY.plusDays(3);
    private static final String PLACE = "Salle des fêtes \"Le Pré\", 3 rue du Marché, Saint-Étienne";
    private static final int LEGALIZATION = 2;
    private static final int MOBILE = 2;

    @TempDir
    private Path files;

    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.CALENDAR_DAYS.key(), "0", Setting.RECORDS.key(), "true", Setting.RECORDS_ENTRIES.key(), "10000");
    }

    @BeforeEach
    void bring() throws Exception {
        service.keepRecords();
        final NetworkFolder network = NetworkFolder.write(files, TODAY.getYear(), TODAY.getYear() + 2)
                .file("desks.csv", List.of("post_code,desk_code,group,counters,place", "MA-CG-LYON,D1,PASSPORT;OTHER,3,", "MA-CG-LYON,M1,LEGALISATION,1,\"" + PLACE.replace("\"", "\"\"") + '"'))
                .file("post-services.csv", List.of("post_code,service_code,desk_code", "MA-CG-LYON,PASSPORT_ADULT,D1", "MA-CG-LYON,LEGALIZATION,M1", "MA-CG-LYON,PICKUP,D1"));
        service.network().bring(NetworkFiles.directory(network.path()), new Publication(TODAY, TODAY, TODAY, Existing.KEEP, Others.REFUSE), (phase, done, total) -> { });
    }

    @Test
    void givenADayAtAnotherPlace_whenSomebodyBooksIt_thenThePlaceIsSaidWhereverTheDeskIs() throws Exception {
        final JsonObject told = put(DAY, DAY, 200, "text/csv", "kind,pool,days,open,close,places,value\nholidays-host,,,,,,no\nholidays-morocco,,,,,,no\n"
                + "align,M1,,,,,10\nweek,M1,MON-SUN,10:00,16:00,1,\nweek,RECEPTION_SEAT,MON-SUN,10:00,16:00,10,\n");
        assertThat(told.getJsonArray("words")).contains("M1 is a mobile desk, at " + PLACE);
        assertThat(told.getString("zone")).isEqualTo("Europe/Paris");

        final JsonArray pools = get("/v1/posts/MA-CG-LYON/pools").getJsonArray("pools");
        assertThat(pools.stream().map(pool -> (JsonObject) pool).filter(pool -> pool.containsKey("place")).map(pool -> pool.getString("code") + " " + pool.getString("place"))).containsExactly("M1 " + PLACE);
        assertThat(CatalogueServiceGrpc.newBlockingStub(channel).listPools(ListPoolsRequest.newBuilder().setPostId(1).build()).getPoolsList().stream().filter(pool -> !pool.getPlace().isEmpty()))
                .extracting(pool -> pool.getCode() + " " + pool.getPlace()).containsExactly("M1 " + PLACE);
        final JsonObject slot = get("/v1/availability/starts?posts=MA-CG-LYON&services=LEGALIZATION&from=" + DAY).getJsonArray("slots").getJsonObject(0);
        assertThat(slot.getString("place")).isEqualTo(PLACE);

        final String application = client.execute(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(1)
                .addLines(NewLine.newBuilder().setPersonKey(7).setServiceId(LEGALIZATION).setQuantity(1))).build()).getReference();
        final String hold = client.execute(Command.newBuilder().setHold(Hold.newBuilder().setApplication(application).addLegs(Leg.newBuilder().setDeskId(MOBILE).setLines(1)
                .setEpochDay((int) DAY.toEpochDay()).setStartUnit(slot.getInteger("startUnit")).setUnits(2))).build()).getReference();
        assertThat(get("/v1/holds/" + hold).getJsonArray("legs").getJsonObject(0).getString("place")).isEqualTo(PLACE);
        final String appointment = client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)).build()).getReference();
        assertThat(get("/v1/appointments/" + appointment).getJsonArray("legs").getJsonObject(0).getString("place")).isEqualTo(PLACE);

        final String jws = send("GET", "/v1/posts/MA-CG-LYON/manifests/" + DAY, 200, null, null);
        final JsonObject manifest = new JsonObject(new String(Base64.getUrlDecoder().decode(jws.split("\\.")[1]), StandardCharsets.UTF_8));
        assertThat(manifest.getJsonArray("appointments").getJsonObject(0).getJsonArray("legs").getJsonObject(0).getString("place")).isEqualTo(PLACE);
        final String feed = send("GET", get("/v1/pools/" + MOBILE + "/days/" + DAY).getString("calendar").replace("/" + MOBILE + "/", "/M1/"), 200, null, null);
        assertThat(feed.replace("\r\n ", "")).contains("LOCATION:" + PLACE.replace(",", "\\,")).contains("1 booked");
        assertThat(OthersCalendar.read(feed).ofEvents("LOCATION")).as("to a program of others").isNotEmpty().containsOnly(PLACE);
    }

    @Test
    void givenTheDayOnWhichTheClocksGoForward_thenAWeekIsAsLongAsItIsAndATimeThatIsNotIsNamed() throws Exception {
        final ZoneId paris = ZoneId.of("Europe/Paris");
        ZoneOffsetTransition change = paris.getRules().nextTransition(DAY.atStartOfDay(paris).toInstant());
        while (!change.isGap()) {
            change = paris.getRules().nextTransition(change.getInstant());
        }
        final LocalDate date = change.getDateTimeBefore().toLocalDate();
        final String rules = "kind,pool,days,from,open,close,places,value\nholidays-host,,,,,,,no\nholidays-morocco,,,,,,,no\n";
        final JsonObject night = put(date, date, 200, "text/csv", rules + "week,D1,SUN,,01:00,05:00,2,\n");
        final JsonObject hours = night.getJsonArray("changes").getJsonObject(0).getJsonObject("wanted").getJsonArray("hours").getJsonObject(0);
        assertThat(hours.getString("open") + ' ' + hours.getString("close")).isEqualTo("01:00 05:00");
        assertThat(get("/v1/pools/1/days/" + date).getJsonArray("open")).as("three hours").hasSize(36);
        final JsonObject calendar = put(date, date, 200, "text/calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-MAWID-HOLIDAYS:NONE\r\nBEGIN:VAVAILABILITY\r\nX-MAWID-POOL:D1\r\nBEGIN:AVAILABLE\r\n"
                + "DTSTART;TZID=Europe/Paris:20260104T010000\r\nDURATION:PT4H\r\nRRULE:FREQ=WEEKLY\r\nX-MAWID-PLACES:2\r\nEND:AVAILABLE\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR\r\n");
        assertThat(calendar.getJsonArray("changes")).as("the same in a calendar").isEmpty();
        final JsonObject gone = put(date, date, 400, "text/csv", rules + "week,D1,,,,,,\nexception,D1,," + date + ",02:30,04:00,1,\n");
        assertThat(gone.getJsonArray("errors").getJsonObject(0)).isEqualTo(new JsonObject().put("line", 5)
                .put("detail", "02:30 does not exist on " + date + " in Europe/Paris: the clocks pass over it"));
    }

    private JsonObject put(final LocalDate from, final LocalDate to, final int status, final String contentType, final String body) throws Exception {
        return new JsonObject(send("PUT", "/v1/posts/MA-CG-LYON/schedule?from=" + from + "&to=" + to, status, contentType, body));
    }

    private JsonObject get(final String path) throws Exception {
        return new JsonObject(send("GET", path, 200, null, null));
    }

    private String send(final String method, final String path, final int status, final String contentType, final String body) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        final HttpResponse<String> response = http.send((contentType == null ? request : request.header("Content-Type", contentType)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(status);
        return response.body();
    }
}
