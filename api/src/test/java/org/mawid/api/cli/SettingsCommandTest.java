package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.terminal.TerminalSetting;
import org.mawid.engine.Setting;

/** Whoever runs it needs no other source: each setting is there with all that is known of it. */
class SettingsCommandTest {
    private final List<String> lines = Said.by(new SettingsCommand()).out().lines().toList();

    @Test
    void givenEverySettingOfTheEngine_whenListed_thenItIsThereWithDefaultRangeAndPurpose() {
        for (final Setting setting : Setting.values()) {
            assertListed(setting.key(), setting.defaultText(), setting.range(), setting.purpose());
        }
    }

    @Test
    void givenEverySettingOfTheEdge_whenListed_thenItIsThereWithDefaultRangeAndPurpose() {
        for (final EdgeSetting setting : EdgeSetting.values()) {
            assertListed(setting.key(), setting.defaultText(), setting.range(), setting.purpose());
        }
    }

    @Test
    void givenEverySettingOfTheTerminals_whenListed_thenItIsThereWithDefaultRangeAndPurpose() {
        for (final TerminalSetting setting : TerminalSetting.values()) {
            assertListed(setting.key(), setting.defaultText(), setting.range(), setting.purpose());
        }
    }

    @Test
    void givenWhatIsMoreThanARange_whenListed_thenItIsSaid() {
        assertThat(lines.get(at("mawid.ring.entries"))).contains("256 to 1048576, a power of two. ");
        assertThat(lines.get(at("mawid.journal.segment.bytes"))).contains("262144 to 1073741824, a multiple of 4096. ");
        assertThat(lines.get(at("mawid.ring.wait"))).contains("PHASED, BLOCKING, LITE_BLOCKING, YIELDING, BUSY_SPIN. ");
        assertThat(lines.get(at("mawid.data"))).contains("(none)").contains("a path. ");
    }

    private void assertListed(final String key, final String defaultText, final String range, final String purpose) {
        final int at = at(key);
        assertThat(purpose).as(key).matches("[^\\n]{10,}\\.");
        assertThat(lines.get(at)).contains("default " + (defaultText.isEmpty() ? "(none)" : defaultText) + ' ').endsWith(' ' + range + ". " + purpose);
        assertThat(lines.get(at + 1).strip()).isEqualTo(key.toUpperCase(Locale.ROOT).replace('.', '_'));
    }

    /** Of its one line. */
    private int at(final String key) {
        final List<Integer> found = IntStream.range(0, lines.size()).filter(i -> lines.get(i).startsWith(key + ' ')).boxed().toList();
        assertThat(found).as(key).hasSize(1);
        return found.get(0);
    }
}
