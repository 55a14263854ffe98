package org.mawid.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody but this machine and proxies takes all that there is for everybody. */
class SharesTest {
    private final Shares shares = new Shares(4, 50, Proxies.of(List.of("10.1.0.0/16"), Proxies.FORWARDED));

    @Test
    void givenAnAddressWithItsShare_whenItWantsMore_thenItHasToGiveSomethingBackFirst() {
        final InetAddress greedy = InetAddresses.forString("192.0.2.1");
        assertThat(shares.take(greedy)).isTrue();
        assertThat(shares.take(greedy)).isTrue();
        assertThat(shares.take(greedy)).isFalse();
        assertThat(shares.take(InetAddresses.forString("192.0.2.2"))).isTrue();
        shares.giveBack(greedy);
        assertThat(shares.take(greedy)).isTrue();
        assertThat(shares.take(greedy)).isFalse();
    }

    @Test
    void givenOneSubscribersIpv6_thenItIsOneAddress() {
        assertThat(shares.take(InetAddresses.forString("2001:db8:0:1::1"))).isTrue();
        assertThat(shares.take(InetAddresses.forString("2001:db8:0:1::2"))).isTrue();
        assertThat(shares.take(InetAddresses.forString("2001:db8:0:1::3"))).isFalse();
    }

    @Test
    void givenThisMachineOrAProxy_thenTheyMayHaveAll() {
        for (final String free : List.of("127.0.0.1", "::1", "10.1.2.3")) {
            for (int i = 0; i < 10; i++) {
                assertThat(shares.take(InetAddresses.forString(free))).as(free).isTrue();
            }
        }
    }

    @Test
    void givenAllOrHardlyAnything_thenItIsAllOrOne() {
        final Shares all = new Shares(1, 100, Proxies.NONE);
        final Shares one = new Shares(3, 1, Proxies.NONE);
        final InetAddress somebody = InetAddresses.forString("192.0.2.1");
        assertThat(all.take(somebody) && all.take(somebody)).as("whoever counts all of them says no").isTrue();
        assertThat(one.take(somebody)).isTrue();
        assertThat(one.take(somebody)).isFalse();
    }
}
