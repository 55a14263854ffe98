package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineConfigTest {
    @Test
    void givenNothingButADirectory_whenAsked_thenEverySettingHasADefaultInItsRange() {
        final EngineConfig config = EngineConfig.at(Path.of("data"));
        for (final Setting setting : Setting.values()) {
            if (setting != Setting.DATA) {
                assertThat(config.with(setting, setting.defaultText())).isNotNull();
            }
        }
        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.integer(Setting.RING_ENTRIES)).isEqualTo(16_384);
        assertThat(config.waiting()).isEqualTo(WaitKind.PHASED);
        assertThat(config.isOn(Setting.SIMULATION)).isFalse();
    }

    @Test
    void givenKeys_whenListed_thenTheyAreAllDifferent() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::key)).doesNotHaveDuplicates().allMatch(key -> key.startsWith("mawid."));
    }

    @Test
    void givenEverySetting_whenAskedWhatItIsFor_thenOneLineSays_withTheUnitThatItsNameHas() {
        final Map<String, String> unitOf = Map.of(".ms", "in ms", ".bytes", "in bytes", ".percent", "in percent", ".ppm", "in parts in a million");
        for (final Setting setting : Setting.values()) {
            assertThat(setting.purpose()).as(setting.key()).matches("[A-Z][^\\n]+\\.");
            unitOf.forEach((end, unit) -> {
                if (setting.key().endsWith(end)) {
                    assertThat(setting.purpose()).as(setting.key()).contains(unit);
                }
            });
        }
    }

    @Test
    void givenAnUnknownKey_whenRead_thenItIsRefusedByName() {
        assertThatThrownBy(() -> EngineConfig.of(Map.of("mawid.data", "d", "mawid.ring.entires", "512")))
                .hasMessage("unknown setting: mawid.ring.entires");
    }

    @Test
    void givenValuesOutsideTheirRange_whenRead_thenTheRangeIsSaid() {
        final EngineConfig config = EngineConfig.at(Path.of("data"));
        assertThatThrownBy(() -> config.with(Setting.RING_ENTRIES, "1000")).hasMessageContaining("mawid.ring.entries")
                .hasMessageContaining("256 to 1048576, a power of two");
        assertThatThrownBy(() -> config.with(Setting.SEGMENT_BYTES, "300000")).hasMessageContaining("a multiple of 4096");
        assertThatThrownBy(() -> config.with(Setting.PREFETCH, "many")).hasMessageContaining("'many'").hasMessageContaining("0 to 256");
        assertThatThrownBy(() -> config.with(Setting.SIMULATION, "yes")).hasMessageContaining("true or false");
        assertThatThrownBy(() -> config.with(Setting.WAIT, "sleepy")).hasMessageContaining("BUSY_SPIN");
        assertThatThrownBy(() -> EngineConfig.of(Map.of("mawid.simulation", "true"))).hasMessageContaining("mawid.data is missing");
    }

    @Test
    void givenTextAsPeopleWriteIt_whenRead_thenItIsUnderstood() {
        final EngineConfig config = EngineConfig.of(Map.of("mawid.data", "d", "mawid.ring.wait", "lite-blocking", "mawid.ring.entries", "32_768"));
        assertThat(config.waiting()).isEqualTo(WaitKind.LITE_BLOCKING);
        assertThat(config.number(Setting.RING_ENTRIES)).isEqualTo(32_768);
    }
}
