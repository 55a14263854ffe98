package org.mawid.api.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** One vocabulary: the contracts say what the edges say. */
class CapabilityTroubleTest {
    @Test
    void givenEveryTrouble_thenBothContractsHaveItsWordAndNumber() throws Exception {
        final String contract;
        try (InputStream file = Capabilities.class.getResourceAsStream("/openapi.yaml")) {
            contract = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (final CapabilityTrouble trouble : CapabilityTrouble.values()) {
            assertThat(org.mawid.grpc.CapabilityTrouble.valueOf("CAPABILITY_" + trouble.name()).getNumber()).isEqualTo(trouble.number());
            assertThat(contract).containsPattern("\\b" + trouble.name() + "\\b");
            assertThat(trouble.text()).as("what to do next").containsPattern("[Rr]ead|Send");
        }
        assertThat(org.mawid.grpc.CapabilityTrouble.values()).as("one that is not told, one that is not known").hasSize(CapabilityTrouble.values().length + 2);
    }
}
