package org.mawid.api.notification.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.LineState;
import org.mawid.sbe.Priority;

/** Between the event and its letter something else may have happened, of which there is a letter of its own. */
class StandingTest {
    @Test
    void givenLinesWereValidated_thenItIsToldWhileATimeCanBeChosen() {
        assertThat(isToldOf(line(LineState.VALIDATED, 0, 0))).isTrue();
        assertThat(isToldOf(line(LineState.REJECTED, 0, 0), line(LineState.VALIDATED, 0, 0))).isTrue();
    }

    @Test
    void givenATimeWasChosen_orTheyWereReceivedAtOnce_orAllIsOver_thenItIsNotTold() {
        assertThat(isToldOf(line(LineState.VALIDATED, 5, 0))).as("held").isFalse();
        assertThat(isToldOf(line(LineState.VALIDATED, 0, 9))).as("confirmed, or at the counter").isFalse();
        assertThat(isToldOf(line(LineState.FULFILLED, 0, 9), line(LineState.WITHDRAWN, 0, 0))).isFalse();
        assertThat(isTold(Kind.VALIDATED, null)).as("retired").isFalse();
    }

    @Test
    void givenLinesWereRejected_thenItIsToldWhateverCameThen() {
        assertThat(isTold(Kind.REJECTED, application(line(LineState.REJECTED, 0, 0)))).isTrue();
        assertThat(isTold(Kind.EXPIRED, application(line(LineState.EXPIRED, 0, 0)))).isTrue();
        assertThat(isTold(Kind.EXPIRED, null)).as("also when it has been retired since").isTrue();
    }

    private static boolean isToldOf(final Records.Line... lines) {
        return isTold(Kind.VALIDATED, application(lines));
    }

    private static boolean isTold(final Kind kind, final Records.Application application) {
        final Records records = (Records) Proxy.newProxyInstance(StandingTest.class.getClassLoader(), new Class<?>[] {Records.class}, (proxy, method, arguments) -> application);
        return new Standing(records).isSo(new Happening(kind, 40, 0, 69, 7, 0, 0, 0), null, 1_000);
    }

    private static Records.Application application(final Records.Line... lines) {
        return new Records.Application(7, 69, 77, 1, Stream.of(lines).toList(), 40);
    }

    private static Records.Line line(final LineState state, final long hold, final long appointment) {
        return new Records.Line(42, 21, 1, 69, AgeBand.ADULT, Priority.NONE, false, state, 0, hold, appointment, 0, 0);
    }
}
