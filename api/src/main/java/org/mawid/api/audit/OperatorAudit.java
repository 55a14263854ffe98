package org.mawid.api.audit;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.api.gateway.OwnCommands;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/**
 * Writes into the log what an operator does at the command line: by nobody who is known, for a name of the operating system would be personal and is believed by nobody who owns the files; through SYSTEM, at the log's time.
 * Also where nobody is asked who calls. Any thread that may wait.
 */
public final class OperatorAudit {
    private static final long SECONDS = 30;

    private final Recording recording;

    /** @param nowMs log time */
    public OperatorAudit(final OwnCommands commands, final LongSupplier nowMs) {
        recording = new Recording(commands, nowMs);
    }

    /**
     * @param person key
     * @param things how many it was about, 0 = not known yet
     * @param isDone false = it could not be done
     * @return OK when it is durable, or the rules of an old log know nothing of it; else why it is not written
     */
    public Result write(final PersonAct act, final long person, final long things, final boolean isDone) {
        try {
            return recording.write(0, 0, Channel.SYSTEM, 0, 0, act.code(), new Target(ObjectKind.PERSON, person), things, isDone ? AccessVerdict.ALLOWED : AccessVerdict.REFUSED, 0).get(SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Result.UNAVAILABLE;
        } catch (final TimeoutException | ExecutionException late) {
            return Result.UNAVAILABLE;
        }
    }
}
