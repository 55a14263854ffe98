package org.mawid.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.network.Network;
import org.mawid.api.schedule.Schedules.Outcome;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.engine.readmodel.Availability.DayView;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.DefinePool;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.DefineService;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.PoolKind;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SetDeskService;
import org.mawid.grpc.SubmitApplication;

/** A post in Paris with one desk, on a real engine whose time a test tells, and those who come to it through each channel. */
final class QuotaPost implements AutoCloseable {
    static final String CODE = "MA-CG-COLOMBES";
    static final int POST = 1;
    static final int DESK = 11;
    private static final int SERVICE = 21;
    private static final long PATIENCE_MS = 20_000;
    private static final Network NETWORK = Network.bundled();

    final EmbeddedEngine engine;
    final Schedules schedules;
    final ToldReports measured = new ToldReports(POST, SERVICE);
    private final Gateway gateway;
    private final GrpcServer server;
    private final MawidClient client;
    private long persons;

    /** @param coreVersion of the log */
    QuotaPost(final Path folder, final Instant now, final int coreVersion) throws Exception {
        engine = EmbeddedEngine.start(EngineConfig.at(folder.resolve("data")).with(Setting.RECORDS, false).with(Setting.SIMULATION, true).with(Setting.SEGMENT_BYTES, 4L << 20));
        engine.advanceTo(now.toEpochMilli());
        engine.setCoreVersion(coreVersion);
        gateway = new Gateway(engine, References.open(folder.resolve("reference.key")), 5_000, engine::nowMs);
        server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        server.ready();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", server.port()));
        schedules = new Schedules(engine, null, () -> NETWORK, measured, engine::nowMs);
        done(Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(POST).setCode(CODE).setCurrency("EUR").setMinorDigits(2).setRoundToMinor(1)));
        done(Command.newBuilder().setDefinePool(DefinePool.newBuilder().setPoolId(DESK).setPostId(POST).setKind(PoolKind.POOL_KIND_DESK).setCode("D1")));
        done(Command.newBuilder().setDefineService(DefineService.newBuilder().setServiceId(SERVICE).setCode("passport").setDurationMinutes(15).setAppointmentRequired(true).setQuantityMax(1)));
        done(Command.newBuilder().setSetDeskService(SetDeskService.newBuilder().setDeskId(DESK).setServiceId(SERVICE).setServes(true)));
    }

    /** As it is seen now, and whole. */
    void apply(final WantedSchedule wanted) {
        final Difference difference = schedules.difference(wanted);
        assertThat(schedules.apply(wanted, difference.version())).as("%s", Words.of(difference)).isInstanceOf(Outcome.Applied.class);
    }

    Difference isNoDifference(final WantedSchedule wanted) {
        final Difference difference = schedules.difference(wanted);
        assertThat(difference.isNothing()).as("%s", Words.of(difference)).isTrue();
        return difference;
    }

    /** A quarter of an hour for one person more. @return what the core said */
    CommandReply hold(final Channel channel, final LocalDate date, final int startUnit) {
        final String application = tell(channel, Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setPostId(POST)
                .addLines(NewLine.newBuilder().setPersonKey(++persons).setServiceId(SERVICE).setQuantity(1)))).getReference();
        return tell(channel, Command.newBuilder().setHold(Hold.newBuilder().setApplication(application)
                .addLegs(Leg.newBuilder().setDeskId(DESK).setLines(1).setEpochDay((int) date.toEpochDay()).setStartUnit(startUnit).setUnits(3))));
    }

    /** @param hold its reference */
    void confirm(final String hold) {
        done(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(hold)));
    }

    void done(final Command.Builder command) {
        assertThat(tell(Channel.CHANNEL_SYSTEM, command).getResult()).as("%s", command).isEqualTo(Result.OK);
    }

    private CommandReply tell(final Channel channel, final Command.Builder command) {
        final FieldDescriptor which = command.getOneofFieldDescriptor(command.getDescriptorForType().getOneofs().get(0));
        final Message.Builder said = ((Message) command.getField(which)).toBuilder();
        final UUID id = UUID.randomUUID();
        said.setField(said.getDescriptorForType().findFieldByName("request"), Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits())
                .setCreatedMs(engine.nowMs()).setChannel(channel).build());
        return client.execute(command.setField(which, said.build()).build());
    }

    DayView day(final LocalDate date) {
        engine.readModel().availability().awaitPosition(engine.status().durablePosition(), 5_000);
        return engine.readModel().availability().day(DESK, (int) date.toEpochDay());
    }

    /** Waits until the core has looked at what was due, too. */
    void timeIs(final Instant now) throws Exception {
        engine.advanceTo(now.toEpochMilli());
        final long patientUntil = System.currentTimeMillis() + PATIENCE_MS;
        while (nextDueMs() <= now.toEpochMilli()) {
            assertThat(System.currentTimeMillis()).as("what was due at %s is done", now).isLessThan(patientUntil);
            Thread.sleep(5);
        }
    }

    private long nextDueMs() throws Exception {
        final CompletableFuture<Long> due = new CompletableFuture<>();
        assertThat(engine.query(core -> due.complete(core.nextDueMs()))).isTrue();
        return due.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        client.close();
        server.close();
        gateway.close();
        engine.close();
    }
}
