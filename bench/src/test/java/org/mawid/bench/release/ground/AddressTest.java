package org.mawid.bench.release.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AddressTest {
    @Test
    void givenWhatAServerPrints_whenRead_thenHostAndPort() {
        assertThat(Address.of("127.0.0.1:9090")).isEqualTo(new Address("127.0.0.1", 9_090));
        assertThat(Address.of("http://portal.example:8080/")).isEqualTo(new Address("portal.example", 8_080));
        assertThat(Address.of("[::1]:9090")).isEqualTo(new Address("::1", 9_090));
    }

    @Test
    void givenAnythingElse_whenRead_thenItSaysWhatAnAddressIs() {
        assertThatIllegalArgumentException().isThrownBy(() -> Address.of("localhost")).withMessageContaining("HOST:PORT");
        assertThatIllegalArgumentException().isThrownBy(() -> Address.of("localhost:0")).withMessageContaining("HOST:PORT");
        assertThatIllegalArgumentException().isThrownBy(() -> Address.of(":9090")).withMessageContaining("HOST:PORT");
    }
}
