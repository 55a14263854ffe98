package org.mawid.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search is planned from the catalogue and then made in the days: the log may move on in between. */
class PlannedAnswersTest {
    private HttpFixture http;

    @BeforeEach
    void start() throws Exception {
        http = new HttpFixture();
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {AvailabilityRoutes.STARTS, AvailabilityRoutes.COUNTS})
    void givenTheLogMovesOnBetweenThePlanOfASearchAndTheSearch_thenTheAnswerSaysWhatItWasPlannedAt(final String path) {
        final String query = path + "?posts=paris&services=passport&from=" + HttpFixture.DATE;
        http.engine.fakeReadModel().whenPlanned(() -> http.engine.fakeReadModel().position(200));
        assertThat(position(query)).as("by the first to ask").isEqualTo(100);
        http.engine.fakeReadModel().whenPlanned(() -> { });
        assertThat(position(query + "&minPosition=200")).as("by the next").isEqualTo(200);
    }

    private long position(final String query) {
        return HttpFixture.json(http.get(query)).getLong("position");
    }
}
