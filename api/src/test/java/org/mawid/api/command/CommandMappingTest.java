package org.mawid.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.References;
import org.mawid.api.testkit.FilledMessages;
import org.mawid.api.testkit.LoggedCommand;
import org.mawid.engine.CommandSource;
import org.mawid.grpc.Command;

/**
 * Every field of every command arrives in the schema's field of the same name. Messages are filled by reflection with values
 * that are all different, and read back by the generated decoders: a field that is forgotten or swapped shows.
 */
class CommandMappingTest {
    private final References references = References.of(1, new byte[32]);
    private final FilledMessages messages = new FilledMessages(references, Map.of());

    @TestFactory
    List<DynamicTest> everyCommandArrivesWhole() {
        return Command.getDescriptor().getOneofs().get(0).getFields().stream()
                .map(field -> DynamicTest.dynamicTest(field.getName(), () -> check(field))).toList();
    }

    private void check(final FieldDescriptor which) {
        final Command.Builder command = Command.newBuilder();
        final Map<String, String> expected = new TreeMap<>();
        command.setField(which, messages.fill(command.newBuilderForField(which), expected));

        // Filled with rubbish first: what is not written shows too.
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 * CommandSource.MAX_BYTES]);
        buffer.setMemory(0, buffer.capacity(), (byte) 0xA5);
        new CommandMapping().encode(new Draft(references).begin(buffer, 0, 0), command.build());

        assertThat(LoggedCommand.template(buffer)).isNotNull().isEqualTo(CommandTemplate.of(which.getNumber()));
        final Map<String, String> actual = LoggedCommand.fields(buffer);
        expected.forEach((name, value) -> assertThat(actual).as("fields of %s", which.getName()).containsEntry(name, value));
        actual.keySet().removeAll(expected.keySet());
        assertThat(actual.keySet()).as("fields that nothing is mapped to").allMatch(name -> name.endsWith("reserved"));
    }
}
