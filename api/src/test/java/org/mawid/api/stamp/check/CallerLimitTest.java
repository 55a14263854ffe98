package org.mawid.api.stamp.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mawid.api.limit.Watch;

/** Who asks too often is told when to come back, and remembering that has an end. */
class CallerLimitTest {
    private static final int BURST = 5;
    private static final long EVERY_MS = 1_000;
    private static final int MOST = 1_000;

    private final Watch watch = new Watch();
    private final CallerLimit limit = new CallerLimit(BURST, EVERY_MS, MOST, watch);

    @Test
    void givenABurst_whenMoreIsAsked_thenItSaysAfterHowLong_andThenOneMoreIsGiven() {
        takeAll("192.0.2.1");
        assertThat(limit.take("192.0.2.1")).isEqualTo(1_000);
        watch.pass(999);
        assertThat(limit.take("192.0.2.1")).isEqualTo(1);
        watch.pass(1);
        assertThat(limit.take("192.0.2.1")).isZero();
        assertThat(limit.take("192.0.2.1")).isEqualTo(1_000);
        watch.pass(2_500);
        assertThat(limit.take("192.0.2.1")).isZero();
        assertThat(limit.take("192.0.2.1")).isZero();
        assertThat(limit.take("192.0.2.1")).isEqualTo(500);
    }

    @Test
    void givenWhoWasRefused_whenAskingOn_thenTheWaitIsNotLonger() {
        takeAll("192.0.2.1");
        for (int i = 0; i < 100; i++) {
            assertThat(limit.take("192.0.2.1")).isEqualTo(1_000);
        }
    }

    @Test
    void givenOneCallerWhoHasHadAll_whenOthersAsk_thenTheyAreNotTouched() {
        takeAll("192.0.2.1");
        takeAll("192.0.2.2");
        takeAll("2001:db8:0:1::1");
        takeAll("2001:db8:0:2::1");
    }

    @Test
    void givenOneSubscribersIpv6_whenTheAddressChanges_thenItIsTheSameCaller() {
        takeAll("2001:db8:0:1::1");
        assertThat(limit.take("2001:db8:0:1:ffff:ffff:ffff:ffff")).isPositive();
    }

    @Test
    void givenWhatHasNoAddress_whenAsked_thenAllOfItIsOneCaller() {
        takeAll(null);
        for (final String other : new String[] {"", "a", "unix", "x".repeat(100_000)}) {
            assertThat(limit.take(other)).isPositive();
        }
    }

    @Test
    void givenManyCallers_whenAsked_thenNoMoreAreRememberedThanAllowed() {
        for (int i = 0; i < 100 * MOST; i++) {
            limit.take("10." + (i >> 16) + '.' + (i >> 8 & 255) + '.' + (i & 255));
        }
        assertThat(limit.callers()).isBetween(MOST / 2L, (long) MOST);
    }

    @Test
    void givenCallersThatDoNotComeBack_whenTheirBucketsAreFullAgain_thenTheyAreForgotten() {
        limit.take("192.0.2.1");
        watch.pass(BURST * EVERY_MS - 1);
        assertThat(limit.callers()).isOne();
        watch.pass(1);
        assertThat(limit.callers()).isZero();
    }

    @Test
    void givenManyThreadsOfOneCaller_whenAsked_thenTheBurstIsGivenOnce() throws InterruptedException {
        final AtomicInteger given = new AtomicInteger();
        final CountDownLatch together = new CountDownLatch(1);
        final Thread[] threads = IntStream.range(0, 8).mapToObj(i -> new Thread(() -> {
            try {
                together.await();
            } catch (final InterruptedException end) {
                return;
            }
            for (int take = 0; take < 1_000; take++) {
                given.addAndGet(limit.take("192.0.2.1") == 0 ? 1 : 0);
            }
        })).toArray(Thread[]::new);
        for (final Thread thread : threads) {
            thread.start();
        }
        together.countDown();
        for (final Thread thread : threads) {
            thread.join();
        }
        assertThat(given).hasValue(BURST);
    }

    private void takeAll(final String address) {
        for (int i = 0; i < BURST; i++) {
            assertThat(limit.take(address)).as("%s, %s", address, i).isZero();
        }
        assertThat(limit.take(address)).isPositive();
    }
}
