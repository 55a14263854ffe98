package org.mawid.api.notification.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.api.contact.Language;
import org.mawid.api.notification.notice.Kind;

/** Whatever is told has its texts in each language, and each text finds what it wants to say. */
class TemplatesTest {
    private static final Set<String> SHARED = Set.of("opening", "closing", "feed", "calendar.summary", "calendar.description");
    private static final Set<String> PARTS = Set.of("subject", "text", "act", "sms");
    private static final Map<String, String> VALUES = Map.of("reference", "7K3M-9QF2-T4VXH", "application", "1K3M-9QF2-T4VXH", "post", "Lyon", "when", "lundi", "briefly", "lun.", "deadline", "mardi", "deadlineBriefly", "mar.");

    private final Templates templates = new Templates();

    @ParameterizedTest
    @EnumSource(Language.class)
    void givenALanguage_thenItHasWhatIsToldAndNothingElse_andEachTextIsWhole(final Language language) {
        final Set<String> wanted = new TreeSet<>(SHARED);
        for (final Kind kind : Kind.values()) {
            PARTS.forEach(part -> wanted.add(kind + "." + part));
        }
        assertThat(new TreeSet<>(templates.all(language).stringPropertyNames())).isEqualTo(wanted);
        for (final String key : wanted) {
            assertThat(templates.filled(language, key, VALUES)).as("%s %s", language, key).isNotBlank().doesNotContain("${", "}", "\n", "\r", "  ");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givenAKind_thenEachLanguageSaysTheSame(final Kind kind) {
        for (final String part : PARTS) {
            final Set<String> french = names(templates.all(Language.FRENCH).getProperty(kind + "." + part));
            for (final Language language : Language.values()) {
                assertThat(names(templates.all(language).getProperty(kind + "." + part))).as("%s %s.%s", language, kind, part).isEqualTo(french);
            }
        }
    }

    private static Set<String> names(final String text) {
        final Set<String> names = new TreeSet<>();
        for (final java.util.regex.Matcher each = java.util.regex.Pattern.compile("\\$\\{(\\w+)}").matcher(text); each.find();) {
            names.add(each.group(1));
        }
        return names;
    }

    @Test
    void givenValuesThatLookLikeTexts_thenTheyArePutInAsTheyAre() {
        final Map<String, String> odd = new HashMap<>(VALUES);
        odd.put("post", "${application} $1 \\");
        assertThat(templates.filled(Language.ENGLISH, "MESSAGE_SENT.sms", odd)).contains("(${application} $1 \\)");
    }

    @Test
    void givenAValueIsMissing_thenNothingIsSaid() {
        assertThatThrownBy(() -> templates.filled(Language.FRENCH, "OFFER_MADE.text", Map.of("application", "1K3M"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> templates.filled(Language.FRENCH, "NOTHING.text", VALUES)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givenArabic_thenWhatIsPutInIsKeptApartFromItsDirection() {
        assertThat(templates.filled(Language.ARABIC, "CONFIRMED.subject", VALUES)).endsWith("\u20687K3M-9QF2-T4VXH\u2069");
        assertThat(templates.filled(Language.SPANISH, "CONFIRMED.subject", VALUES)).endsWith(" 7K3M-9QF2-T4VXH");
    }
}
