package org.mawid.engine.core;

/**
 * What is on disk was written by a newer program than this one, so that reading it here would give another state than the one that was
 * acknowledged. Nothing was changed. The message is one line for the operator.
 */
public final class NewerProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param where what was written by it
     * @param what  which of its versions this program does not know
     */
    public NewerProgramException(final String where, final String what, final int found, final int known) {
        super(where + ' ' + text(what, found, known));
    }

    static String text(final String what, final int found, final int known) {
        return "was written by a newer program, " + what + ' ' + found + "; this one knows " + known + ": start that one";
    }
}
