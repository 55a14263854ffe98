package org.mawid.api.retention;

import java.io.IOException;

/** Forgets callbacks that ended so long ago that they are over. */
@FunctionalInterface
public interface EndedCallbacks {
    /** @param isDryRun they are only counted @return how many */
    int forget(boolean isDryRun) throws IOException;
}
