package org.mawid.api.stamp.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mawid.api.limit.Watch;

/** Secret codes cannot be searched for: neither of one stamp, nor of many from one address. Whoever knows them is not counted. */
class SecretLimitTest {
    private static final String OFFICE = "192.0.2.1";

    private final Watch watch = new Watch();
    private final SecretLimit limit = new SecretLimit(watch);

    @Test
    void givenOneStamp_whenTriedFromManyAddresses_thenFiveTimesAndOnceMoreInTwelveMinutes() {
        for (int i = 0; i < SecretLimit.OF_STAMP; i++) {
            assertThat(limit.take(7, "192.0.2." + (10 + i))).isTrue();
        }
        assertThat(limit.take(7, OFFICE)).isFalse();
        assertThat(limit.take(8, OFFICE)).as("another stamp").isTrue();
        watch.pass(SecretLimit.STAMP_EVERY_MS - 1);
        assertThat(limit.take(7, OFFICE)).isFalse();
        watch.pass(1);
        assertThat(limit.take(7, OFFICE)).isTrue();
        assertThat(limit.take(7, OFFICE)).isFalse();
    }

    @Test
    void givenOneAddress_whenItTriesManyStamps_thenThirtyTimesAndOthersAreNotTouched() {
        for (int i = 0; i < SecretLimit.OF_CALLER; i++) {
            assertThat(limit.take(100 + i, OFFICE)).isTrue();
        }
        assertThat(limit.take(99, OFFICE)).isFalse();
        assertThat(limit.take(99, "192.0.2.2")).isTrue();
        watch.pass(SecretLimit.CALLER_EVERY_MS);
        assertThat(limit.take(99, OFFICE)).isTrue();
        assertThat(limit.take(99, OFFICE)).isFalse();
    }

    @Test
    void givenRightCodes_whenGivenBack_thenNothingIsCounted() {
        for (int i = 0; i < 10 * SecretLimit.OF_CALLER; i++) {
            assertThat(limit.take(7, OFFICE)).isTrue();
            limit.giveBack(7, OFFICE);
        }
        for (int i = 0; i < SecretLimit.OF_STAMP; i++) {
            assertThat(limit.take(7, OFFICE)).isTrue();
        }
        assertThat(limit.take(7, OFFICE)).as("what was given back is no more than there was").isFalse();
    }

    @Test
    void givenAStampWhoseTriesAreSpent_whenAskedOnAndOn_thenTheAddressIsNotCharged() {
        for (int i = 0; i < 10 * SecretLimit.OF_CALLER; i++) {
            assertThat(limit.take(7, OFFICE)).isEqualTo(i < SecretLimit.OF_STAMP);
        }
        for (int i = 0; i < SecretLimit.OF_CALLER - SecretLimit.OF_STAMP; i++) {
            assertThat(limit.take(100 + i, OFFICE)).isTrue();
        }
        assertThat(limit.take(99, OFFICE)).isFalse();
    }
}
