package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.agrona.collections.LongArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.archive.Archive;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.upkeep.DamageKind;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.engine.upkeep.Restore;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampRecordDecoder;

/** What the end of the archive looks like, and what of it is damage: only the journal knows who was retired. */
@Timeout(60)
class ArchiveStoryTest {
    private static final DataDirectory DIRECTORY = new DataDirectory(Rig.DATA);
    private static final Path FILE = DIRECTORY.archive().resolve("archive-0000000001.arc");
    private static final Path SECOND = DIRECTORY.archive().resolve("archive-0000000002.arc");
    private static final int ENDED = 10;
    private static final long LONG_ENOUGH_MS = Duration.ofDays(31).toMillis();
    private final Rig rig = new Rig().with(Setting.RETIRE_EVERY_MS, 1);
    private long requests;
    private long applications;

    @BeforeEach
    void someWereRetired() throws Exception {
        rig.start();
        done((index, slot, offset) -> Samples.defineService(slot, offset, ++requests, rig.clockMs.get()));
        retire();
        rig.close();
        assertThat(inspect()).extracting(Inspection.Report::isWhole, Inspection.Report::archived, Inspection.Report::tornTail)
                .containsExactly(true, (long) ENDED, null);
    }

    @AfterEach
    void nothingHalted() {
        assertThat(rig.halts).isEmpty();
    }

    private void retire() {
        retire(ENDED);
    }

    /** So many more, and who has ended before. */
    private void retire(final int count) {
        for (int i = 0; i < count; i++) {
            submitted();
            withdrawn();
        }
        rig.clockMs.addAndGet(LONG_ENOUGH_MS);
        done((index, slot, offset) -> Samples.definePost(slot, offset, ++requests, rig.clockMs.get(), 0)); // or log time would stand still
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.onCore(core -> core.counts().of("applications")) == 0);
    }

    private void submitted() {
        final long application = ++applications;
        done((index, slot, offset) -> Samples.submit(slot, offset, ++requests, rig.clockMs.get(), 0, application));
    }

    private void withdrawn() {
        done((index, slot, offset) -> Samples.withdraw(slot, offset, ++requests, rig.clockMs.get(), applications));
    }

    /** One more has ended, all of whose stamps are void: numbers 1 to {@code count}. */
    private void endedWithVoidStamps(final int count) {
        done((index, slot, offset) -> Samples.setTariff(slot, offset, ++requests, rig.clockMs.get()));
        done((index, slot, offset) -> Samples.definePost(slot, offset, ++requests, rig.clockMs.get(), 0));
        final int post = Samples.postOf(requests);
        done((index, slot, offset) -> Samples.setRate(slot, offset, ++requests, rig.clockMs.get(), post));
        submitted();
        final AtomicLong answered = new AtomicLong();
        for (long number = 1; number <= count; number++) {
            final long stamp = number;
            offered(answered, (index, slot, offset) -> Samples.issueStamp(slot, offset, ++requests, rig.clockMs.get(), applications, post));
            offered(answered, (index, slot, offset) -> Samples.voidStamp(slot, offset, ++requests, rig.clockMs.get(), stamp));
        }
        await().until(() -> answered.get() == 2L * count);
        withdrawn();
    }

    private void offered(final AtomicLong answered, final CommandSource command) {
        while (rig.engine.submit(command, (tag, outcome, events, offset, length) -> answered.addAndGet(outcome.result() == Result.OK ? 1 : 1 << 30), 0) != Result.OK) {
            Thread.onSpinWait(); // the ring is full
        }
    }

    private void done(final CommandSource command) {
        assertThat(Rig.get(rig.send(command)).result()).isEqualTo(Result.OK);
    }

    /** Number of the application, negative, once it is there; numbers of its stamps, ascending. @param folder of the archive */
    private List<Long> archived(final long application, final Path folder) throws IOException {
        final LongArrayList found = new LongArrayList();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        Archive.read(rig.disk, folder, null, (template, buffer, offset, length) -> {
            if (template == StampRecordDecoder.TEMPLATE_ID) {
                final StampRecordDecoder stamp = new StampRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                assertThat(stamp.applicationId()).isEqualTo(application);
                found.addLong(stamp.stampId());
            } else if (template == ApplicationRecordDecoder.TEMPLATE_ID
                    && new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, header).applicationId() == application) {
                found.addLong(-application);
            }
        });
        return found.stream().sorted().toList();
    }

    private Inspection.Report inspect() {
        return Inspection.of(rig.disk, DIRECTORY);
    }

    @Test
    void givenAWriteThatNeverEnded_whenInspected_thenNothingIsLostAndTheNextStartGoesOnBehindIt() throws Exception {
        final int end = rig.disk.content(FILE).length;
        appended(end, 40);
        assertThat(inspect()).extracting(Inspection.Report::isWhole, Inspection.Report::archived).containsExactly(true, (long) ENDED);
        assertThat(inspect().tornTail()).isEqualTo(FILE + " from offset " + end + ": a block is cut off");
        rig.start();
        retire();
        rig.close();
        assertThat(inspect()).extracting(Inspection.Report::isWhole, Inspection.Report::archived, Inspection.Report::tornTail)
                .containsExactly(true, 2L * ENDED, null);
    }

    @Test
    void givenTheEndOfABlockWhoseApplicationsWereRetired_whenItIsGone_thenItIsDamageThereAndNoTornTail() {
        rig.disk.truncate(FILE, rig.disk.content(FILE).length - 5);
        assertThat(inspect().tornTail()).isNull();
        assertThat(inspect().damages()).singleElement().satisfies(damage -> {
            assertThat(damage).extracting(Inspection.Damage::kind, Inspection.Damage::file).containsExactly(DamageKind.ARCHIVE, FILE.toString());
            assertThat(damage.offset()).isBetween(64L, (long) rig.disk.content(FILE).length);
            assertThat(damage.what()).matches("a block is cut off, and application \\d+ was retired and is not in the archive");
        });
    }

    @Test
    void givenAnApplicationWithMoreStampsThanABlockHolds_whenItHasEnded_thenItAndThoseBehindItLeaveAndArchiveAndBackUpHaveAllOfIt() throws Exception {
        final int stamps = 60_000;
        final Path restored = Path.of("restored");
        rig.start();
        endedWithVoidStamps(stamps);
        final long large = applications;
        retire();
        final List<Long> all = LongStream.concat(LongStream.of(-large), LongStream.rangeClosed(1, stamps)).boxed().toList();
        assertThat(archived(large, DIRECTORY.archive())).isEqualTo(all);
        rig.engine.backup(Path.of("backup"));
        rig.close();
        assertThat(inspect()).extracting(Inspection.Report::isWhole, Inspection.Report::archived, Inspection.Report::tornTail)
                .containsExactly(true, 2L * ENDED + 1, null);
        Restore.into(rig.disk, Path.of("backup"), restored);
        assertThat(archived(large, restored.resolve("archive"))).isEqualTo(all);
        assertThat(Inspection.of(rig.disk, new DataDirectory(restored))).extracting(Inspection.Report::isWhole, Inspection.Report::archived)
                .containsExactly(true, 2L * ENDED + 1);
    }

    @Test
    void givenAnApplicationInSeveralBlocks_whenTheEndOfTheLastIsGone_thenItIsDamageAndNoTornTail() throws Exception {
        rig.start();
        endedWithVoidStamps(600);
        retire(0);
        rig.close();
        rig.disk.truncate(SECOND, rig.disk.content(SECOND).length - 5);
        assertThat(inspect().tornTail()).isNull();
        assertThat(inspect().damages()).singleElement().extracting(Inspection.Damage::what).asString()
                .isEqualTo("a block is cut off, and application " + applications + " was retired and is not in the archive");
    }

    /** The beginning of a block, which is as good as that of any other. */
    private void appended(final int at, final int length) throws IOException {
        try (DiskFile file = rig.disk.open(FILE, Disk.Access.REPAIR)) {
            file.writeFully(ByteBuffer.wrap(rig.disk.content(FILE), 64, length), at);
            file.sync();
        }
    }
}
