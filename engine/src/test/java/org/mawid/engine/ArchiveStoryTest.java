package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.DiskFile;
import org.mawid.engine.upkeep.DamageKind;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.sbe.Result;

/** What the end of the archive looks like, and what of it is damage: only the journal knows who was retired. */
@Timeout(60)
class ArchiveStoryTest {
    private static final DataDirectory DIRECTORY = new DataDirectory(Rig.DATA);
    private static final Path FILE = DIRECTORY.archive().resolve("archive-0000000001.arc");
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
        for (int i = 0; i < ENDED; i++) {
            final long application = ++applications;
            done((index, slot, offset) -> Samples.submit(slot, offset, ++requests, rig.clockMs.get(), 0, application));
            done((index, slot, offset) -> Samples.withdraw(slot, offset, ++requests, rig.clockMs.get(), application));
        }
        rig.clockMs.addAndGet(LONG_ENOUGH_MS);
        done((index, slot, offset) -> Samples.definePost(slot, offset, ++requests, rig.clockMs.get(), 0)); // or log time would stand still
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.onCore(core -> core.counts().of("applications")) == 0);
    }

    private void done(final CommandSource command) {
        assertThat(Rig.get(rig.send(command)).result()).isEqualTo(Result.OK);
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

    /** The beginning of a block, which is as good as that of any other. */
    private void appended(final int at, final int length) throws IOException {
        try (DiskFile file = rig.disk.open(FILE, Disk.Access.REPAIR)) {
            file.writeFully(ByteBuffer.wrap(rig.disk.content(FILE), 64, length), at);
            file.sync();
        }
    }
}
