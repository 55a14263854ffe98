package org.mawid.api.jar;

/** Somebody who wants one service at one post, and what became of it. */
final class MonthCitizen {
    /** What became of somebody. OFFERED: is offered another visit at the end; NO_ROOM: has been told that there is none yet, and is first in line. */
    enum Fate { SERVED, NO_SHOW, CANCELLED, OFFERED, NO_ROOM }

    final long key;
    final MonthPost post;
    final String service;
    String application;
    /** Null = none now. */
    String appointment;
    long startMs;
    /** When the present visit was agreed or moved last, ms. */
    long agreedMs;
    int tries;
    /** Has lost a visit by a closure, and has no other one yet. */
    boolean displaced;
    int displacements;
    /** Null = still under way. */
    Fate fate;
    /** Counts visits: what was meant for an earlier one is not done. */
    int visits;

    MonthCitizen(final long key, final MonthPost post, final String service) {
        this.key = key;
        this.post = post;
        this.service = service;
    }

    /** One of four: of the large post, which keeps places for them. */
    boolean asksByPhone() {
        return key % 4 == 0;
    }

    @Override
    public String toString() {
        return application + " at " + post.code + " for " + service + ": " + fate + ", " + appointment + (displaced ? ", displaced" : "");
    }
}
