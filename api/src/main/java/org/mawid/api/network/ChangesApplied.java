package org.mawid.api.network;

import java.util.ArrayList;
import java.util.List;
import org.mawid.sbe.Result;

/** Applies staged changes, each again as long as somebody else publishes at its post in between. One thread. */
final class ChangesApplied {
    private static final int ATTEMPTS = 20;

    private final CommandWriter write;
    private final CommandPipe pipe;
    private final CommandPipe.Refused refused = new CommandPipe.Refused();
    private final List<Staged> all = new ArrayList<>();

    private static final class Staged {
        final String what;
        final long changeId;
        volatile long version; // set on the engine's thread, as is the next
        volatile boolean ended;

        Staged(String what, long changeId, long version) {
            this.what = what;
            this.changeId = changeId;
            this.version = version;
        }
    }

    ChangesApplied(CommandWriter write, CommandPipe pipe) {
        this.write = write;
        this.pipe = pipe;
    }

    /** @param what for people @param version of the post's calendar, as far as is known */
    void add(String what, long changeId, long version) {
        all.add(new Staged(what, changeId, version));
    }

    /** @throws NetworkImportException one was refused, or conflicts still; the others are applied */
    void run() {
        for (int attempt = 0; attempt < ATTEMPTS && all.stream().anyMatch(staged -> !staged.ended); attempt++) {
            for (Staged staged : all) {
                if (!staged.ended) pipe.send((slot, offset) -> write.applyChange(slot, offset, staged.changeId, staged.version), (result, number1) -> answered(staged, result, number1));
            }
            pipe.await();
        }
        for (Staged staged : all) {
            if (!staged.ended) refused.add(staged.what, Result.CONFLICT, staged.version);
        }
        refused.throwIfAny();
    }

    private void answered(Staged staged, Result result, long number1) {
        if (result == Result.CONFLICT) {
            staged.version = number1; // a day was published meanwhile: ours were checked against it
            return;
        }
        staged.ended = true;
        if (result != Result.OK) refused.add(staged.what, result, number1);
    }
}
