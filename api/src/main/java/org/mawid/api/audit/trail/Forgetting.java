package org.mawid.api.audit.trail;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.mawid.engine.readmodel.Records;

/** Removes what is of applications that have left memory: a piece at a time, where there is nothing else to do, and a round every six hours. One thread. */
final class Forgetting {
    /** Some ms: questions and the log come in between. */
    private static final int AT_ONCE = 200;
    private static final long ROUND_EVERY_NANOS = TimeUnit.HOURS.toNanos(6);
    private static final long TIDY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final TrailFile file;
    private final Records records;
    private Place row;
    private long thing;
    private boolean isInThings;
    private long restUntilNanos = System.nanoTime();
    private long tidyAtNanos = System.nanoTime() + TIDY_EVERY_NANOS;

    Forgetting(final TrailFile file, final Records records) {
        this.file = file;
        this.records = records;
    }

    /** @throws org.mawid.engine.readmodel.ReadModelBehindException records cannot be read now: nothing is removed */
    void turn() throws IOException {
        final long nanos = System.nanoTime();
        if (nanos - tidyAtNanos >= 0) {
            file.tidy();
            tidyAtNanos = nanos + TIDY_EVERY_NANOS;
        }
        if (nanos - restUntilNanos >= 0 && isRoundEnd()) {
            restUntilNanos = nanos + ROUND_EVERY_NANOS;
        }
    }

    private boolean isRoundEnd() {
        if (!isInThings) {
            row = file.forget(this::isGone, row, AT_ONCE);
            isInThings = row == null;
            return false;
        }
        thing = file.forgetThings(this::isGone, thing, AT_ONCE);
        isInThings = thing != 0;
        return thing == 0;
    }

    private boolean isGone(final long application) {
        return records.application(application) == null;
    }
}
