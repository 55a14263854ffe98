package org.mawid.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.mawid.api.fake.GrpcFixture;
import org.mawid.api.gateway.Draft;
import org.mawid.api.testkit.FilledMessages;
import org.mawid.api.testkit.LoggedCommand;
import org.mawid.engine.CommandSource;
import org.mawid.grpc.Command;

/** What the stub of every unary method of the contracts sends reaches the engine as the same bytes as in a batch, and its answer comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnaryCommandsTest {
    private static final long DAY_MS = 86_400_000;
    /** Where the edge looks at more than one field, or at a few values of one. */
    static final Map<String, Long> FIXED = Map.ofEntries(Map.entry("request.deadlineMs", 4_102_444_800_000L), Map.entry("minorDigits", 3L),
            Map.entry("resourceKinds", 0b1010L), Map.entry("epochDay", 20_000L), Map.entry("startMs", 20_000 * DAY_MS + 7 * 300_000L),
            Map.entry("unitCount", 77L), Map.entry("runs.0.startUnit", 5L), Map.entry("runs.0.units", 6L), Map.entry("runs.0.withheld", 4L),
            Map.entry("runs.1.startUnit", 21L), Map.entry("runs.1.units", 9L), Map.entry("runs.1.withheld", 3L), Map.entry("withheld", 2L),
            Map.entry("quotas.0.startUnit", 5L), Map.entry("quotas.0.units", 6L), Map.entry("quotas.0.spillMs", 20_000 * DAY_MS), Map.entry("quotas.1.startUnit", 21L),
            Map.entry("quotas.1.units", 9L), Map.entry("quotas.1.spillMs", 20_000 * DAY_MS), Map.entry("overbooked.0.startUnit", 5L), Map.entry("overbooked.0.units", 6L),
            Map.entry("overbooked.0.untilMs", 20_000 * DAY_MS), Map.entry("overbooked.1.startUnit", 21L), Map.entry("overbooked.1.units", 9L), Map.entry("overbooked.1.untilMs", 20_000 * DAY_MS),
            Map.entry("means", 1L), Map.entry("outcome", 4L), Map.entry("line", 7L),
            Map.entry("fromMs", 20_000 * DAY_MS), Map.entry("toMs", 20_001 * DAY_MS), Map.entry("atMs", 20_000 * DAY_MS + 1), Map.entry("state", 4L), Map.entry("end", 3L));

    private GrpcFixture grpc;
    private FilledMessages messages;

    @BeforeAll
    void start() throws Exception {
        grpc = new GrpcFixture();
        messages = new FilledMessages(grpc.references, FIXED);
    }

    @AfterAll
    void stop() throws Exception {
        grpc.close();
    }

    @TestFactory
    List<DynamicTest> everyUnaryCommandArrives() {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final FieldDescriptor command : UnaryStubs.commands()) {
            for (final MethodDescriptor method : UnaryStubs.methodsOf(command)) {
                tests.add(DynamicTest.dynamicTest(method.getName(), () -> variants(command).forEach(message -> check(method, command, message))));
            }
        }
        return tests;
    }

    @Test
    void givenEveryCommand_thenOneUnaryMethodHasItsName() {
        final TreeSet<String> others = new TreeSet<>();
        UnaryStubs.methods().forEach(method -> others.add(method.getName()));
        for (final FieldDescriptor command : UnaryStubs.commands()) {
            assertThat(UnaryStubs.methodsOf(command)).extracting(MethodDescriptor::getName).containsExactly(command.getMessageType().getName());
            others.remove(command.getMessageType().getName());
        }
        assertThat(others).allMatch(name -> name.startsWith("Get") || name.startsWith("List") || List.of("Quote", "CheckStamp", "CloseTerminal", "CloseDay", "AbortPayment", "OpenPaymentPage", "TakeStatements", "PreviewClosure", "Batch", "Stream").contains(name));
    }

    private void check(final MethodDescriptor method, final FieldDescriptor command, final Message message) {
        final UnsafeBuffer expected = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES]);
        final int length = new CommandMapping().encode(new Draft(grpc.references).begin(expected, 0, 0),
                Command.newBuilder().setField(command, message).build());
        assertThat(length).as("what is sent is a command: %s", message).isPositive();
        final long before = grpc.engine.lastPosition();

        final Message reply = call(method, message);

        assertThat(grpc.engine.lastPosition()).as("%s took one position", method).isEqualTo(before + 1);
        final UnsafeBuffer arrived = new UnsafeBuffer(grpc.engine.lastCommand());
        assertThat(LoggedCommand.template(arrived).id()).isEqualTo(command.getNumber());
        assertThat(LoggedCommand.fields(arrived)).isEqualTo(LoggedCommand.fields(expected));
        assertThat(arrived).isEqualTo(new UnsafeBuffer(expected, 0, length));
        if (reply != null) {
            assertThat(reply.getField(reply.getDescriptorForType().findFieldByName("position"))).isEqualTo(before + 1);
        }
    }

    /** Each field filled; where two of them exclude each other, once with either. */
    private List<Message> variants(final FieldDescriptor command) {
        final Message all = messages.fill(Command.newBuilder().newBuilderForField(command), new TreeMap<>());
        if (command.getName().equals("record_settlement")) {
            return List.of(without(all, "batch"), without(all, "payment"));
        }
        if (command.getName().equals("join_waitlist")) {
            return List.of(without(all, "appointment"), without(without(all, "lines"), "post_id"));
        }
        if (!command.getName().endsWith("walk_in")) {
            return List.of(all);
        }
        final Message again = messages.fill(Command.newBuilder().newBuilderForField(command), new TreeMap<>());
        return List.of(all.toBuilder().clearField(command.getMessageType().findFieldByName("application")).build(),
                again.toBuilder().clearField(command.getMessageType().findFieldByName("lines")).build());
    }

    private static Message without(final Message message, final String field) {
        return message.toBuilder().clearField(message.getDescriptorForType().findFieldByName(field)).build();
    }

    /** Null when it was refused by the engine. */
    private Message call(final MethodDescriptor method, final Message message) {
        try {
            return UnaryStubs.call(grpc.channel, method, message);
        } catch (final StatusRuntimeException refusal) {
            assertThat(GrpcFixture.errorInfo(refusal).getReason()).isIn("APPLICATION_UNKNOWN", "HOLD_UNKNOWN", "HOLD_EXPIRED", "CONFLICT");
            return null;
        }
    }
}
