package org.mawid.bench.wire.server;

import java.util.concurrent.atomic.AtomicLong;

/** As {@link UnsyncedServer}, but that its count of syncs rises now and then, as that of a journal that is sealed while it is idle: by less than the commands that were answered. */
public final class SeldomSyncedServer {
    private static final int MEANWHILE = 49;

    private SeldomSyncedServer() {
    }

    public static void main(final String[] arguments) throws Exception {
        final AtomicLong syncs = new AtomicLong(7);
        UnsyncedServer.serve(() -> syncs.getAndAdd(MEANWHILE));
    }
}
