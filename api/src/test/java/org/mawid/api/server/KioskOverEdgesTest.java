package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.stamp.document.StampQr;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.CallNext;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.Hold;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.TakeTicket;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.WalkIn;

/** Two posts with a kiosk each: who comes to the wrong one is told where they are expected, and nothing of it is in the log. */
@Timeout(120)
class KioskOverEdgesTest extends LifeFixture {
    private static final int LYON = 2;
    private static final int LYON_DESK = 12;

    /** Positions are counted here: no era may begin in between. */
    @Override
    Map<String, String> settings() {
        return Map.of(EdgeSetting.COOLING.key(), "false");
    }

    @BeforeEach
    void openLyon() {
        OnePost.done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(LYON).setCode("lyon").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        OnePost.done(client, Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(LYON_DESK).setPostId(LYON).setKind(PoolKind.POOL_KIND_DESK).setCode("lyon/1")));
        OnePost.done(client, Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(LYON_DESK).setServiceId(OnePost.SERVICE).setServes(true)));
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(LYON_DESK).setEpochDay(today).setStartMs(startMs)
                .setUnitCount(OnePost.UNITS).setAlignUnits(OnePost.VISIT_UNITS).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(20))));
    }

    @Test
    void givenAVisitInParis_whenAKioskInLyonChecksItIn_thenParisAndTheDateAreToldAndNothingIsLogged() throws Exception {
        final String visit = booked(1);
        final long before = position();
        final JsonObject told = post("/v1/appointments/" + visit + "/check-in?atPost=lyon", 409, null);
        assertThat(told.getString("result")).isEqualTo("WRONG_POST");
        assertThat(told.getString("post")).isEqualTo("paris");
        assertThat(told.getInteger("postId")).isEqualTo(OnePost.POST);
        assertThat(told.getString("date")).isEqualTo(date);
        final ErrorInfo overGrpc = refusal(() -> appointments.checkIn(checkIn(visit, LYON)));
        assertThat(overGrpc.getReason()).isEqualTo("WRONG_POST");
        assertThat(overGrpc.getMetadataMap()).containsEntry("post", "paris").containsEntry("postId", "1").containsEntry("date", date);
        assertThat(post("/v1/appointments/" + visit + "/check-in?atPost=rabat", 404, null).getString("result")).isEqualTo("POST_UNKNOWN");
        assertThat(refusal(() -> appointments.checkIn(checkIn(visit, 999))).getReason()).isEqualTo("POST_UNKNOWN");
        assertThat(position()).isEqualTo(before);

        assertThat(post("/v1/appointments/" + visit + "/check-in?atPost=paris", 200, null).getInteger("ticket")).isEqualTo(1);
        assertThat(post("/v1/appointments/" + visit + "/check-in?atPost=lyon", 409, null).getString("result")).as("has come, so the core says it").isEqualTo("APPOINTMENT_STATE");
        assertThat(appointments.checkIn(checkIn(booked(2), OnePost.POST)).getTicket()).isEqualTo(2);
    }

    /** Records come after the answers: what they say of the visit is looked at when they have what was answered before. */
    @Test
    void givenAVisitThatHasJustMovedToLyon_whenAKioskThereChecksItIn_thenItIsLetIn() throws Exception {
        for (int person = 10; person < 30; person++) {
            final String visit = booked(person);
            appointments.reschedule(Reschedule.newBuilder().setRequest(client.newRequest()).setAppointment(visit)
                    .addLegs(leg(SOON).toBuilder().setDeskId(LYON_DESK).setLines(1)).build());
            if (person % 2 == 0) {
                post("/v1/appointments/" + visit + "/check-in?atPost=lyon", 200, null);
            } else {
                appointments.checkIn(checkIn(visit, LYON));
            }
        }
    }

    @Test
    void givenADeskInParis_whenAKioskInLyonLetsSomebodyWalkInThere_thenParisIsTold() throws Exception {
        final long before = position();
        final JsonObject body = new JsonObject().put("deskId", OnePost.DESK).put("date", date).put("lines", new JsonArray().add(line(1)));
        final JsonObject told = post("/v1/walk-ins?atPost=lyon", 409, body);
        assertThat(told.getString("result")).isEqualTo("WRONG_POST");
        assertThat(told.getString("post")).isEqualTo("paris");
        assertThat(told.containsKey("date")).isFalse();
        final WalkIn walkIn = WalkIn.newBuilder().setRequest(client.newRequest()).setDeskId(OnePost.DESK).setEpochDay(today).addLines(OnePost.line(1)).build();
        assertThat(refusal(() -> appointments.walkIn(walkIn.toBuilder().setAtPostId(LYON).build())).getMetadataMap()).containsEntry("post", "paris");
        assertThat(position()).isEqualTo(before);
        assertThat(appointments.walkIn(walkIn.toBuilder().setAtPostId(OnePost.POST).build()).getTicket()).isEqualTo(1);
        post("/v1/walk-ins?atPost=lyon", 201, body.copy().put("deskId", LYON_DESK).put("lines", new JsonArray().add(line(2))));
    }

    /** As it is read from a screen or from paper, or typed by who cannot: in small letters, without its groups, or with spaces in their place. */
    @Test
    void givenTheQrCodeOfAVisit_whenAScannerReadsIt_thenWhatItReadsChecksInAsItIsAndHoweverItIsTyped() throws Exception {
        final String visit = booked(1);
        final byte[] png = bytes("/v1/appointments/" + visit + "/qr", "image/png");
        final String read = StampQr.read(ImageIO.read(new ByteArrayInputStream(png))).orElseThrow();
        assertThat(read).isEqualTo(visit);
        final String svg = new String(bytes("/v1/appointments/" + visit + "/qr?form=svg", "image/svg+xml"), StandardCharsets.US_ASCII);
        assertThat(StampQr.read(drawn(svg))).contains(visit);
        post("/v1/appointments/" + read + "/check-in?atPost=paris", 200, null);

        final String small = booked(2).toLowerCase(Locale.ROOT);
        post("/v1/appointments/" + small + "/check-in", 200, null);
        post("/v1/appointments/" + booked(3).replace("-", "") + "/check-in", 200, null);
        post("/v1/appointments/" + booked(4).replace("-", "%20") + "/check-in", 200, null);
        appointments.checkIn(checkIn(booked(5).toLowerCase(Locale.ROOT).replace("-", " "), OnePost.POST));
        final long position = appointments.checkIn(checkIn(booked(6).replace("-", ""), OnePost.POST)).getPosition();
        assertThat(get("/v1/posts/paris/hall?minPosition=" + position, 200).getJsonArray("desks").getJsonObject(0).getInteger("waiting")).isEqualTo(6);
        assertThat(get("/v1/appointments/" + OnePost.validated(client, 7, 1).get(0) + "/qr", 400).getString("result")).as("an application's").isEqualTo("MALFORMED");
    }

    private byte[] bytes(final String path, final String type) throws Exception {
        final HttpResponse<byte[]> response = http.send(HttpRequest.newBuilder(edge(path)).build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
        return response.body();
    }

    /** The rectangles of the drawing's last path, ten pixels a module. */
    private static BufferedImage drawn(final String svg) {
        final Matcher size = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(size.find()).isTrue();
        final int pixels = 10 * Integer.parseInt(size.group(1));
        final BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_BYTE_BINARY);
        final Graphics2D paper = image.createGraphics();
        paper.setColor(Color.WHITE);
        paper.fillRect(0, 0, pixels, pixels);
        paper.setColor(Color.BLACK);
        final Matcher dark = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z").matcher(svg);
        while (dark.find()) {
            paper.fillRect(10 * Integer.parseInt(dark.group(1)), 10 * Integer.parseInt(dark.group(2)), 10 * Integer.parseInt(dark.group(3)), 10);
        }
        paper.dispose();
        return image;
    }

    /** What a stream or batch answers by is the ticket that the unary call tells of, and where a kiosk stands is not looked at there: so it is refused. */
    @Test
    void givenABatch_whenItGivesAndCallsTickets_thenEachIsToldAndAKiosksPostIsMalformed() throws Exception {
        final String visit = booked(1);
        final List<CommandReply> given = client.batch().add(Command.newBuilder().setCheckIn(CheckIn.newBuilder().setAppointment(visit)).build())
                .add(Command.newBuilder().setTakeTicket(TakeTicket.newBuilder().setPostId(OnePost.POST).setDeskId(OnePost.DESK).setServiceId(OnePost.SERVICE).setEpochDay(today)).build())
                .add(Command.newBuilder().setCheckIn(CheckIn.newBuilder().setAppointment(visit).setAtPostId(OnePost.POST)).build())
                .add(Command.newBuilder().setWalkIn(WalkIn.newBuilder().setDeskId(OnePost.DESK).setEpochDay(today).addLines(OnePost.line(2)).setAtPostId(OnePost.POST)).build()).send();
        assertThat(given).extracting(CommandReply::getResult).containsExactly(Result.OK, Result.OK, Result.MALFORMED, Result.MALFORMED);
        assertThat(given).extracting(CommandReply::getDetail).startsWith(1L, 2L);
        final JsonArray queue = get("/v1/desks/" + OnePost.DESK + "/queue?minPosition=" + given.get(1).getPosition(), 200).getJsonArray("tickets");
        assertThat(queue).extracting(one -> ((JsonObject) one).getLong("ticketId")).containsExactlyInAnyOrder(given.get(0).getTicketId(), given.get(1).getTicketId());
        final CommandReply called = client.execute(Command.newBuilder().setCallNext(CallNext.newBuilder().setCounter(1).addDesks(OnePost.DESK)).build());
        assertThat(called.getTicketId()).isEqualTo(queue.getJsonObject(0).getLong("ticketId"));
        assertThat(called.getDetail()).isEqualTo(queue.getJsonObject(0).getLong("ticket"));
    }

    private CheckIn checkIn(final String visit, final int postId) {
        return CheckIn.newBuilder().setRequest(client.newRequest()).setAppointment(visit).setAtPostId(postId).build();
    }

    private long position() {
        return service.engine().status().durablePosition();
    }

    /** In Paris, of an application that any post may serve. */
    private String booked(final long person) {
        final String application = applications.submitApplication(SubmitApplication.newBuilder().setRequest(client.newRequest()).addLines(OnePost.line(person)).build()).getApplication();
        applications.validateLines(ValidateLines.newBuilder().setRequest(client.newRequest()).setApplication(application).setLines(1).build());
        final String hold = appointments.hold(Hold.newBuilder().setRequest(client.newRequest()).setApplication(application).addLegs(leg(SOON).toBuilder().setLines(1)).build()).getHold();
        return appointments.confirm(Confirm.newBuilder().setRequest(client.newRequest()).setHold(hold).build()).getAppointment();
    }
}
