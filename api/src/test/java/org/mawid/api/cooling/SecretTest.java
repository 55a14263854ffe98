package org.mawid.api.cooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.mawid.engine.readmodel.CoolingView;

/** What anybody can compute for themselves. The values were, with Python's hmac and hashlib. */
class SecretTest {
    private static final Secret SECRET = new Secret(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));

    @Test
    void givenASecret_thenEachDelayIsThatOfTheDefinition() {
        assertThat(SECRET.delayMs(7, 300_000, 1_800_000)).isEqualTo(1_162_597);
        assertThat(SECRET.delayMs(8, 300_000, 1_800_000)).isEqualTo(335_079);
        assertThat(SECRET.delayMs(1, 0, 86_400_000)).isEqualTo(39_871_799);
        assertThat(SECRET.delayMs(9, 5_000, 5_000)).as("no choice").isEqualTo(5_000);
    }

    @Test
    void givenASecret_thenItsHashIsThatOfItsBytesAndItsWordsAreThose() {
        assertThat(SECRET.committed(3)).isEqualTo(new CoolingView.Era(3, 0x630dcd2966c43366L, 0x91125448bbb25b4fL, 0xf412a49c732db2c8L, 0xabc1b8581bd710ddL));
        assertThat(Secret.of(SECRET.word(0), SECRET.word(1), SECRET.word(2), SECRET.word(3)).bytes()).isEqualTo(SECRET.bytes());
        assertThat(Secret.random().bytes()).isNotEqualTo(Secret.random().bytes());
    }
}
