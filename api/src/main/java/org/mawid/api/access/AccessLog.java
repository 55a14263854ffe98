package org.mawid.api.access;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mawid.sbe.Result;

/** Where it is written what the edges said to whoever called. Any thread, does not wait. */
public interface AccessLog {
    /** What was written nowhere, because nobody wants to know. */
    CompletableFuture<Result> DONE = CompletableFuture.completedFuture(Result.OK);

    /** Nothing is written. */
    AccessLog NONE = new AccessLog() {
        @Override
        public CompletableFuture<Result> allowed(final Caller caller, final Operation operation, final List<Target> targets, final long detail) {
            return DONE;
        }

        @Override
        public void refused(final Caller caller, final Operation operation, final Target target, final boolean asUnknown, final Grounds grounds) {
        }
    };

    /**
     * Somebody may see something, or has said why they do what follows: it is in the log before whatever the same thread submits from now on.
     *
     * @param targets what the call names
     * @param detail  which part of it, 0 = none
     * @return OK when it is durable, else why it is not written: then they may not; completed on a thread that may not be kept
     */
    CompletableFuture<Result> allowed(Caller caller, Operation operation, List<Target> targets, long detail);

    /** Somebody may do what is in the log as a command, which has no place for where it came from: that is written before it, unless it was lately. */
    default void comes(final Caller caller) {
    }

    /**
     * Somebody may not. Of many refusals of one caller some are counted only.
     *
     * @param operation null = there is none
     * @param target    null = it is not known what it was about
     * @param asUnknown it was answered as what is not there
     * @param grounds   for what; null = they may not, or it is not theirs
     */
    void refused(Caller caller, Operation operation, Target target, boolean asUnknown, Grounds grounds);
}
