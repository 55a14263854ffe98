package org.mawid.api.sealed.store;

import java.io.IOException;

/** What is kept under a name is not what the name is the hash of. */
public final class DamagedContentException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedContentException(final String name) {
        super("what is kept as " + name + " is damaged: restore it from a copy of the store");
    }
}
