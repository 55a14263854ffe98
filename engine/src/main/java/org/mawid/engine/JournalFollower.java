package org.mawid.engine;

import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.snapshot.Pace;

/** A reader of the journal that stays open: to find a position costs reading all of its segment that is before it. */
final class JournalFollower implements LogFollower {
    private final JournalReader reader;

    /** @param from to the last position + 1 @param pace kept from the first read on, on the thread that reads */
    JournalFollower(final Journal journal, final long from, final Pace pace) {
        reader = journal.gentleReader(Math.max(from, journal.firstPosition()), pace::restAfterDisk);
    }

    @Override
    public void read(final long upTo, final Taker taker) {
        reader.read(upTo, (position, nowMs, flags, buffer, offset, length) -> taker.onCommand(position, nowMs, buffer, offset, length));
    }

    @Override
    public void close() {
        reader.close();
    }
}
