package org.mawid.engine.story;

import org.junit.jupiter.api.Test;

/** A log that has not gone over yet. */
class OverbookedBeforeStoryTest extends Story {
    @Test
    void givenCoreVersion6_whenADayIsOverbooked_thenItIsRefusedAndWithoutItIsNot() {
        given("07:00 coreVersion 6", "post PARIS", "service birth minutes=10", "desk PARIS/D1 serves=birth");
        when("day PARIS/D1 09:00..10:00 places=2 date=1 overbooked=1").then("CORE_VERSION_UNSUPPORTED");
        when("day PARIS/D1 09:00..10:00 places=2 date=1").then("OK");
    }
}
