package org.mawid.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who calls is what the last proxy that is believed says, and never what anybody can write. */
class ProxiesTest {
    private final Proxies proxies = Proxies.of(List.of("10.1.0.0/16", "127.0.0.1", "2001:db8:1::/48"), "X-Forwarded-For");

    @Test
    void givenAStranger_whenTheyNameSomebodyElse_thenTheyAreWhoTheyAre() {
        assertThat(proxies.client("192.0.2.1", List.of("198.51.100.7"))).isEqualTo("192.0.2.1");
        assertThat(Proxies.NONE.client("127.0.0.1", List.of("198.51.100.7"))).isEqualTo("127.0.0.1");
        assertThat(Proxies.NONE.header()).isNull();
    }

    @Test
    void givenAProxy_thenWhomItNamesCalls_whateverTheyWroteBeforeIt() {
        assertThat(proxies.client("10.1.2.3", List.of("198.51.100.7"))).isEqualTo("198.51.100.7");
        assertThat(proxies.client("10.1.2.3", List.of("203.0.113.1, 10.1.9.9, 198.51.100.7"))).isEqualTo("198.51.100.7");
        assertThat(proxies.client("10.1.2.3", List.of("203.0.113.1", "198.51.100.7, 2001:db8:1::5"))).as("a chain of them, in two headers").isEqualTo("198.51.100.7");
        assertThat(proxies.client("10.1.2.3", List.of("198.51.100.7:4711"))).isEqualTo("198.51.100.7");
        assertThat(proxies.client("10.1.2.3", List.of("2001:db8:2::1"))).isEqualTo("2001:db8:2::1");
        assertThat(proxies.client("10.1.2.3", List.of("[2001:db8:2::1]:80"))).isEqualTo("2001:db8:2::1");
    }

    @Test
    void givenAProxyThatSaysNothingOfUse_thenItCallsItself() {
        for (final List<String> said : List.of(List.<String>of(), List.of(""), List.of("unknown"), List.of("198.51.100.7, _hidden"), List.of("example.org"), List.of(",,"), List.of("1.2.3.4.5"))) {
            assertThat(proxies.client("10.1.2.3", said)).as("%s", said).isEqualTo("10.1.2.3");
        }
        assertThat(proxies.client("10.1.2.3", List.of("10.1.0.1,".repeat(10_000)))).isEqualTo("10.1.0.1");
    }

    @Test
    void givenTheHeaderOfRfc7239_thenItIsReadLikewise() {
        final Proxies forwarded = Proxies.of(List.of("10.1.0.0/16"), "Forwarded");
        assertThat(forwarded.header()).isEqualTo("forwarded");
        assertThat(forwarded.client("10.1.2.3", List.of("for=203.0.113.1, For=\"[2001:db8:2::1]:4711\";proto=https;by=10.1.2.3"))).isEqualTo("2001:db8:2::1");
        assertThat(forwarded.client("10.1.2.3", List.of("for=198.51.100.7;host=example.org"))).isEqualTo("198.51.100.7");
        assertThat(forwarded.client("10.1.2.3", List.of("proto=https"))).isEqualTo("10.1.2.3");
        assertThat(forwarded.client("10.1.2.3", List.of("198.51.100.7"))).as("the other header's shape").isEqualTo("10.1.2.3");
    }

    @Test
    void givenASettingThatIsNone_thenItSaysSo() {
        for (final String wrong : List.of("proxy.example.org", "10.1.0.0/x", "10.1.0.0/33", "10.1.0", "/8")) {
            assertThatThrownBy(() -> Proxies.of(List.of(wrong), Proxies.FORWARDED)).as(wrong).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(wrong);
        }
        assertThatThrownBy(() -> Proxies.of(List.of(), "X-Real-IP")).hasMessageContaining("X-Real-IP");
    }
}
