package org.mawid.api.jar;

import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;

/** Somebody with one command on its way, who survives the server and goes on from whatever he is told. One thread at a time. */
abstract class Life {
    final Ledger ledger;
    private Ledger.Entry pending;

    Life(final Ledger ledger) {
        this.ledger = ledger;
    }

    /** Once, before all else. */
    final void begin(final Command first) {
        pending = ledger.asked(first);
    }

    /** The command whose answer is waited for. */
    final Command pending() {
        return pending.command;
    }

    /** @return what is asked next */
    final Command answered(final CommandReply reply) {
        pending.answered(reply);
        pending = ledger.asked(next(pending.command, reply));
        return pending.command;
    }

    /** What was told otherwise than through {@link #answered}: the next one is asked. */
    final void resume() {
        if (pending.reply() != null) {
            pending = ledger.asked(next(pending.command, pending.reply()));
        }
    }

    abstract Command next(Command before, CommandReply reply);
}
