package org.mawid.api.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.CommandSource;
import org.mawid.grpc.Command;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * Every field of every command arrives in the schema's field of the same name. Messages are filled by reflection with values
 * that are all different, and read back by the generated decoders: a field that is forgotten or swapped shows.
 */
class CommandMappingTest {
    private final References references = References.of(1, new byte[32]);
    private final Map<String, ReferenceKind> kinds = Map.of("application", ReferenceKind.APPLICATION, "appointment", ReferenceKind.APPOINTMENT,
            "hold", ReferenceKind.HOLD, "change", ReferenceKind.CHANGE, "stamp", ReferenceKind.STAMP);
    private int next = 1;

    @TestFactory
    List<DynamicTest> everyCommandArrivesWhole() {
        return Command.getDescriptor().getOneofs().get(0).getFields().stream()
                .map(field -> DynamicTest.dynamicTest(field.getName(), () -> check(field))).toList();
    }

    private void check(final FieldDescriptor which) throws Exception {
        final Command.Builder command = Command.newBuilder();
        final Map<String, String> expected = new TreeMap<>();
        final Message body = fill(command.newBuilderForField(which), "", expected);
        command.setField(which, body);

        // Filled with rubbish first: what is not written shows too.
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 * CommandSource.MAX_BYTES]);
        buffer.setMemory(0, buffer.capacity(), (byte) 0xA5);
        new CommandMapping().encode(new Draft(references).begin(buffer, 0, 0), command.build());

        final CommandTemplate template = CommandTemplate.of(which.getNumber());
        assertThat(template).isNotNull();
        final Map<String, String> actual = decoded(which.getMessageType().getName(), buffer);
        expected.forEach((name, value) -> assertThat(actual).as("fields of %s", which.getName()).containsEntry(name, value));
        actual.keySet().removeAll(expected.keySet());
        assertThat(actual.keySet()).as("fields that nothing is mapped to").allMatch(name -> name.endsWith("reserved"));
    }

    /** Gives every field a value of its own, and says what the schema must then say. */
    private Message fill(final Message.Builder builder, final String prefix, final Map<String, String> expected) {
        for (final FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            final String name = prefix + camel(field.getName());
            final int value = next = next % 90 + 1;
            if (field.isRepeated()) {
                builder.addRepeatedField(field, fill(builder.newBuilderForField(field), name + ".0.", expected));
                builder.addRepeatedField(field, fill(builder.newBuilderForField(field), name + ".1.", expected));
                continue;
            }
            switch (field.getJavaType()) {
                case MESSAGE -> builder.setField(field, fill(builder.newBuilderForField(field),
                        field.getName().equals("run") ? prefix : name + ".", expected));
                case INT -> {
                    builder.setField(field, value);
                    expected.put(name, Integer.toString(value));
                }
                case LONG -> {
                    builder.setField(field, (long) value);
                    expected.put(name, Integer.toString(value));
                }
                case BOOLEAN -> {
                    builder.setField(field, value % 2 == 0);
                    expected.put(name, value % 2 == 0 ? "YES" : "NO");
                }
                case ENUM -> {
                    final EnumDescriptor type = field.getEnumType();
                    final EnumValueDescriptor last = type.getValues().get(type.getValues().size() - 1);
                    builder.setField(field, last);
                    expected.put(name, last.getName().substring(snake(type.getName()).length() + 1));
                }
                case STRING -> {
                    final ReferenceKind kind = kinds.get(field.getName());
                    final String text = kind != null ? references.text(kind, value) : field.getName().equals("currency") ? "EUR" : "code-" + value;
                    builder.setField(field, text);
                    expected.put(kind != null ? name + "Id" : name, kind != null ? Integer.toString(value) : text);
                }
                default -> throw new IllegalStateException("no such field is expected: " + field);
            }
        }
        return builder.build();
    }

    /** Reads what the decoder says of itself: {@code name=value|name=(name=value|...)|name=[(...),(...)]}. */
    private static Map<String, String> decoded(final String message, final DirectBuffer buffer) throws Exception {
        final Object decoder = Class.forName("org.mawid.sbe." + message + "Decoder").getConstructor().newInstance();
        decoder.getClass().getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, MessageHeaderDecoder.class)
                .invoke(decoder, buffer, 0, new MessageHeaderDecoder());
        final String said = decoder.toString();
        final Map<String, String> fields = new TreeMap<>();
        final String body = said.substring(said.indexOf("):") + 2);
        new Parser(body).fields("", fields);
        return fields;
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(final String text) {
            this.text = text;
        }

        void fields(final String prefix, final Map<String, String> into) {
            while (at < text.length() && text.charAt(at) != ')') {
                final int equals = text.indexOf('=', at);
                final String name = prefix + text.substring(at, equals);
                at = equals + 1;
                value(name, into);
                if (at < text.length() && text.charAt(at) == '|') {
                    at++;
                }
            }
        }

        private void value(final String name, final Map<String, String> into) {
            if (text.charAt(at) == '(') {
                at++;
                fields(name + '.', into);
                at++;
            } else if (text.startsWith("[(", at)) {
                at++;
                for (int i = 0; text.charAt(at) != ']'; i++) {
                    at++;
                    fields(name + '.' + i + '.', into);
                    at++;
                    at += text.charAt(at) == ',' ? 1 : 0;
                }
                at++;
            } else {
                final int from = at;
                while (at < text.length() && "|)".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                into.put(name, text.substring(from, at));
            }
        }
    }

    private static String camel(final String snake) {
        final StringBuilder name = new StringBuilder();
        for (final String word : snake.split("_")) {
            name.append(name.length() == 0 ? word.charAt(0) : Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private static String snake(final String camel) {
        return camel.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
