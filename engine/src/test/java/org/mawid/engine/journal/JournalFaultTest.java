package org.mawid.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any single call to the disk may fail. A failed write or sync poisons the writer; a segment that cannot be made does not. */
class JournalFaultTest {
    private static final int RECORDS = 2_500;

    private final List<Sample.Entry> appended = new ArrayList<>();
    private long durable;
    private long refused;
    private boolean poisoned;

    @ParameterizedTest
    @CsvSource({"true, Input/output error", "false, Input/output error", "true, No space left on device", "false, No space left on device"})
    void givenAnyOneCallThatFails_whenItDoes_thenPoisonedOrNoRoomAndNothingAcknowledgedIsLost(
            final boolean durableWrites, final String text) {
        final FakeDisk whole = new FakeDisk(1, durableWrites);
        run(whole);
        final long calls = whole.calls();
        int poisonings = 0;
        int refusals = 0;
        for (long half = 2; half < 2 * calls + 2; half++) {
            final long call = half / 2;
            final FakeDisk disk = new FakeDisk(half, durableWrites).failAt(call, text);
            final boolean opened = run(disk);
            final String failed = disk.failedCall();
            assertThat(failed).as("call " + call).isNotNull();
            if (opened) {
                final boolean ofTheLog = failed.contains("WRITE_BLOCKS") && !failed.startsWith("open")
                        || failed.startsWith("rename") || failed.startsWith("syncFolder");
                assertThat(poisoned).as(failed).isEqualTo(ofTheLog);
                poisonings += poisoned ? 1 : 0;
                refusals += refused > 0 ? 1 : 0;
                assertThat(refused > 0).as(failed).isEqualTo(
                        failed.contains("CREATE_BLOCKS") || failed.startsWith("open") && failed.contains("WRITE_BLOCKS"));
            }
            if (half % 2 == 0) {
                disk.kill();
            } else {
                disk.powerLoss();
            }
            final Journal again = Journal.open(Sample.config(disk)); // not closed, because then the power goes
            final List<Sample.Entry> found = Sample.read(again, 1);
            assertThat((long) found.size()).as(failed).isBetween(durable, (long) appended.size());
            assertThat(found).as(failed).isEqualTo(appended.subList(0, found.size()));
            // What was found counts, though a sync that failed may have left it in the machine's memory only.
            disk.powerLoss();
            try (Journal journal = Journal.open(Sample.config(disk))) {
                assertThat(Sample.read(journal, 1)).as("found after a failed %s, and then the power went", failed).isEqualTo(found);
            }
        }
        assertThat(poisonings).isGreaterThan(20);
        assertThat(refusals).isGreaterThan(2);
    }

    @Test
    void givenAFullDisk_whenTheSegmentIsUsedUp_thenNoRoomAndReadsGoOnAndItEndsWhenThereIsRoom() {
        final FakeDisk disk = new FakeDisk(1, true);
        try (Journal journal = Journal.open(Sample.config(disk))) {
            final JournalWriter writer = journal.writer();
            disk.setFull(true);
            long position = 0;
            while (writer.hasRoom()) {
                position = appendOne(writer, position);
            }
            writer.flush();
            assertThat(position).isGreaterThan(500);
            assertThat(writer.hasRoom()).isFalse();
            assertThat(Sample.read(journal, 1)).hasSize((int) position);
            assertThat(writer.seal()).isEqualTo(position); // a seal has room
            disk.setFull(false);
            assertThat(writer.hasRoom()).isTrue();
            final long before = position;
            while (position < before + 100) {
                position = appendOne(writer, position);
            }
            assertThat(writer.flush()).isEqualTo(position);
        }
        try (Journal journal = Journal.open(Sample.config(disk))) {
            assertThat(journal.tornTail()).isNull();
            assertThat(Sample.read(journal, 1)).hasSizeGreaterThan(600);
        }
    }

    @Test
    void givenAFullDiskAndABackgroundMaker_whenThereIsRoomAgain_thenItIsFoundWithoutBeingAsked() {
        final FakeDisk disk = new FakeDisk(1, true);
        final JournalConfig config = Sample.config(disk).withBackground(true).withPatience(60_000, 5);
        try (Journal journal = Journal.open(config)) {
            final JournalWriter writer = journal.writer();
            disk.setFull(true);
            long position = 0;
            while (writer.hasRoom()) {
                position = appendOne(writer, position);
            }
            assertThat(writer.hasRoom()).isFalse();
            disk.setFull(false);
            await().until(writer::hasRoom);
            position = appendOne(writer, position);
            assertThat(writer.flush()).isEqualTo(position);
        }
    }

    @Test
    void givenTheMakerOfSegmentsDied_whenTheSegmentIsUsedUp_thenItIsAFailureAndNotAFullDisk() {
        final FakeDisk disk = new FakeDisk(1, true);
        final AtomicBoolean outOfHeap = new AtomicBoolean();
        final Class<?>[] seam = {Disk.class};
        final Disk dying = (Disk) Proxy.newProxyInstance(Disk.class.getClassLoader(), seam, (proxy, method, args) -> {
            if (outOfHeap.get() && method.getName().equals("open") && args[1] == Disk.Access.CREATE_BLOCKS) {
                throw new OutOfMemoryError("asked for");
            }
            try {
                return method.invoke(disk, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        Journal.open(Sample.config(dying)).close();
        outOfHeap.set(true);
        try (Journal journal = Journal.open(Sample.config(dying).withBackground(true))) {
            final JournalWriter writer = journal.writer();
            assertThatThrownBy(() -> {
                for (long position = 0; writer.hasRoom(); ) {
                    position = appendOne(writer, position);
                }
            }).isInstanceOf(JournalFailedException.class).hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void givenNoRoomAtAll_whenCreated_thenItFailsAndASecondTryWithRoomSucceeds() {
        final FakeDisk disk = new FakeDisk(1, true);
        disk.setFull(true);
        assertThatThrownBy(() -> Journal.open(Sample.config(disk))).isInstanceOf(JournalFailedException.class)
                .hasMessageContaining(FakeDisk.NO_SPACE);
        disk.setFull(false);
        Journal.open(Sample.config(disk)).close();
    }

    /** @return whether the journal could be opened at all */
    private boolean run(final FakeDisk disk) {
        appended.clear();
        durable = 0;
        refused = 0;
        poisoned = false;
        final Journal journal;
        try {
            journal = Journal.open(Sample.config(disk));
        } catch (JournalFailedException e) {
            return false;
        }
        final JournalWriter writer = journal.writer();
        try {
            while (appended.size() < RECORDS) {
                if (!writer.hasRoom()) {
                    refused++;
                    assertThat(refused).isLessThan(3);
                    continue;
                }
                final Sample.Entry entry = Sample.entry(3, appended.size() + 1, 0);
                if (!Sample.append(writer, entry)) {
                    durable = writer.flush();
                    assertThat(Sample.append(writer, entry)).isTrue();
                }
                appended.add(entry);
                if (appended.size() % 40 == 0) {
                    durable = writer.flush();
                }
            }
            durable = writer.flush();
            writer.seal();
        } catch (JournalFailedException e) {
            poisoned = true;
            staysPoisoned(disk, writer, e);
        }
        try {
            journal.close();
        } catch (JournalFailedException e) {
            assertThat(disk.failedCall()).startsWith("delete"); // nothing of the log is touched any more
        }
        return true;
    }

    private void staysPoisoned(final FakeDisk disk, final JournalWriter writer, final JournalFailedException first) {
        final long calls = disk.calls();
        final UnsafeBuffer record = new UnsafeBuffer(new byte[8]);
        assertThatThrownBy(writer::flush).isSameAs(first);
        assertThatThrownBy(writer::seal).isSameAs(first);
        assertThatThrownBy(writer::hasRoom).isSameAs(first);
        assertThatThrownBy(() -> writer.append(appended.size() + 1, Long.MAX_VALUE, 0, record, 0, 8)).isSameAs(first);
        assertThat(writer.durablePosition()).isEqualTo(durable);
        assertThat(disk.calls()).isEqualTo(calls);
    }

    private static long appendOne(final JournalWriter writer, final long position) {
        final Sample.Entry entry = Sample.entry(4, position + 1, 0);
        if (!Sample.append(writer, entry)) {
            writer.flush();
            assertThat(Sample.append(writer, entry)).isTrue();
        }
        return position + 1;
    }
}
