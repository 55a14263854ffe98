package org.mawid.engine.readmodel.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.readmodel.EventLog.Cursor;
import org.mawid.engine.readmodel.EventLog.Subscription;
import org.mawid.engine.readmodel.MissingEvents;
import org.mawid.sbe.MessageHeaderEncoder;

/**
 * Events that another program wrote, after an upgrade that was taken back. The journal may be ours to the last byte: the other program brought
 * back events that were lost, and went.
 */
class NewerEventsTest {
    private static final int POSITIONS = 400;
    private static final int SCHEMA = MessageHeaderEncoder.SCHEMA_VERSION;
    private static final int CRC = 8;
    private static final int FORMAT = 12;
    private static final int SCHEMA_AT = 14;

    private final FakeDisk disk = new FakeDisk(1, true);
    private final Fed fed = new Fed();
    private long epoch;
    private List<String> before;

    @BeforeEach
    void aLogOfOurs() throws IOException {
        final LiveEvents log = fed.start(disk, Fed.SMALL, 0);
        fed.live(log, POSITIONS);
        log.close();
        epoch = log.epoch();
        before = Fed.segments(disk);
        assertThat(before).hasSizeGreaterThan(3);
    }

    private void say(final String segment, final int format, final int schema) throws IOException {
        final Path path = Book.EVENTS.resolve(segment);
        final ByteBuffer header = ByteBuffer.wrap(disk.content(path), 0, Layout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(FORMAT, (short) format).putShort(SCHEMA_AT, (short) schema);
        final CRC32C crc = new CRC32C();
        crc.update(header.array(), FORMAT, Layout.HEADER_BYTES - FORMAT);
        header.putInt(CRC, (int) crc.getValue());
        try (DiskFile file = disk.open(path, Disk.Access.REPAIR)) {
            file.writeFully(header, 0);
            file.sync();
        }
    }

    @Test
    void givenEachOneSaysWhatWeAre_whenStarted_thenTheLogGoesOn() throws IOException {
        for (final String segment : before) {
            say(segment, Layout.VERSION, SCHEMA);
        }
        final LiveEvents again = fed.start(disk, Fed.SMALL, POSITIONS);
        assertThat(again.epoch()).isEqualTo(epoch);
        fed.assertFollowed(again, 1, Cursor.ALL, 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 1, 2", "2, 0, 1", "65534, 65533, 3"})
    void givenOneOfANewerProgram_whenStarted_thenNothingOfItIsToldAndOlderCursorsStartAgain(final int formats, final int schemas, final int which) throws IOException {
        say(before.get(which), Layout.VERSION + formats, SCHEMA);
        assertBegunAnew();
        say(Fed.segments(disk).get(0), Layout.VERSION, Math.min(SCHEMA + 1 + schemas, 0xFFFF));
        assertBegunAnew();
    }

    private void assertBegunAnew() throws IOException {
        final LiveEvents again = fed.start(disk, Fed.SMALL, POSITIONS);
        assertThat(again.epoch()).isGreaterThan(epoch);
        assertThat(again.subscribe(Cursor.after(epoch, POSITIONS - 1), 0).isLost()).as("ordinals may be others there").isTrue();
        assertThat(again.keptFrom()).isEqualTo(POSITIONS);
        assertThat(Fed.segments(disk)).isEmpty();
        final MissingEvents missing = again.missing();
        for (long position = 1; position <= POSITIONS; position++) {
            fed.book.replay(missing::onReplayed, position);
        }
        assertThat(missing.finish()).isTrue();
        fed.assertFollowed(again, 1, Cursor.ALL, 0);
        again.close();
        epoch = again.epoch();
        assertThat(fed.start(disk, Fed.SMALL, POSITIONS).epoch()).as("the next start goes on with it").isEqualTo(epoch);
    }

    @Test
    void givenOneOfASchemaThatNeverWas_whenStarted_thenItIsThrownAwayAsDamageIs() throws IOException {
        say(before.get(1), Layout.VERSION, 0);
        final LiveEvents again = fed.start(disk, Fed.SMALL, POSITIONS);
        assertThat(again.epoch()).isEqualTo(epoch);
        final Subscription old = again.subscribe(Cursor.after(epoch, 0), 0);
        Book.polled(old);
        assertThat(old.isLost()).as("it came to the gap").isTrue();
        assertThat(Fed.segments(disk)).doesNotContain(before.get(1)).containsAll(before.subList(2, before.size()));
        fed.assertFollowed(again, again.keptFrom(), Cursor.ALL, 0);
    }
}
