package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.testkit.Answered;
import org.mawid.sbe.TickDecoder;

/** A request is done once; asked again it is answered again, or refused, but never done again. Knows requests as their clients do. */
final class OneAnswer {
    private final Map<Asked, Answered> done = new HashMap<>();
    private int repeated;

    /** Who it is, and when it was made. */
    private record Asked(long idHigh, long idLow, long createdMs, long clientId, long sequence) {
        static Asked of(final UnsafeBuffer command) {
            return new Asked(command.getLong(16, ByteOrder.LITTLE_ENDIAN), command.getLong(24, ByteOrder.LITTLE_ENDIAN),
                    command.getLong(32, ByteOrder.LITTLE_ENDIAN), command.getInt(64, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL,
                    command.getLong(40, ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** Each answer of an engine, in order. */
    void check(final byte[] command, final Answered answer) {
        if (!answer.isDone() && !answer.isWrittenDown()) {
            assertThat(answer.events()).as("events of a refusal").isEmpty();
            return;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(command);
        if (buffer.getShort(2, ByteOrder.LITTLE_ENDIAN) == TickDecoder.TEMPLATE_ID) {
            return;
        }
        final Answered first = done.putIfAbsent(Asked.of(buffer), answer);
        if (answer.repeated()) {
            repeated++;
            assertThat(first).as("repeated, but never done").isNotNull();
            assertThat(List.of(answer.result(), answer.number1(), answer.number2(), answer.number3()))
                    .isEqualTo(List.of(first.result(), first.number1(), first.number2(), first.number3()));
            assertThat(answer.events()).isEmpty();
        } else {
            assertThat(first).as("done twice").isNull();
        }
    }

    /** How often an answer was given again. */
    int repeated() {
        return repeated;
    }
}
