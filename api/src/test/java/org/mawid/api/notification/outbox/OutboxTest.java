package org.mawid.api.notification.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.api.notification.notice.Notice;
import org.mawid.engine.readmodel.EventLog.Cursor;

/** What is to be told outlives the power, in its order, and what was told does not come back. */
class OutboxTest {
    @TempDir
    private Path folder;

    @Test
    void givenNotices_whenTheFileIsAsItIsAfterAPowerCut_thenAllThatWasKeptIsThere() throws Exception {
        try (Outbox outbox = Outbox.open(file())) {
            assertThat(outbox.progress()).isNull();
            final Progress gone = new Progress("a-log", new Cursor(3, 17, 2), 5_000);
            final List<Entry> added = outbox.add(List.of(notice(1), notice(2), notice(3)), 100, gone);
            assertThat(added).extracting(Entry::id).containsExactly(1L, 2L, 3L);
            final Entry failed = added.get(1).failed(900);
            outbox.change(List.of(failed), List.of(1L));
            final Path after = Files.copy(file(), folder.resolve("copied.mv")); // nobody has closed it
            try (Outbox again = Outbox.open(after)) {
                assertThat(again.progress()).isEqualTo(gone);
                assertThat(again.entries()).containsExactly(failed, added.get(2));
                assertThat(again.add(List.of(notice(4)), 200, gone.at(Cursor.after(3, 18)).remindedUntil(6_000))).extracting(Entry::id).as("no id is given again").containsExactly(4L);
                assertThat(again.progress()).isEqualTo(new Progress("a-log", Cursor.after(3, 18), 6_000));
            }
        }
    }

    @Test
    void givenEachKindAndWay_thenItIsKeptAsItIs() {
        for (final Kind kind : Kind.values()) {
            for (final Channel channel : Channel.values()) {
                final Entry entry = new Entry(7, new Notice(new Happening(kind, Long.MAX_VALUE, 65_535, 4_095, 1, 2, 3, 4), channel, -1), 3, 9);
                assertThat(Entry.of(7, entry.longs())).isEqualTo(entry);
            }
        }
    }

    @Test
    void givenMuchTraffic_thenTheFileStaysSmall() throws Exception {
        try (Outbox outbox = Outbox.open(file())) {
            for (int i = 1; i <= 500; i++) {
                final List<Entry> added = outbox.add(List.of(notice(i), notice(i)), i, new Progress("a-log", Cursor.after(1, i), 0));
                outbox.change(List.of(), List.of(added.get(0).id(), added.get(1).id()));
            }
            assertThat(outbox.entries()).isEmpty();
        }
        assertThat(Files.size(file())).isLessThan(1 << 20);
    }

    @Test
    void givenAnotherServerHasIt_orItIsSomethingElse_thenItIsSaidInALine() throws Exception {
        try (Outbox outbox = Outbox.open(file())) {
            assertThat(outbox.entries()).isEmpty();
            assertThatThrownBy(() -> Outbox.open(file())).isInstanceOf(IOException.class).hasMessageContaining("another server has it");
        }
        Files.writeString(file(), "x".repeat(20_000));
        assertThatThrownBy(() -> Outbox.open(file())).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    private Path file() {
        return folder.resolve("notifications").resolve("outbox.mv");
    }

    private static Notice notice(final long position) {
        return new Notice(new Happening(Kind.CONFIRMED, position, 0, 1, 2, 3, 4, 0), Channel.EMAIL, 0x5EC2_E700_0000_0001L);
    }
}
