package org.mawid.api.cutover;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.Result;

/** Where commands go: to an engine, or to a copy of its state. One thread. */
interface Door {
    /** One command with its header. @return bytes written */
    @FunctionalInterface
    interface Message {
        int write(MutableDirectBuffer slot, int offset);
    }

    /** What became of it, before {@link Door#await} returns. Possibly on a thread of the engine: return at once. */
    @FunctionalInterface
    interface Answer {
        void on(Result result, long number1, long number2);
    }

    void send(Message message, Answer answer);

    /** Returns when everything sent has its answer. */
    void await();
}
