package org.mawid.api.cooling;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.AnswerHandler;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Draft;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.Lane;
import org.mawid.api.waitlist.WaitlistMapping;
import org.mawid.engine.CommandSource;
import org.mawid.grpc.CommitCoolingSecret;
import org.mawid.grpc.EndCoolingAt;
import org.mawid.grpc.RevealCoolingSecret;

/** Sends what is said of cooling to the core. One thread, to which answers come back. */
final class CoolingWriter {
    private final Gateway gateway;
    private final Lane lane;
    private final Draft draft;
    private final WaitlistMapping mapping = new WaitlistMapping();
    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(CommandSource.MAX_BYTES));

    /** @param thread the one that sends */
    CoolingWriter(final Gateway gateway, final Executor thread) {
        this.gateway = gateway;
        this.lane = gateway.lane(thread);
        this.draft = new Draft(gateway.references());
    }

    void submit(final EndCoolingAt message, final AnswerHandler handler) {
        submit(CommandTemplate.END_COOLING_AT, mapping.endCoolingAt(draft.begin(scratch, 0, 0), message), handler);
    }

    void submit(final CommitCoolingSecret message, final AnswerHandler handler) {
        submit(CommandTemplate.COMMIT_COOLING_SECRET, mapping.commitCoolingSecret(draft.begin(scratch, 0, 0), message), handler);
    }

    void submit(final RevealCoolingSecret message, final AnswerHandler handler) {
        submit(CommandTemplate.REVEAL_COOLING_SECRET, mapping.revealCoolingSecret(draft.begin(scratch, 0, 0), message), handler);
    }

    private void submit(final CommandTemplate template, final int length, final AnswerHandler handler) {
        if (length == 0) {
            throw new IllegalStateException(template + " cannot be written: " + draft.problem());
        }
        gateway.submit(lane, template, scratch, 0, length, handler);
    }
}
