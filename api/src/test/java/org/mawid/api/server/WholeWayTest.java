package org.mawid.api.server;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.FakeIssuer;

/** From a submission to an erasure, with tokens of the tests' issuer; with those of a real Keycloak it is in {@link KeycloakIT}. */
class WholeWayTest {
    @Test
    void givenACitizenWithDocuments_whenValidatedBookedMovedAndErased_thenEachSeesWhatIsTheirs_andTheLogReplaysAsBefore(@TempDir final Path folder) throws Exception {
        try (FakeIssuer issuer = new FakeIssuer()) {
            new WholeWay(folder, issuer.url(), new RealmTokens(issuer)).goes();
        }
    }
}
