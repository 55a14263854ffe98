package org.mawid.api.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.mawid.api.control.ControlClient;
import org.mawid.api.control.ControlException;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.upkeep.UpkeepException;

/** Asks the server that serves a directory, if one does. */
final class Running {
    private Running() {
    }

    /**
     * @param asked   when a server runs
     * @param stopped when none does
     * @return exit code; 1 with one line when it was not done
     */
    static int or(final PrintWriter err, final Path data, final ToIntFunction<ControlClient> asked, final IntSupplier stopped) {
        try {
            final Optional<ControlClient> server = ControlClient.connect(new DataDirectory(data).control());
            if (server.isEmpty()) {
                return stopped.getAsInt();
            }
            try (ControlClient client = server.get()) {
                return asked.applyAsInt(client);
            }
        } catch (final ControlException | UpkeepException e) {
            err.println(e.getMessage());
            return 1;
        }
    }
}
