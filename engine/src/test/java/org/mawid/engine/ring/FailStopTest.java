package org.mawid.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailStopTest {
    @Test
    void givenAListenerThatFails_whenHalted_thenThoseBehindItAreToldAllTheSame() {
        final FailStop failStop = new FailStop();
        final List<String> told = new ArrayList<>();
        failStop.onHalt(line -> {
            throw new OutOfMemoryError("asked for");
        });
        failStop.onHalt(told::add);
        failStop.halt("here", new IllegalStateException("why"));
        failStop.halt("there", new IllegalStateException("later"));
        assertThat(told).singleElement().asString().startsWith("halted: here: java.lang.IllegalStateException: why");
        assertThat(failStop.reason()).isEqualTo(told.get(0));
    }
}
