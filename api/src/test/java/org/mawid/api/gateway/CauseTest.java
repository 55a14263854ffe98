package org.mawid.api.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** One vocabulary: the contracts say what the table says. */
class CauseTest {
    @Test
    void givenEveryCause_thenBothContractsHaveItsWordAndNumber() throws Exception {
        final String contract;
        try (InputStream file = Cause.class.getResourceAsStream("/openapi.yaml")) {
            contract = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (final Cause cause : Cause.values()) {
            assertThat(org.mawid.grpc.Cause.valueOf(cause.name()).getNumber()).as(cause.name()).isEqualTo(cause.number());
            assertThat(Cause.of(cause.number())).isEqualTo(cause);
            assertThat(cause.retryMs()).as(cause.name()).isPositive();
            assertThat(contract).as(cause.name()).containsPattern("\\b" + cause.name() + "\\b");
        }
        assertThat(org.mawid.grpc.Cause.values()).as("one that is not told, one that is not known").hasSize(Cause.values().length + 2);
    }
}
