package org.mawid.api.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.mawid.api.callcentre.CallbackTrace;
import org.mawid.api.control.Control;
import org.mawid.api.control.PersonControl;
import org.mawid.api.gateway.ReferenceKeys;
import org.mawid.api.gateway.References;
import org.mawid.api.notification.Notifications;
import org.mawid.api.notification.outbox.Entry;
import org.mawid.api.person.PersonalData;
import org.mawid.api.person.trace.Beside;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.Setting;

/** As a server is asked about a person, of a directory that nobody serves: the engine runs for as long as that takes, so that what is done is in the log. One thread. */
public final class OfflinePersons implements PersonControl, AutoCloseable {
    private final EmbeddedEngine engine;
    private final CallbackTrace callbacks;
    private final PersonTraces traces;

    private OfflinePersons(final EmbeddedEngine engine, final References references, final DataDirectory directory) {
        this.engine = engine;
        callbacks = CallbackTrace.of(directory.root().resolve(PersonalData.FOLDER));
        traces = new PersonTraces(engine, references, directory, new Beside() {
            @Override
            public JsonArray callbacks(final long application) throws IOException {
                return callbacks.of(application);
            }

            @Override
            public List<Entry> waiting(final long person) throws IOException {
                return Notifications.left(directory.root().resolve(Notifications.FOLDER), person);
            }
        });
    }

    /** Whether there is a log at all: none is begun for the sake of this. */
    public static boolean isThere(final Settings settings) {
        return Files.isDirectory(new DataDirectory(settings.engine().data()).journal());
    }

    /**
     * @throws EngineStartException in one line: the directory cannot be used
     * @throws IOException          the key of the references cannot be read
     */
    public static OfflinePersons open(final Settings settings) throws EngineStartException, IOException {
        final DataDirectory directory = new DataDirectory(settings.engine().data());
        // Who looks at all of the state needs no records by number.
        final EmbeddedEngine engine = EmbeddedEngine.start(settings.engine().with(Setting.RECORDS, false));
        try {
            return new OfflinePersons(engine, References.of(ReferenceKeys.open(directory.edge().resolve(Service.REFERENCE_KEY))), directory);
        } catch (final IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    @Override
    public JsonObject traces(final long person, final Control.Progress progress) {
        return traces.traces(person, progress);
    }

    @Override
    public void tell(final String act, final long person, final int things, final boolean isDone) {
        traces.tell(act, person, things, isDone);
    }

    @Override
    public void close() {
        callbacks.close();
        engine.close();
    }
}
