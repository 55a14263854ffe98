package org.mawid.engine.testkit;

import java.util.Arrays;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.Result;

/** What an engine made of one command: its outcome and its events, kept. */
public record Answered(long position, long nowMs, Result result, long number1, long number2, long number3, boolean repeated,
                       byte[] events) {
    /** The one method that engines have in common. */
    @FunctionalInterface
    public interface Applier {
        void apply(long position, long nowMs, int flags, DirectBuffer command, int offset, int length, EventWriter events,
                   Outcome outcome);
    }

    /** Applies commands one by one, each from its own place in a buffer, as a ring does. */
    public static final class Teller {
        private static final int FILLER = 64;

        private final Applier applier;
        private final EventWriter events = new EventWriter();
        private final Outcome outcome = new Outcome();

        public Teller(final Applier applier) {
            this.applier = applier;
        }

        public Answered tell(final long position, final long nowMs, final int flags, final byte[] command) {
            final byte[] slab = new byte[FILLER + command.length + FILLER];
            Arrays.fill(slab, (byte) 0x5A);
            System.arraycopy(command, 0, slab, FILLER, command.length);
            events.reset();
            applier.apply(position, nowMs, flags, new UnsafeBuffer(slab), FILLER, command.length, events, outcome);
            final byte[] written = new byte[events.length()];
            events.buffer().getBytes(events.offset(), written);
            return new Answered(outcome.position(), outcome.nowMs(), outcome.result(), outcome.number1(), outcome.number2(),
                    outcome.number3(), outcome.repeated(), written);
        }
    }

    public boolean isDone() {
        return result == Result.OK || result == Result.OVERFLOW;
    }

    /** Of what happened while a link was down, and is written down though nothing goes by it any more. */
    public boolean isWrittenDown() {
        return result == Result.SUPERSEDED || number3 != 0 && (result == Result.STAMP_ALREADY_CONSUMED || result == Result.STAMP_STATE);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Answered that && position == that.position && nowMs == that.nowMs && result == that.result
                && number1 == that.number1 && number2 == that.number2 && number3 == that.number3 && repeated == that.repeated
                && Arrays.equals(events, that.events);
    }

    @Override
    public int hashCode() {
        return Objects.hash(position, result, number1, Arrays.hashCode(events));
    }

    @Override
    public String toString() {
        return result + "(" + number1 + ", " + number2 + ", " + number3 + ")" + (repeated ? " repeated" : "") + " at " + position
                + " in " + nowMs + " " + MessageText.of(events);
    }
}
