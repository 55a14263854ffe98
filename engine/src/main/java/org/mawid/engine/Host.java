package org.mawid.engine;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.readmodel.LiveReadModel;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.engine.ring.HostClock;
import org.mawid.engine.ring.SimulatedClock;

/**
 * What the engine takes from the machine, so that tests can give it another one.
 *
 * @param blocks     where the journal's blocks go
 * @param files      where everything else goes
 * @param clock      the host's time
 * @param ids        128 random bits for a journal that is created
 * @param readModels opens the read side
 * @param background whether segments are made on a thread of their own
 */
record Host(Disk blocks, Disk files, HostClock clock, Supplier<JournalId> ids, ReadModels readModels, boolean background) {
    /** Opens the read side of a directory. */
    @FunctionalInterface
    interface ReadModels {
        ReadModelFeed open(ReadModelConfig config) throws IOException;
    }

    static Host real(final EngineConfig config) throws IOException {
        final FileDisk plain = FileDisk.plain();
        final FileDisk blocks = config.isOn(Setting.DIRECT_IO) ? FileDisk.probe(new DataDirectory(config.data()).journal()) : plain;
        final HostClock clock =
                config.isOn(Setting.SIMULATION) ? new SimulatedClock(0) : HostClock.slewed(config.number(Setting.CLOCK_SLEW_PPM));
        final SecureRandom random = new SecureRandom();
        return new Host(blocks, plain, clock, () -> new JournalId(random.nextLong(), random.nextLong()), read -> LiveReadModel.open(read, plain), true);
    }
}
