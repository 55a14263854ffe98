package org.mawid.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TerminalSettingTest {
    @Test
    void givenNothing_thenEachIsAtItsDefaultAndInItsRange() {
        final TerminalTimes times = TerminalTimes.defaults();
        assertThat(times.customerMs()).isEqualTo(90_000);
        assertThat(times.statusAttempts()).isEqualTo(5);
        assertThat(times.reconnectMs()).isEqualTo(500);
        assertThat(Arrays.stream(TerminalSetting.values()).map(TerminalSetting::key)).doesNotHaveDuplicates().allMatch(key -> key.startsWith("mawid.terminal."));
    }

    @Test
    void givenAValueBeyondItsRange_thenTheSettingIsNamed() {
        for (final String text : new String[] {"999", "600001", "soon", ""}) {
            assertThatThrownBy(() -> TerminalTimes.of(setting -> setting == TerminalSetting.CUSTOMER_MS ? text : setting.defaultText()))
                    .isInstanceOf(IllegalArgumentException.class).hasMessage("mawid.terminal.customer.ms = " + text + " is not 1000 to 600000");
        }
    }
}
