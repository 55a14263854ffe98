package org.mawid.api.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.mawid.api.audit.PersonAct;
import org.mawid.api.control.Control;
import org.mawid.api.control.ControlClient;
import org.mawid.api.control.ControlException;
import org.mawid.api.control.PersonControl;
import org.mawid.api.server.OfflinePersons;
import org.mawid.api.server.Settings;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EngineStartException;

/** The log, for a command about a person: the server's that serves the directory, or else the directory's own. One thread. */
final class PersonLog implements AutoCloseable {
    private final PersonControl log;
    private final AutoCloseable open;

    private <T extends PersonControl & AutoCloseable> PersonLog(final T log) {
        this.log = log;
        open = log;
    }

    /** Null when there is no log. @throws IOException in one line: it cannot be used */
    static PersonLog of(final Settings settings) throws IOException {
        try {
            final Optional<ControlClient> server = ControlClient.connect(new DataDirectory(settings.engine().data()).control());
            if (server.isPresent()) {
                return new PersonLog(server.get());
            }
            return OfflinePersons.isThere(settings) ? new PersonLog(OfflinePersons.open(settings)) : null;
        } catch (final ControlException | EngineStartException e) {
            throw new IOException("what is done about a person is written into the log, which cannot be used: " + e.getMessage(), e);
        }
    }

    /** As {@link PersonControl#traces}. @throws IOException in one line */
    JsonObject traces(final long person, final Control.Progress progress) throws IOException {
        try {
            return log.traces(person, progress);
        } catch (final ControlException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** As {@link PersonControl#tell}. @throws IOException in one line: it is not written */
    void tell(final PersonAct act, final long person, final int things, final boolean isDone) throws IOException {
        try {
            log.tell(act.name(), person, things, isDone);
        } catch (final ControlException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            open.close();
        } catch (final IOException | RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
