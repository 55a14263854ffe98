package org.mawid.api.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Role;
import org.mawid.api.access.Target;
import org.mawid.api.audit.AddressHash;
import org.mawid.api.audit.Audit;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.Page;
import org.mawid.api.audit.Question;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.OwnCommands;
import org.mawid.api.gateway.ReferenceKeys;
import org.mawid.api.gateway.References;
import org.mawid.api.server.GrpcServer;
import org.mawid.api.server.GrpcServerConfig;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.ClientOptions;
import org.mawid.client.MawidClient;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineConfig;
import org.mawid.engine.Setting;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Request;
import org.mawid.sbe.Result;

/** A post on a real engine whose time a test tells, where all commands say who acts, and the trail of it. */
final class TrailPost implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 100_000;

    final EmbeddedEngine engine;
    final References references;
    final MawidClient client;
    private final Gateway gateway;
    private final GrpcServer server;
    private final Audit audit;
    private final Path data;
    AuditTrail trail;

    /** @param folder where it is, also that of a life before */
    TrailPost(final Path folder, final Map<Setting, Object> settings) throws Exception {
        data = folder.resolve("data");
        EngineConfig config = EngineConfig.at(data).with(Setting.RECORDS_ENTRIES, 10_000).with(Setting.SIMULATION, true).with(Setting.SEGMENT_BYTES, 256L << 10);
        for (final Map.Entry<Setting, Object> setting : settings.entrySet()) {
            config = config.with(setting.getKey(), setting.getValue());
        }
        engine = EmbeddedEngine.start(config);
        if (engine.nowMs() == 0) {
            engine.advanceTo(System.currentTimeMillis()); // the client has its own clock
            engine.beginByNewestRules();
        }
        final ReferenceKeys keys = ReferenceKeys.open(folder.resolve("reference.key"));
        references = References.of(keys);
        gateway = new Gateway(engine, references, 5_000, engine::nowMs);
        server = GrpcServer.start(GrpcServerConfig.loopback(0), gateway);
        server.ready();
        client = MawidClient.connect(ClientOptions.of("127.0.0.1", server.port()));
        audit = new Audit(new OwnCommands(engine), engine::nowMs, new AddressHash(keys));
        trail = new AuditTrail(engine, folder());
    }

    static TrailPost in(final Path folder) throws Exception {
        return new TrailPost(folder, Map.of());
    }

    /** Of the trail. */
    Path folder() {
        return new DataDirectory(data).readModel().resolve(AuditTrail.FOLDER);
    }

    Path file() {
        return folder().resolve("trail.mv");
    }

    TrailPost defined() {
        OnePost.make(client, 2, 1);
        return this;
    }

    TrailPost begun() {
        trail.begin();
        return this;
    }

    /** As another life of the server has it. */
    void beginAnew() {
        trail.close();
        trail = new AuditTrail(engine, folder());
        trail.begin();
    }

    void timeGoesOn(final Duration time) {
        engine.advanceTo(engine.nowMs() + time.toMillis());
    }

    CommandReply tell(final long actor, final Command.Builder command) {
        return tell(UUID.randomUUID(), actor, command);
    }

    CommandReply tell(final UUID id, final long actor, final Command.Builder command) {
        final FieldDescriptor which = command.getOneofFieldDescriptor(command.getDescriptorForType().getOneofs().get(0));
        final Message.Builder said = ((Message) command.getField(which)).toBuilder();
        said.setField(said.getDescriptorForType().findFieldByName("request"), Request.newBuilder().setIdHigh(id.getMostSignificantBits()).setIdLow(id.getLeastSignificantBits())
                .setCreatedMs(engine.nowMs()).setActor(actor).setOnBehalfOf(actor / 2).setChannel(actor % 2 == 0 ? Channel.CHANNEL_ONLINE : Channel.CHANNEL_CALL_CENTRE).build());
        return client.execute(command.clone().setField(which, said.build()).build());
    }

    /** Somebody of the call centre is let do something with that. @param reasonCode 0 = they said none */
    void allowed(final long actor, final Operation operation, final Target target, final long detail, final long reasonCode) {
        final Caller caller = new Caller("agent", Set.of(Role.CALL_CENTRE), Set.of(), "", actor, 0, Long.MAX_VALUE, actor / 2, reasonCode, "127.0.0.1");
        assertThat(audit.allowed(caller, operation, List.of(target), detail).join()).isEqualTo(Result.OK);
    }

    /** When records know all that was done. */
    AuditTrail.Newest newest(final long application, final int most) {
        reflected();
        return trail.newest(engine.readModel().records().application(application), most);
    }

    void reflected() {
        assertThat(engine.readModel().records().awaitPosition(engine.status().durablePosition(), PATIENCE.toMillis())).isTrue();
    }

    /** Until all that was done by now is in. */
    TrailPost caughtUp() {
        final long durable = engine.status().durablePosition();
        await().atMost(PATIENCE).until(() -> trail.figures().position() != Long.MAX_VALUE && trail.figures().position() >= durable);
        return this;
    }

    /** What an auditor is told of it, the newest first. */
    List<Entry> listed(final long application) {
        reflected();
        final AuditLog log = new AuditLog(engine);
        final List<Entry> all = new ArrayList<>();
        Page page = new Page(List.of(), 0, false);
        while (!page.isEnd()) {
            page = log.find(new Question(0, application, 0, 0, 0, Long.MAX_VALUE, page.through(), Question.MOST));
            all.addAll(page.entries());
        }
        Collections.reverse(all);
        return all;
    }

    List<Entry> all(final long application) {
        return newest(application, MOST).entries();
    }

    @Override
    public void close() {
        trail.close();
        audit.close();
        client.close();
        server.close();
        gateway.close();
        engine.close();
    }
}
