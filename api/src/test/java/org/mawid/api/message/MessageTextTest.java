package org.mawid.api.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mawid.api.message.MessageTextException.Reason;

/** What people write in four languages goes through; what would show an officer something else than was written does not. */
class MessageTextTest {
    @Test
    void givenWhatPeopleWrite_thenItIsTakenAsItIs() throws Exception {
        for (final String text : List.of("Bonjour, l'acte de naissance de ma fille est joint.", "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064A\u0643\u0645\u060C \u0631\u0642\u0645\u064A \u200EAB123456\u200F.",
                "one\n\ttwo", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", "ref \u2066AB-12\u2069 \u0634\u0643\u0631\u0627", "x".repeat(MessageText.MAX_CHARACTERS),
                "\uD83D\uDE00".repeat(MessageText.MAX_CHARACTERS))) {
            assertThat(MessageText.checked(text)).isEqualTo(text);
        }
        assertThat(MessageText.checked("one\r\ntwo")).isEqualTo("one\ntwo");
    }

    @Test
    void givenWhatIsNoText_thenTheReasonAndThePlaceAreTold() {
        refused(Reason.EMPTY, -1, "", "  \n\t", "\u200F\u200E");
        refused(Reason.TOO_LONG, -1, "x".repeat(MessageText.MAX_CHARACTERS + 1), "\uD83D\uDE00".repeat(MessageText.MAX_CHARACTERS + 1));
        refused(Reason.CONTROL, 2, "ab\u0000", "ab\u001B[2J", "ab\rcd", "ab\u0085", "ab\uD83D", "ab\uDE00x", "ab\uE000", "ab\uFFFE", "ab\uFDD0", "ab\u2028");
        refused(Reason.DIRECTION, 2, "ab\u202Efdp.exe", "ab\u202D", "ab\u202A", "ab\u202B", "ab\u202C", "ab\u2069");
        refused(Reason.DIRECTION, 4, "ab\u2067c\nd\u2069", "ab\u2066c");
        refused(Reason.INVISIBLE, 2, "ab\u200B", "ab\uFEFF", "ab\u2060", "ab\u00AD", "ab\uDB40\uDC41");
    }

    private static void refused(final Reason reason, final int at, final String... texts) {
        for (final String text : texts) {
            assertThatThrownBy(() -> MessageText.checked(text)).as(text.length() > 20 ? "long" : text).isInstanceOfSatisfying(MessageTextException.class, e -> {
                assertThat(e.reason()).isEqualTo(reason);
                assertThat(e.at()).isEqualTo(at);
            });
        }
    }
}
