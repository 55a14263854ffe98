package org.mawid.bench.peer.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
    @ParameterizedTest
    @CsvSource({"1, 100", "3, 10", "3, 1000", "64, 61000", "5, 320", "200, 61000"})
    void givenManyApplications_whenDealtOut_thenEachIsOneClients_andTheClientKnowsWhichOfItsOwnItIs(final int clients, final int applications) {
        final BitSet dealt = new BitSet();
        for (int client = 0; client < clients; client++) {
            final Share share = Share.of(client, clients, applications);
            for (int own = 0; own < share.count(); own++) {
                assertThat(share.own(share.application(own))).isEqualTo(own);
                assertThat(dealt.get(share.application(own))).isFalse();
                dealt.set(share.application(own));
            }
        }
        assertThat(dealt.nextClearBit(0)).isEqualTo(applications);
        assertThat(dealt.length()).isEqualTo(applications);
    }

    @Test
    void givenMoreApplications_whenDealtOut_thenAClientsFirstOnesStayTheSame() {
        final Share few = Share.of(2, 5, 2_000);
        final Share many = Share.of(2, 5, 90_000);
        assertThat(few.count()).isBetween(350, 450);
        for (int own = 0; own < few.count(); own++) {
            assertThat(many.application(own)).isEqualTo(few.application(own));
        }
    }

    @Test
    void givenAShareThatBeginsSomewhere_whenNumbered_thenOneAfterTheOther() {
        final Share alone = Share.alone(400, 100);
        assertThat(IntStream.range(0, alone.count()).map(alone::application)).containsExactlyElementsOf(IntStream.range(400, 500).boxed().toList());
        assertThat(alone.own(471)).isEqualTo(71);
    }
}
