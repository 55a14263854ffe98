package org.mawid.bench.release.wire;

/** Whoever asks something. Only on the thread that decides. */
@FunctionalInterface
public interface Actor {
    /** Nobody goes on from the answer. */
    Actor NOBODY = exchange -> { };

    /** The answer has come, or it is known that none will: then {@link Exchange#result()} is UNAVAILABLE for a read. */
    void answered(Exchange exchange);
}
