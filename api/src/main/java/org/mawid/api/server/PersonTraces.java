package org.mawid.api.server;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.mawid.api.audit.OperatorAudit;
import org.mawid.api.audit.PersonAct;
import org.mawid.api.control.Control;
import org.mawid.api.control.ControlException;
import org.mawid.api.control.PersonControl;
import org.mawid.api.gateway.OwnCommands;
import org.mawid.api.gateway.References;
import org.mawid.api.person.trace.Beside;
import org.mawid.api.person.trace.Traces;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.upkeep.UpkeepException;
import org.mawid.sbe.Result;

/** What an operator asks about a person of an engine that runs. Any thread that may wait. */
final class PersonTraces implements PersonControl {
    private final Traces traces;
    private final OperatorAudit audit;

    PersonTraces(final EmbeddedEngine engine, final References references, final DataDirectory directory, final Beside beside) {
        traces = new Traces(engine, references, directory, beside);
        audit = new OperatorAudit(new OwnCommands(engine), engine::nowMs);
    }

    @Override
    public JsonObject traces(final long person, final Control.Progress progress) {
        try {
            return traces.of(person, (what, done, total) -> {
                final int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(total) - Integer.SIZE + 1);
                progress.at(what, (int) (done >>> shift), (int) (total >>> shift));
            });
        } catch (final ReadModelBehindException | UpkeepException | IOException notNow) {
            throw new ControlException("what the log has cannot be told: " + FileTrouble.of(notNow), notNow);
        }
    }

    @Override
    public void tell(final String act, final long person, final int things, final boolean isDone) {
        final PersonAct known;
        try {
            known = PersonAct.valueOf(act);
        } catch (final IllegalArgumentException e) {
            throw new ControlException("'act' is none: " + act, e);
        }
        final Result written = audit.write(known, person, things, isDone);
        if (written != Result.OK) {
            throw new ControlException("it cannot be written into the log now: " + written);
        }
    }
}
