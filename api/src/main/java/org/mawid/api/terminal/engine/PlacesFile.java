package org.mawid.api.terminal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The list of terminals, looked at now and then: what is in force changes when the file does, and only to a list that can be read whole. One thread. */
public final class PlacesFile {
    private static final Logger LOG = LoggerFactory.getLogger(PlacesFile.class);

    private final Path file;
    private byte[] seen;
    private TerminalPlaces inForce;

    private PlacesFile(final Path file) {
        this.file = file;
    }

    /** As {@link TerminalPlaces#read}. */
    public static PlacesFile open(final Path file) throws IOException {
        final PlacesFile places = new PlacesFile(file);
        places.inForce = TerminalPlaces.read(file);
        places.seen = Files.readAllBytes(file);
        return places;
    }

    public TerminalPlaces inForce() {
        return inForce;
    }

    /** Does not throw. @return whether another list is in force from now on */
    public boolean look() {
        try {
            final byte[] now = Files.readAllBytes(file);
            if (Arrays.equals(now, seen)) {
                return false;
            }
            seen = now; // said once, not at every look
            inForce = TerminalPlaces.read(file);
            LOG.info("the list of terminals in {} is in force from now on: {} of them", file, inForce.count());
            return true;
        } catch (final IOException | IllegalArgumentException trouble) {
            if (seen.length != 0 || trouble instanceof IllegalArgumentException) {
                LOG.warn("the list of terminals in force stays: {}", trouble.getMessage());
            }
            seen = trouble instanceof IOException ? new byte[0] : seen;
            return false;
        }
    }
}
