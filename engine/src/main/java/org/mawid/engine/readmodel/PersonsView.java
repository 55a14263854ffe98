package org.mawid.engine.readmodel;

/**
 * Which applications name a person: who submitted it, or is served by a line of it. Any thread that may wait: whoever asks first waits until all who were named since anybody asked can be found, half a
 * second for a million applications (see {@code bench/FINDINGS.md}), and the others for them. Nobody waits for the one that feeds, nor it for them.
 */
public interface PersonsView {
    /** Most applications of an answer. Source: our estimate; a person has a few in a year, and whoever is shown more than a screen of them reads none. */
    int MOST = 32;

    /**
     * Numbers of applications, the newest first, at most {@link #MOST}. Some may have left memory for the archive: then {@link Records} do not know them. As soon as {@link ReadModel#position} has
     * reached the command that submitted one, it is among them; sometimes a little before.
     *
     * @param personKey 0 = nobody, who has none
     * @throws ReadModelBehindException memory ran out while they were looked for
     */
    long[] applicationsOf(long personKey);

    /** How many persons are named by any. @throws ReadModelBehindException as above */
    long count();
}
