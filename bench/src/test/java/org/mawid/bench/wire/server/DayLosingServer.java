package org.mawid.bench.wire.server;

import org.mawid.bench.load.LosingEngine;

/** As {@link LosingServer}, but that what is lost are published days: availability is told without them. */
public final class DayLosingServer {
    private DayLosingServer() {
    }

    public static void main(final String[] arguments) throws Exception {
        LosingServer.serve(arguments, LosingEngine::ofDays);
    }
}
