package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.PublishDay;
import org.mawid.grpc.Result;
import org.mawid.grpc.Run;
import org.mawid.grpc.SubmitApplication;

/** A whole server with a post whose desk is open since an hour ago, and people who come to it. */
abstract class SyncFixture {
    static final long UNIT_MS = 300_000;
    static final String POST_CODE = "paris";
    /** The visit that begins now is in the middle. */
    static final int NOW_UNIT = 12;
    /** Nobody is turned away in any of these tests. */
    static final int CAPACITY = 250;

    /** When the day of the desk begins. */
    final long startMs = System.currentTimeMillis() / UNIT_MS * UNIT_MS - NOW_UNIT * UNIT_MS;
    final int today = (int) ((startMs + NOW_UNIT * UNIT_MS) / 86_400_000L);

    @TempDir
    Path temporary;
    Service service;
    MawidClient client;
    ManagedChannel channel;
    private long persons;

    @BeforeEach
    void start() throws Exception {
        serve();
        OnePost.define(client);
        publish(today, startMs, CAPACITY);
        OnePost.open(client, 0, CAPACITY);
    }

    void publish(final int epochDay, final long dayMs, final int capacity) {
        OnePost.done(client, Command.newBuilder().setPublishDay(PublishDay.newBuilder().setPoolId(OnePost.DESK).setEpochDay(epochDay).setStartMs(dayMs)
                .setUnitCount(OnePost.UNITS).setAlignUnits(1).addRuns(Run.newBuilder().setUnits(OnePost.UNITS).setCapacity(capacity))));
    }

    /** On what there is. */
    void serve() throws Exception {
        final Map<String, String> settings = new HashMap<>(Map.of(Setting.DATA.key(), temporary.resolve("data").toString(), Setting.RECORDS_ENTRIES.key(), "10000",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.CAPABILITY.key(), "off", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000"));
        service = Service.start(Settings.of(settings, Map.of(), null));
        service.ready();
        service.keepRecords();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", service.grpcPort()));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
    }

    @AfterEach
    void stop() {
        client.close();
        channel.shutdownNow();
        service.close();
    }

    SyncRig rig(final String name) {
        return new SyncRig(temporary.resolve(name), POST_CODE);
    }

    void assertInStep(final SyncRig rig) throws Exception {
        assertThat(rig.kept()).as("%s", rig.notes).isEqualTo(SyncRig.told(channel, OnePost.POST));
    }

    CommandReply done(final Command.Builder command) {
        final CommandReply reply = client.execute(command.build());
        assertThat(reply.getResult()).as("%s", command).isEqualTo(Result.OK);
        return reply;
    }

    /** Validated. @param postId 0 = any */
    String application(final int postId) {
        final String application = done(Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(postId).addLines(OnePost.line(++persons)))).getReference();
        done(OnePost.validate(application).toBuilder());
        return application;
    }

    Leg leg(final int epochDay, final int startUnit) {
        return Leg.newBuilder().setDeskId(OnePost.DESK).setLines(1).setEpochDay(epochDay).setStartUnit(startUnit).setUnits(OnePost.VISIT_UNITS).build();
    }

    String booked(final String application, final Leg leg) {
        final String hold = done(Command.newBuilder().setHold(Hold.newBuilder().setApplication(application).addLegs(leg))).getReference();
        return done(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold))).getReference();
    }

    /** Who comes some minutes from now. */
    String bookedSoon() {
        return booked(application(OnePost.POST), leg(today, NOW_UNIT + 2));
    }

    String bookedLater(final int start) {
        return booked(application(OnePost.POST), OnePost.leg(0, start));
    }

    void cancel(final String appointment) {
        done(Command.newBuilder().setCancel(Cancel.newBuilder().setAppointment(appointment)));
    }

    static String at(final long agoMs) {
        return Instant.ofEpochMilli(System.currentTimeMillis() - agoMs).toString();
    }

    static String date(final int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }
}
