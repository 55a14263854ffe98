package org.mawid.engine.readmodel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;
import org.mawid.engine.readmodel.ReadModelConfig;

/** The hand that feeds a {@link LiveEvents} with what a {@link Book} says, as recovery and a running core do. */
final class Fed {
    static final long EVER = Long.MAX_VALUE / 2;
    /** Many segments of few positions, and nothing is ever too old or too much. */
    static final ReadModelConfig SMALL = Book.config(4_096, 6_000, EVER, 1L << 40);

    final Book book = new Book();

    LiveEvents start(final FakeDisk disk, final ReadModelConfig config, final long snapshot) {
        return start(disk, config, book, snapshot);
    }

    /** As recovery does: replays what is behind the snapshot, up to the end of the journal. */
    static LiveEvents start(final FakeDisk disk, final ReadModelConfig config, final Book told, final long snapshot) {
        final LiveEvents log = Book.open(disk, config);
        for (long position = snapshot + 1; position <= told.position(); position++) {
            told.replay(log, position);
        }
        log.settle(told.position(), Book.nowMs(told.position()));
        return log;
    }

    /** A log of the first positions, after a clean stop. */
    LiveEvents closed(final FakeDisk disk, final int positions) {
        final LiveEvents log = start(disk, SMALL, 0);
        live(log, positions);
        log.close();
        return log;
    }

    void live(final LiveEvents log, final int positions) {
        live(log, book, positions);
    }

    static void live(final LiveEvents log, final Book told, final int positions) {
        for (int i = 0; i < positions; i++) {
            told.next(log);
            if (told.position() % 3 == 0 || i == positions - 1) {
                log.reflects(told.position());
                log.show(Book.nowMs(told.position()));
            }
        }
    }

    void assertFollowed(final LiveEvents log, final long position, final int ordinal, final int post) {
        final Subscription follower = log.subscribe(new Cursor(log.epoch(), position, ordinal), post);
        if (position == 0 && ordinal == 0) {
            return; // that is "from now on"
        }
        assertThat(Book.polled(follower)).as("from %d.%d", position, ordinal).isEqualTo(book.after(position, ordinal, post));
        assertThat(follower.isLost()).isFalse();
        assertThat(follower.cursor()).isEqualTo(Cursor.after(log.epoch(), book.position()));
    }

    static void deleteSegments(final FakeDisk disk) throws IOException {
        for (final String segment : segments(disk)) {
            disk.delete(Book.EVENTS.resolve(segment));
        }
    }

    static List<String> segments(final FakeDisk disk) throws IOException {
        return disk.list(Book.EVENTS).stream().filter(Layout::isSegment).sorted().toList();
    }
}
