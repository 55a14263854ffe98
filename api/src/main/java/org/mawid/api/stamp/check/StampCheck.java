package org.mawid.api.stamp.check;

import java.util.function.LongFunction;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.StampState;

/**
 * Whether a serial is that of a valid stamp, for anybody. The four answers take the same work, so that its time tells nothing more than they do: one
 * permutation, one read of a record that is there and one of a record that is not, whatever was typed. Any thread.
 * <p>Not here: how often somebody may ask, see {@link CallerLimit}; the secret code, which is needed to use a stamp and never to ask.
 */
public final class StampCheck {
    /** No stamp has it before the trillionth. */
    private static final long ABSENT = References.MAX_NUMBER;

    private final References references;
    private final LongFunction<Records.Stamp> records;
    /** A stamp that was there when last looked at: what is read when the one that was asked for is not. */
    private volatile long present = 1;

    /** @param records a stamp by its number, null when there is none: {@link Records#stamp} */
    public StampCheck(final References references, final LongFunction<Records.Stamp> records) {
        this.references = references;
        this.records = records;
    }

    /**
     * @param serial whatever was typed
     * @throws org.mawid.engine.readmodel.ReadModelBehindException records cannot be read now, whatever was typed
     */
    public Standing standing(final CharSequence serial) {
        final long asked = references.numberOr(ABSENT, ReferenceKind.STAMP, serial);
        final Records.Stamp found = records.apply(asked);
        final Records.Stamp other = records.apply(found == null ? present : ABSENT);
        final Records.Stamp there = found == null ? other : found;
        present = there == null ? present : there.stampId();
        return Standing.of(found == null ? StampState.NULL_VAL : found.state(), found != null && found.consumedMs() != 0);
    }
}
