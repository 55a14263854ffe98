package org.mawid.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
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

    @Test
    void givenAStageThatThrew_whenTheLibraryWouldGoOn_thenItsThreadEndsAndSoDoTheOthersAndTheReasonStays() {
        final FailStop failStop = new FailStop();
        final List<String> told = new ArrayList<>();
        failStop.onHalt(told::add);
        failStop.check();
        assertThat(failStop.isHalted()).isFalse();
        final Entry entry = new Entry(new UnsafeBuffer(ByteBuffer.allocateDirect(Entry.bytes(1))), 0, 1);
        entry.position = 7;

        final Throwable ended = catchThrowable(() -> failStop.handleEventException(new IllegalStateException("why"), 3, entry));
        assertThat(ended).isInstanceOf(Error.class).hasMessage("halted");
        assertThat(failStop.isHalted()).isTrue();
        assertThat(failStop.reason()).startsWith("halted: " + Thread.currentThread().getName() + " at position 7: java.lang.IllegalStateException: why");
        assertThatThrownBy(failStop::check).as("the next entry").isSameAs(ended);
        assertThatThrownBy(() -> failStop.handleEventException(ended, 4, entry)).isSameAs(ended);
        assertThatThrownBy(() -> failStop.handleEventException(new IllegalStateException("later"), 5, null)).isSameAs(ended);
        assertThat(told).containsExactly(failStop.reason());
    }

    @Test
    void givenAStageThatThrowsAtItsStartOrEnd_thenThatIsAHaltToo_andWhoListensLateIsToldOnce() {
        final FailStop atStart = new FailStop();
        assertThatThrownBy(() -> atStart.handleOnStartException(new IllegalStateException("why"))).isInstanceOf(Error.class).hasMessage("halted");
        assertThat(atStart.reason()).contains(" at its start: java.lang.IllegalStateException: why");
        final List<String> told = new ArrayList<>();
        atStart.onHalt(told::add);
        atStart.halt("there", new IllegalStateException("later"));
        assertThat(told).containsExactly(atStart.reason());

        final FailStop atEnd = new FailStop();
        atEnd.handleOnShutdownException(new IllegalStateException("why"));
        assertThat(atEnd.reason()).contains(" at its end: java.lang.IllegalStateException: why");
    }
}
