package org.mawid.api.jar;

import io.grpc.StatusRuntimeException;
import java.util.concurrent.locks.LockSupport;
import org.mawid.grpc.CommandBatch;

/** One life at an easy pace, so that whoever follows can keep up; who has no answer when the server is killed asks the next one again. */
final class Visitors {
    private static final long PAUSE_NANOS = 2_000_000;

    private final Life life;
    private Thread thread;

    Visitors(final Life life) {
        this.life = life;
    }

    /** Until that server is gone. */
    void visit(final Server server) {
        life.resume();
        thread = new Thread(() -> {
            try {
                while (true) {
                    life.answered(server.commands().batch(CommandBatch.newBuilder().addCommands(life.pending()).build()).getReplies(0));
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (final StatusRuntimeException gone) {
                // asked again of the next one
            }
        }, "visitors");
        thread.start();
    }

    /** Once the server is gone. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }
}
