package org.mawid.api.callcentre;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.mawid.grpc.CallbackOutcome;

/** Callbacks of applications as those concerned are told: no agent is. Of a directory that nobody serves; a server has its {@link CallCentre}. One thread that may wait. */
public final class CallbackTrace implements AutoCloseable {
    /** Null = nobody was ever to be called back. */
    private final Callbacks callbacks;

    private CallbackTrace(final Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** Makes nothing. @param folder {@link org.mawid.api.person.PersonalData#FOLDER} */
    public static CallbackTrace of(final Path folder) {
        final Path file = folder.resolve(CallCentre.FILE);
        return new CallbackTrace(Files.exists(file) ? new Callbacks(file, System::currentTimeMillis, Long.MAX_VALUE) : null);
    }

    /** @throws IOException it cannot be read now */
    public JsonArray of(final long application) throws IOException {
        return callbacks == null ? new JsonArray() : told(callbacks.of(application));
    }

    static JsonArray told(final List<CallbackRow> rows) {
        final JsonArray told = new JsonArray();
        for (final CallbackRow row : rows) {
            final JsonObject callback = new JsonObject().put("state", row.isOpen() ? "OPEN" : "ENDED").put("notBefore", Instant.ofEpochMilli(row.notBeforeMs()).toString())
                    .put("notAfter", Instant.ofEpochMilli(row.notAfterMs()).toString()).put("reasonCode", row.reasonCode()).put("tries", row.tries());
            if (row.isOpen()) {
                callback.put("due", Instant.ofEpochMilli(row.dueMs()).toString());
            } else {
                callback.put("ended", Instant.ofEpochMilli(row.endedMs()).toString());
            }
            final CallbackOutcome outcome = CallbackOutcome.forNumber((int) row.outcome());
            if (row.outcome() != 0 && outcome != null) {
                callback.put("outcome", outcome.name().substring("CALLBACK_OUTCOME_".length()));
            }
            told.add(callback);
        }
        return told;
    }

    @Override
    public void close() {
        if (callbacks != null) {
            callbacks.close();
        }
    }
}
