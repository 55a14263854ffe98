package org.mawid.api.sealed;

/**
 * Whose something is, and of which application.
 *
 * @param personKey   never 0
 * @param application its number in the core
 * @param submittedMs when that was submitted, log time, ms since 1970-01-01 UTC: who applies again after they were erased is somebody new
 */
public record Owner(long personKey, long application, long submittedMs) {
    public Owner {
        if (personKey == 0) {
            throw new IllegalArgumentException("0 is nobody");
        }
    }
}
