package org.mawid.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOptionsTest {
    private final ClientOptions options = ClientOptions.of("127.0.0.1", 1);

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT10S", "PT1H"})
    void givenATimeOutOfAMillisecondToAnHour_whenAskedFor_thenTaken(final Duration timeout) {
        assertThat(options.withTimeout(timeout).timeout()).isEqualTo(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.000999S", "PT-1S", "PT1H0.001S", "PT1H59M", "PT2562047788015215H"})
    void givenATimeOutBeyondThat_whenAskedFor_thenRefused(final Duration timeout) {
        assertThatThrownBy(() -> options.withTimeout(timeout)).isInstanceOf(IllegalArgumentException.class).hasMessage("time-out of 1 ms to 1 h: " + timeout);
    }
}
