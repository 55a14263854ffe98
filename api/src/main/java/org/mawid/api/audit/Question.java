package org.mawid.api.audit;

/**
 * What an auditor looks for. All that is said must be so.
 *
 * @param actor       key of who acted, 0 = anybody
 * @param application number of one that it was about, or for which what it was about is or was made; 0 = any
 * @param person      key of who acted, for whom somebody acted, or whose application it was about; 0 = anybody
 * @param operation   {@link org.mawid.api.access.Operation#code}, 0 = any
 * @param fromMs      log time, ms since 1970-01-01 UTC: from then on
 * @param toMs        likewise: before then
 * @param after       position
 * @param limit       most to give, 1 to {@link #MOST}
 */
public record Question(long actor, long application, long person, int operation, long fromMs, long toMs, long after, int limit) {
    /** Most entries of one answer. */
    public static final int MOST = 200;
    public static final int USUAL = 100;

    /** Whether somebody of whom is asked did what is asked for. */
    boolean isBy(final LoggedCommand logged) {
        return (operation == 0 || operation == logged.operation()) && (actor == 0 || actor == logged.actor());
    }
}
