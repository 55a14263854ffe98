package org.mawid.api.person;

import java.io.IOException;
import java.util.List;

/** How things are deleted, told by whoever wants it to whoever keeps them, who sees to it that nobody uses them meanwhile. */
@FunctionalInterface
public interface Deletion {
    /** @param things of one person, not none */
    void of(List<Held> things) throws IOException;
}
