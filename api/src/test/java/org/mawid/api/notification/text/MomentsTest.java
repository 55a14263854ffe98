package org.mawid.api.notification.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.mawid.api.contact.Language;

/** A time is told by the clock of the post, and which clock that is. */
class MomentsTest {
    private static final long MS = Instant.parse("2026-03-02T08:15:00Z").toEpochMilli();

    @Test
    void givenAnInstant_thenItIsToldByThePostsClock_inEachLanguage() {
        final ZoneId paris = ZoneId.of("Europe/Paris");
        assertThat(Moments.whole(MS, paris, Language.FRENCH)).isEqualTo("lundi 2 mars 2026, 09:15 (Europe/Paris, UTC+01:00)");
        assertThat(Moments.whole(MS, paris, Language.ENGLISH)).isEqualTo("Monday, 2 March 2026, 09:15 (Europe/Paris, UTC+01:00)");
        assertThat(Moments.whole(MS, paris, Language.SPANISH)).isEqualTo("lunes, 2 de marzo de 2026, 09:15 (Europe/Paris, UTC+01:00)");
        assertThat(Moments.whole(MS, paris, Language.ARABIC)).contains("2026\u060C 09:15 (Europe/Paris, UTC+01:00)").contains("مارس");
        assertThat(Moments.brief(MS, ZoneId.of("Asia/Kathmandu"), Language.FRENCH)).isEqualTo("2 mars 2026, 14:00 (Asia/Kathmandu)");
        assertThat(Moments.whole(MS, ZoneOffset.UTC, Language.FRENCH)).endsWith("08:15 (UTC)");
    }
}
