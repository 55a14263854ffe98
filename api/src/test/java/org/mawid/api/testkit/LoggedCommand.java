package org.mawid.api.testkit;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.sbe.MessageHeaderDecoder;

/** A command as it would stand in the log, read by the generated decoders. */
public final class LoggedCommand {
    private LoggedCommand() {
    }

    /** Null when it is none that may come from outside. */
    public static CommandTemplate template(final DirectBuffer command) {
        return CommandTemplate.of(new MessageHeaderDecoder().wrap(command, 0).templateId());
    }

    /** All that its decoder says of it, by name: {@code request.actor}, {@code lines.0.personKey}; numbers in decimal, enumerations by name. */
    public static Map<String, String> fields(final DirectBuffer command) {
        final String said;
        try {
            final Object decoder = Class.forName("org.mawid.sbe." + className(template(command)) + "Decoder").getConstructor().newInstance();
            decoder.getClass().getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, MessageHeaderDecoder.class)
                    .invoke(decoder, command, 0, new MessageHeaderDecoder());
            said = decoder.toString();
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        final Map<String, String> fields = new TreeMap<>();
        new Parser(said.substring(said.indexOf("):") + 2)).fields("", fields);
        fields.replace("kind", "NULL_VAL", "NOT_SAID"); // it ends before that field
        return fields;
    }

    private static String className(final CommandTemplate template) {
        final StringBuilder name = new StringBuilder();
        for (final String word : template.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** Of {@code name=value|name=(name=value|...)|name=[(...),(...)]}. */
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
}
