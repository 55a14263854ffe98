package org.mawid.api.testkit;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Locale;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;

/** Messages in which no field is left out and neighbours differ, with what the schema's fields of the same names must say then. */
public final class FilledMessages {
    /** Given instead of the hash of one. */
    private static final Set<String> TEXTS = Set.of("mawid.v1.SendMessage.text", "mawid.v1.RejectLines.text", "mawid.v1.AskForDocuments.text");

    private static final Map<String, ReferenceKind> KINDS = Map.of("application", ReferenceKind.APPLICATION, "appointment", ReferenceKind.APPOINTMENT,
            "hold", ReferenceKind.HOLD, "change", ReferenceKind.CHANGE, "stamp", ReferenceKind.STAMP, "payment", ReferenceKind.PAYMENT,
            "batch", ReferenceKind.BATCH, "break_reference", ReferenceKind.BREAK);

    private final References references;
    private final Map<String, Long> fixed;
    private int next = 1;
    private int stamp;

    /** @param fixed values of numbers which not every one fits, by name as {@link LoggedCommand} has it: {@code runs.0.units} */
    public FilledMessages(final References references, final Map<String, Long> fixed) {
        this.references = references;
        this.fixed = fixed;
    }

    /** @param expected gets what {@link LoggedCommand#fields} must say of the command */
    public Message fill(final Message.Builder builder, final Map<String, String> expected) {
        return fill(builder, "", expected);
    }

    /** The first that is said and the last: a bit each. */
    private static void set(final Message.Builder builder, final FieldDescriptor field, final String name, final Map<String, String> expected) {
        final List<EnumValueDescriptor> values = field.getEnumType().getValues();
        final EnumValueDescriptor first = values.get(1);
        final EnumValueDescriptor last = values.get(values.size() - 1);
        builder.addRepeatedField(field, first).addRepeatedField(field, last);
        expected.put(name, Long.toString(1L << first.getNumber() | 1L << last.getNumber()));
    }

    private Message fill(final Message.Builder builder, final String prefix, final Map<String, String> expected) {
        for (final FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (field.getName().equals("at_post_id") || TEXTS.contains(field.getFullName())) {
                continue; // is the edge's: no command says it
            }
            final String name = prefix + camel(field.getName());
            final int value = next = next % 90 + 1;
            if (field.isRepeated() && field.getName().equals("stamps")) {
                stamps(builder, field, value, expected);
                continue;
            }
            if (field.isRepeated() && (field.getName().equals("posts") || field.getName().equals("desks"))) {
                numbers(builder, field, value, name, field.getName().equals("posts") ? ".postId" : ".deskId", expected);
                continue;
            }
            if (field.isRepeated() && field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
                set(builder, field, name, expected);
                continue;
            }
            if (field.isRepeated()) {
                builder.addRepeatedField(field, fill(builder.newBuilderForField(field), name + ".0.", expected));
                builder.addRepeatedField(field, fill(builder.newBuilderForField(field), name + ".1.", expected));
                continue;
            }
            switch (field.getJavaType()) {
                case MESSAGE -> builder.setField(field, fill(builder.newBuilderForField(field),
                        field.getName().equals("run") ? prefix : name + ".", expected));
                case INT -> {
                    final int number = Math.toIntExact(fixed.getOrDefault(name, (long) value));
                    builder.setField(field, number);
                    expected.put(name, Integer.toString(number));
                }
                case LONG -> {
                    final long number = fixed.getOrDefault(name, (long) value);
                    builder.setField(field, number);
                    expected.put(name, Long.toString(number));
                }
                case BOOLEAN -> {
                    builder.setField(field, value % 2 == 0);
                    expected.put(name, value % 2 == 0 ? "YES" : "NO");
                }
                case ENUM -> {
                    final EnumDescriptor type = field.getEnumType();
                    final EnumValueDescriptor last = fixed.containsKey(name)
                            ? type.findValueByNumber(Math.toIntExact(fixed.get(name))) : type.getValues().get(type.getValues().size() - 1);
                    builder.setField(field, last);
                    expected.put(name, last.getName().substring(snake(type.getName()).length() + 1));
                }
                case STRING -> {
                    final ReferenceKind kind = KINDS.get(field.getName());
                    if (field.getName().equals("secret")) {
                        builder.setField(field, references.secret().of(stamp));
                        expected.put(name, "0"); // no log has it
                        continue;
                    }
                    stamp = kind == ReferenceKind.STAMP ? value : stamp;
                    final String text = kind != null ? references.text(kind, value) : field.getName().equals("currency") ? "EUR" : "code-" + value;
                    builder.setField(field, text);
                    expected.put(kind != null ? name.replace("Reference", "") + "Id" : name, kind != null ? Integer.toString(value) : text);
                }
                default -> throw new IllegalStateException("no such field is expected: " + field);
            }
        }
        return builder.build();
    }

    /** In any order; the core has them by number. */
    private void stamps(final Message.Builder builder, final FieldDescriptor field, final int value, final Map<String, String> expected) {
        builder.addRepeatedField(field, references.text(ReferenceKind.STAMP, value + 1));
        builder.addRepeatedField(field, references.text(ReferenceKind.STAMP, value));
        expected.put("stamps.0.stampId", Integer.toString(value));
        expected.put("stamps.1.stampId", Integer.toString(value + 1));
    }

    private static void numbers(final Message.Builder builder, final FieldDescriptor field, final int value, final String name, final String of, final Map<String, String> expected) {
        for (int i = 0; i < 2; i++) {
            builder.addRepeatedField(field, value + i);
            expected.put(name + '.' + i + of, Integer.toString(value + i));
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
