package org.mawid.api.network;

import java.util.Set;
import java.util.TreeSet;

/** Days that others have staged in a change that is still open, as they come in on the engine's thread: an officer's unfinished work, most likely. */
final class StagedElsewhere {
    /** Posts that are named; the rest is only counted. */
    private static final int NAMED = 3;

    private final Set<String> posts = new TreeSet<>();
    private String first;
    private int days;

    synchronized void add(String day, String post) {
        if (days++ == 0) first = day;
        posts.add(post);
    }

    synchronized boolean isEmpty() {
        return days == 0;
    }

    /** Of pools. */
    synchronized int days() {
        return days;
    }

    /** @throws NetworkImportException one line with what to type */
    synchronized void throwIfAny() {
        if (days == 0) return;
        throw new NetworkImportException("nothing was published: " + this
                + "; GET /v1/changes tells which: let them finish, or abandon their work by the same command with --take-over");
    }

    /** Without what to do about it. */
    @Override
    public synchronized String toString() {
        final String named = String.join(", ", posts.stream().limit(NAMED).toList()) + (posts.size() > NAMED ? " and " + (posts.size() - NAMED) + " more" : "");
        return days + " days are staged in changes that somebody has not finished at " + named + ", the first " + first;
    }
}
