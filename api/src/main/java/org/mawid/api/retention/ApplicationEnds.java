package org.mawid.api.retention;

/** What is known of applications now. Each throws {@link org.mawid.engine.readmodel.ReadModelBehindException} when it cannot be told: then nothing is deleted. */
interface ApplicationEnds {
    /** All that was durable when this was called is known when it returns. */
    void begin();

    /**
     * Whether each of its lines has ended, or the application has been retired from memory.
     *
     * @param submittedMs when the one that is meant was submitted, 0 = not known; another one of that number, as after an older log was restored, has not ended
     */
    boolean isEnded(long application, long submittedMs);

    /** Those that name a person; null = there are more than can be told. */
    long[] of(long person);
}
