package org.mawid.api.notification.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.apache.commons.text.StringSubstitutor;
import org.mawid.api.contact.Language;

/** The texts of each language, with {@code ${names}} of what is put into them. What is missing or unknown is our bug. Immutable, any thread. */
final class Templates {
    /** In front of what is put into a text that runs the other way (Unicode TR 9, FIRST STRONG ISOLATE), and behind it. */
    private static final String ISOLATE = "\u2068";
    private static final String END = "\u2069";

    private final Map<Language, Properties> texts = new EnumMap<>(Language.class);

    Templates() {
        for (final Language language : Language.values()) {
            texts.put(language, read("notices_" + language.code() + ".properties"));
        }
    }

    private static Properties read(final String name) {
        final Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(Templates.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** All that this language has. */
    Properties all(final Language language) {
        return texts.get(language);
    }

    /** @param values by name; put in as they are, whatever is in them */
    String filled(final Language language, final String key, final Map<String, String> values) {
        final String text = texts.get(language).getProperty(key);
        if (text == null) {
            throw new IllegalStateException("no text " + key + " in " + language);
        }
        return new StringSubstitutor(name -> value(language, values.get(name))).setEnableUndefinedVariableException(true).setDisableSubstitutionInValues(true).replace(text);
    }

    private static String value(final Language language, final String value) {
        return value == null || !language.isRightToLeft() ? value : ISOLATE + value + END;
    }
}
