package org.mawid.bench.peer;

import java.util.List;

/** What the clients do. */
enum Mode {
    /** Each by itself, over all posts and dates. */
    spread(64),
    /** Each by itself, everyone on one day that never sells out. */
    hot(64),
    /** Over all posts and dates, many in one call. */
    batched(16),
    /** On which dates a post has so many consecutive slots with a place left. */
    search(16);

    static final List<Integer> ALL_CLIENTS = List.of(1, 16, 64);

    private final int clients;

    Mode(final int clients) {
        this.clients = clients;
    }

    /** As many as the floors are about. */
    int clients() {
        return clients;
    }

    /** As many as are measured when nothing is said, one load after the other. */
    List<Integer> usualClients() {
        return this == spread || this == hot ? ALL_CLIENTS : List.of(clients);
    }
}
