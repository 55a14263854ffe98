package org.mawid.api.treasury.port;

/** Names a break by what it is about: the same difference has the same key, whichever file or answer tells it, on any machine and after any restart. */
public final class BreakKey {
    private BreakKey() {
    }

    /** @param references in an order that belongs to the type @return 64 bits of SHA-256, never 0 */
    public static long of(final BreakType type, final Object... references) {
        final Object[] words = new Object[references.length + 1];
        words[0] = type.name();
        System.arraycopy(references, 0, words, 1, references.length);
        final long key = Fingerprint.of(words).getLong();
        return key == 0 ? 1 : key;
    }

    /** Another amount was given back than was to be, whoever says so first: the treasury's answer or its statement. @param reference of the refund @param givenBack by the treasury */
    public static long ofRefund(final BreakType type, final String reference, final Amount givenBack) {
        return of(type, reference, givenBack);
    }
}
