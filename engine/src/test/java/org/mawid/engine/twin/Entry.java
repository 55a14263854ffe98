package org.mawid.engine.twin;

import org.mawid.engine.testkit.Command;

/**
 * One position of a log: what a host hands to the core.
 *
 * @param how  what is special about it, or nothing
 * @param said the command that the bytes are, or were before they were spoilt
 */
record Entry(long nowMs, int flags, byte[] command, String how, Command said) {
    /** The command as a person would say it, for the message of a test that fails. */
    String words() {
        return how + said;
    }
}
