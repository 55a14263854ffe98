package org.mawid.engine.readmodel.events;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.JournalDamagedException;
import org.mawid.engine.journal.SealedText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whose events a folder holds, by which epoch cursors know them, and up to which position they are durable. */
final class Label {
    private static final Logger LOG = LoggerFactory.getLogger(Label.class);
    private static final String FILE = "mawid.events";
    private static final String FIRST_LINE = "mawid-events " + Layout.VERSION;
    private static final String JOURNAL = "journal ";
    private static final String EPOCH = "epoch ";
    private static final String DURABLE = "durable ";

    private final Disk disk;
    private final Path folder;
    private final String journal;
    private volatile long epoch;
    private volatile long durable;

    private Label(final Disk disk, final Path folder, final String journal, final long epoch, final long durable) {
        this.disk = disk;
        this.folder = folder;
        this.journal = journal;
        this.epoch = epoch;
        this.durable = durable;
    }

    /** What is there, or a new one when it is of another journal, or missing, or damaged. */
    static Label open(final Disk disk, final Path folder, final String journal, final long newEpoch) throws IOException {
        final Label found = disk.list(folder).contains(FILE) ? read(disk, folder, journal) : null;
        if (found != null) {
            return found;
        }
        final Label label = new Label(disk, folder, journal, newEpoch, 0);
        label.write();
        return label;
    }

    private static Label read(final Disk disk, final Path folder, final String journal) throws IOException {
        try {
            final List<String> lines = SealedText.read(disk, folder.resolve(FILE));
            if (lines.size() == 4 && lines.get(0).equals(FIRST_LINE) && lines.get(1).equals(JOURNAL + journal)) {
                return new Label(disk, folder, journal, Long.parseLong(lines.get(2).substring(EPOCH.length())),
                        Long.parseLong(lines.get(3).substring(DURABLE.length())));
            }
            LOG.warn("{} is of another journal or format: its events are thrown away", folder);
        } catch (final JournalDamagedException e) {
            LOG.error("{} does not say whose events it holds, they are thrown away", folder);
        }
        return null;
    }

    /** Not 0. */
    long epoch() {
        return epoch;
    }

    /** Up to this position everything was synced. */
    long durable() {
        return durable;
    }

    void durable(final long position) throws IOException {
        durable = position;
        write();
    }

    /** From now on the events are others, although of the same journal. */
    void renew(final long newEpoch) throws IOException {
        epoch = Math.max(newEpoch, epoch + 1);
        durable = 0;
        write();
    }

    private void write() throws IOException {
        SealedText.write(disk, folder.resolve(FILE), List.of(FIRST_LINE, JOURNAL + journal, EPOCH + epoch, DURABLE + durable));
    }
}
