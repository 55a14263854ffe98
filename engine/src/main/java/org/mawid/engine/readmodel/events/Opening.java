package org.mawid.engine.readmodel.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which segments of a folder count, and how much of each. Deletes the others. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final Disk disk;
    private final Path folder;
    private final Label label;

    Opening(final Disk disk, final Path folder, final Label label) {
        this.disk = disk;
        this.folder = folder;
        this.label = label;
    }

    /**
     * Of positions up to the label's durable one only the headers are looked at: they were synced, and who reads them checks them.
     * All behind it is read, to the first block that is not whole, and must follow without a gap, for the journal brings back
     * all that comes after the durable position and nothing before it.
     *
     * @throws NewerProgramException when this program does not know what is in one of them; what can be done is {@link #throwAway}
     */
    void into(final Map<Long, Segment> segments) throws IOException {
        final List<Layout.Header> headers = headers();
        final long durable = label.durable();
        long covered = 0;
        for (int i = 0; i < headers.size(); i++) {
            final Layout.Header header = headers.get(i);
            if (header.first() != covered + 1) {
                if (header.first() > durable + 1) {
                    for (final Layout.Header later : headers.subList(i, headers.size())) {
                        delete(later.first(), "what comes before it was never durable");
                    }
                    return;
                }
                for (final Segment before : List.copyOf(segments.values())) {
                    segments.remove(before.first);
                    delete(before.first, "what follows it is missing");
                }
            }
            final long nextFirst = i + 1 < headers.size() ? headers.get(i + 1).first() : Long.MAX_VALUE;
            final Segment segment = nextFirst - 1 <= durable ? trusted(header, nextFirst - 1) : read(header, nextFirst);
            if (segment.last() < segment.first) {
                delete(segment.first, "no block of it is whole");
            } else {
                segments.put(segment.first, segment);
            }
            covered = Math.max(covered, segment.last());
        }
    }

    /** Deletes every segment, durably. */
    void throwAway() throws IOException {
        for (final long first : Layout.firstPositions(disk.list(folder))) {
            disk.delete(folder.resolve(Layout.name(first)));
        }
        disk.syncFolder(folder); // or they could come back
    }

    private List<Layout.Header> headers() throws IOException {
        final List<String> names = disk.list(folder);
        for (final String name : names) {
            if (Layout.isSegment(name.replace(Backfill.TEMPORARY, "")) && name.endsWith(Backfill.TEMPORARY)) {
                disk.delete(folder.resolve(name)); // a process died while it brought the past back
            }
        }
        final List<Layout.Header> headers = new ArrayList<>();
        final ByteBuffer bytes = ByteBuffer.allocateDirect(Layout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final long first : Layout.firstPositions(names)) {
            final Path path = folder.resolve(Layout.name(first));
            final Layout.Header header;
            try (DiskFile file = disk.open(path, Disk.Access.READ)) {
                header = file.readFully(bytes.clear(), 0) < Layout.HEADER_BYTES ? null : Layout.readHeader(path, bytes);
            }
            if (header == null || header.epoch() != label.epoch() || header.first() != first) {
                delete(first, "its header is not of this log");
            } else {
                headers.add(header);
            }
        }
        return headers;
    }

    private Segment trusted(final Layout.Header header, final long last) throws IOException {
        final Path path = folder.resolve(Layout.name(header.first()));
        try (DiskFile file = disk.open(path, Disk.Access.READ)) {
            return new Segment(path, header.first(), header.firstMs(), last, file.size(), file.size());
        }
    }

    /** @param nextFirst position at which another segment goes on: what this one has of it does not count */
    private Segment read(final Layout.Header header, final long nextFirst) throws IOException {
        final Path path = folder.resolve(Layout.name(header.first()));
        final Segment whole = new Segment(path, header.first(), header.firstMs(), Long.MAX_VALUE, 0, 0);
        final long size;
        try (DiskFile file = disk.open(path, Disk.Access.READ)) {
            size = file.size();
        }
        final BlockReader reader = new BlockReader(disk, label.epoch());
        long at = Layout.HEADER_BYTES;
        long last = header.first() - 1;
        try {
            while (at < size && last + 1 < nextFirst) {
                final Layout.Block block = reader.header(whole, at, size);
                reader.payload(whole, at, block, size);
                if (block.first() != last + 1 || block.last() >= nextFirst) {
                    throw new DamagedException(whole, at, "a block is not of the positions that come next");
                }
                last = block.last();
                at += block.bytes();
            }
        } catch (final DamagedException torn) {
            LOG.info("events end with position {}, what follows is filled in from the journal: {}", last, torn.getMessage());
        }
        return new Segment(path, header.first(), header.firstMs(), last, at, 0);
    }

    private void delete(final long first, final String why) throws IOException {
        LOG.warn("events: {} is thrown away, {}", Layout.name(first), why);
        disk.delete(folder.resolve(Layout.name(first)));
    }
}
