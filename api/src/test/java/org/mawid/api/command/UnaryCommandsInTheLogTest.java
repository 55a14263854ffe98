package org.mawid.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.References;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.FilledMessages;
import org.mawid.api.testkit.LoggedCommand;
import org.mawid.api.testkit.RequestLog;
import org.mawid.engine.DataDirectory;
import org.mawid.grpc.Command;

/** What the stub of every unary method of the contracts says stands in the log of a real engine, each field, whatever the core thinks of it. */
@Timeout(120)
class UnaryCommandsInTheLogTest {
    private static final long ID_HIGH = 0xF123_4567_89AB_CDEFL;

    /** @param reply null = it was refused */
    private record Sent(FieldDescriptor command, UUID request, Map<String, String> fields, Message reply) {
    }

    @TempDir
    private Path folder;
    private ManagedChannel channel;
    private References references;

    @Test
    void givenEveryUnaryMethod_whenCalledWithAllThatItTakes_thenTheLogSaysTheSame() throws Exception {
        final Path data = folder.resolve("data");
        final List<Sent> all = new ArrayList<>();
        try (Service service = Service.start(Settings.of(Map.of("mawid.data", data.toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.records", "false", "mawid.journal.segment.bytes", "1048576"), Map.of(), null))) {
            service.ready();
            references = References.open(new DataDirectory(data).edge().resolve("reference.key"));
            channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
            try {
                for (final FieldDescriptor command : UnaryStubs.commands()) {
                    if (command.getName().endsWith("walk_in")) { // one or the other
                        all.add(send(command, all.size() + 1, "application", "applicationId", "0"));
                        all.add(send(command, all.size() + 1, "lines", "lines", "[]"));
                    } else if (command.getName().equals("record_settlement")) { // one or the other
                        all.add(send(command, all.size() + 1, "batch", "batchId", "0"));
                        all.add(send(command, all.size() + 1, "payment", "paymentId", "0"));
                    } else if (command.getName().equals("join_waitlist")) { // lines at a post
                        all.add(send(command, all.size() + 1, "appointment", "appointmentId", "0"));
                    } else {
                        all.add(send(command, all.size() + 1, null, null, null));
                    }
                }
            } finally {
                channel.shutdownNow();
            }
        }
        final RequestLog log = RequestLog.of(data);
        long before = 0;
        for (final Sent sent : all) {
            final RequestLog.Entry entry = log.entry(sent.request);
            assertThat(LoggedCommand.template(entry.command())).isNotNull().isEqualTo(CommandTemplate.of(sent.command.getNumber()));
            final Map<String, String> logged = LoggedCommand.fields(entry.command());
            logged.keySet().removeIf(name -> name.endsWith("reserved"));
            assertThat(logged).as(sent.command.getName()).isEqualTo(sent.fields);
            assertThat(entry.position()).as(sent.command.getName()).isGreaterThan(before);
            before = entry.position();
            if (sent.reply != null) {
                assertThat(sent.reply.getField(sent.reply.getDescriptorForType().findFieldByName("position"))).as(sent.command.getName()).isEqualTo(before);
            }
        }
        assertThat(all).as("some were done").anyMatch(sent -> sent.reply != null);
    }

    /**
     * The first command of a client of its own: of those that count, the core looks at no other.
     *
     * @param without a field that is left out, null = none @param logged its name in the log @param nothing what it says there
     */
    private Sent send(final FieldDescriptor command, final long number, final String without, final String logged, final String nothing) {
        final Map<String, Long> fixed = new HashMap<>(UnaryCommandsTest.FIXED);
        fixed.putAll(Map.of("request.idHigh", ID_HIGH, "request.idLow", number, "request.clientId", number, "request.sequence", 1L));
        final Map<String, String> fields = new TreeMap<>();
        final Message.Builder message = new FilledMessages(references, fixed)
                .fill(Command.newBuilder().newBuilderForField(command), fields).toBuilder();
        if (without != null) {
            message.clearField(command.getMessageType().findFieldByName(without));
            fields.keySet().removeIf(name -> name.startsWith(logged + '.'));
            fields.put(logged, nothing);
        }
        final MethodDescriptor method = UnaryStubs.methodsOf(command).get(0);
        Message reply;
        try {
            reply = UnaryStubs.call(channel, method, message.build());
        } catch (final StatusRuntimeException refused) {
            reply = null;
        }
        return new Sent(command, new UUID(ID_HIGH, number), fields, reply);
    }
}
