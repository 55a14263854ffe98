package org.mawid.api.terminal.nexo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CardNumbersTest {
    @Test
    void givenCardNumbersOfEverySchemeAndSpelling_thenTheyAreFound() {
        for (final String number : new String[] {"4111111111111111", "4222222222222", "5555555555554444", "2223003122003222", "378282246310005", "6011000990139424",
            "3530111333300000", "6759649826438453", "4111 1111 1111 1111", "4111-1111-1111-1111", "4111.1111.1111.1111", "card 4111111111111111 expires",
            "4111111111111111=28121010000012", "4111 1111 1111 1111 12/28", "12 4111111111111111", "x4111111111111111x", "3782 822463 10005", "4111  1111  1111  1111"}) {
            assertThat(CardNumbers.in(number)).as(number).isTrue();
        }
    }

    @Test
    void givenOtherNumbers_thenTheyAreKept() {
        for (final String text : new String[] {"", "4111111111111112", "541333******9999", "2026-03-02T09:00:00.123456Z", "MAWID-123456789", "4r7i001556529591000.QX1",
            "411111111111", "41111111111111111111111", "9111111111111111", "1007"}) {
            assertThat(CardNumbers.in(text)).as(text).isFalse();
        }
    }

    @Test
    void givenANumberWholeOrMasked_thenOnlyItsLastFourDigitsAreTaken() {
        assertThat(CardNumbers.lastFour("4111111111111111")).isEqualTo("1111");
        assertThat(CardNumbers.lastFour("541333 **** 9999 ")).isEqualTo("9999");
        assertThat(CardNumbers.lastFour("541333******")).isEmpty();
        assertThat(CardNumbers.lastFour("99")).isEmpty();
    }
}
