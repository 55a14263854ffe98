package org.mawid.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mawid.engine.CommandSource;
import org.mawid.engine.Samples;
import org.mawid.engine.core.Bookmark;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.journal.FakeDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.readmodel.availability.AvailabilityFeed;
import org.mawid.engine.ring.SteppedPipeline;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.Recovery;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.StampRecordDecoder;

/** Applications on their way out of memory, through the real ring, journal and core, a step at a time. */
class ConveyorTest {
    private static final Path ARCHIVE = Path.of("archive");
    private static final JournalId ID = new JournalId(5, 6);
    private static final long START_MS = 1_767_225_600_000L;
    private static final long LONG_ENOUGH_MS = 31 * 86_400_000L;
    private static final int RING = 1_024;
    /** Submitted, held, confirmed, checked in, called, served: who retires as many as end must not need more commands of others than these. */
    private static final int COMMANDS_OF_A_LIFE = 6;
    /** Records that are told for one question. */
    private static final int AT_ONCE = 256;
    /** The application that has stamps, when there are any. */
    private static final long LARGE = 40;

    private FakeDisk disk = new FakeDisk(1, false);
    private long nowMs = START_MS;
    private Journal journal;
    private EngineCore core;
    private SteppedPipeline pipeline;
    private Conveyor conveyor;
    /** Void stamps of {@link #LARGE}. */
    private int stamps;
    private long requests;
    private long answered;

    private void start() throws IOException {
        journal = Journal.open(JournalConfig.in(Path.of("journal"), disk, ID).withSizes(JournalConfig.MIN_SEGMENT_BYTES, 64 * 1024).withBackground(false));
        core = Recovery.begin(Snapshots.open(disk, Path.of("snapshots")), journal, journal.recoveredPosition(), Pace.full());
        Recovery.finish(core, journal, Replay.Listener.NONE);
        final AvailabilityFeed readSide = new AvailabilityFeed();
        readSide.beginRebuild(core.position(), core.nowMs());
        readSide.endRebuild();
        pipeline = new SteppedPipeline(RING, () -> nowMs, journal.writer(), core, readSide);
        conveyor = new Conveyor(pipeline, () -> nowMs, new ArchiveWriter(disk, ARCHIVE, ID), () -> { });
    }

    private Result send(final CommandSource source) {
        return pipeline.submit(source, (tag, outcome, events, offset, length) -> answered++, 0);
    }

    private void must(final CommandSource source) {
        if (send(source) != Result.OK) {
            pipeline.drain();
            assertThat(send(source)).isEqualTo(Result.OK);
        }
    }

    /** Applications 1 to {@code count}, which end at once. */
    private void ended(final int count) {
        must((index, slot, offset) -> Samples.defineService(slot, offset, ++requests, nowMs));
        for (long number = 1; number <= count; number++) {
            final long application = number;
            must((index, slot, offset) -> Samples.submit(slot, offset, ++requests, nowMs, 0, application));
            if (application == LARGE && stamps > 0) {
                voidStamps();
            }
            must((index, slot, offset) -> Samples.withdraw(slot, offset, ++requests, nowMs, application));
        }
        pipeline.drain();
        assertThat(inMemory()).hasSize(count);
        nowMs += LONG_ENOUGH_MS;
        must((index, slot, offset) -> Samples.definePost(slot, offset, ++requests, nowMs, 0)); // or log time would stand still
        pipeline.drain();
    }

    private void voidStamps() {
        must((index, slot, offset) -> Samples.setTariff(slot, offset, ++requests, nowMs));
        must((index, slot, offset) -> Samples.definePost(slot, offset, ++requests, nowMs, 0));
        final int post = Samples.postOf(requests);
        must((index, slot, offset) -> Samples.setRate(slot, offset, ++requests, nowMs, post));
        for (long number = 1; number <= stamps; number++) {
            final long stamp = number;
            must((index, slot, offset) -> Samples.issueStamp(slot, offset, ++requests, nowMs, LARGE, post));
            must((index, slot, offset) -> Samples.voidStamp(slot, offset, ++requests, nowMs, stamp));
        }
    }

    private void fillTheRing() {
        while (send((index, slot, offset) -> Samples.definePost(slot, offset, ++requests, nowMs, 0)) == Result.OK) {
            continue;
        }
    }

    private Set<Long> inMemory() {
        final Set<Long> numbers = new HashSet<>();
        long from = 0;
        do {
            from = core.dump(RecordKind.APPLICATIONS, from, 1_000, (template, buffer, offset, length) -> numbers.add(number(buffer, offset)));
        } while (from != 0);
        return numbers;
    }

    private Set<Long> inArchive() throws IOException {
        final Set<Long> numbers = new HashSet<>();
        final Archive.Contents contents = Archive.read(disk, ARCHIVE, ID, (template, buffer, offset, length) -> {
            if (template == ApplicationRecordDecoder.TEMPLATE_ID) {
                numbers.add(number(buffer, offset));
            }
        });
        assertThat(contents.damages()).isEmpty();
        return numbers;
    }

    /** Numbers of the stamps there. */
    private Set<Long> stampsInArchive() throws IOException {
        final Set<Long> numbers = new HashSet<>();
        Archive.read(disk, ARCHIVE, ID, (template, buffer, offset, length) -> {
            if (template == StampRecordDecoder.TEMPLATE_ID) {
                numbers.add(new StampRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder()).stampId());
            }
        });
        return numbers;
    }

    private static long number(final org.agrona.DirectBuffer buffer, final int offset) {
        return new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder()).applicationId();
    }

    private static Set<Long> upTo(final int count) {
        return LongStream.rangeClosed(1, count).boxed().collect(Collectors.toSet());
    }

    private void round() throws IOException {
        conveyor.begin(1_000_000);
        while (conveyor.isBusy()) {
            conveyor.turn();
            pipeline.drain();
        }
    }

    @Test
    void givenARingThatIsAlwaysFull_whenApplicationsHaveEnded_thenAsManyLeaveAsCanEnd() throws IOException {
        final int count = 4_000;
        start();
        ended(count);
        answered = 0;
        conveyor.begin(1_000_000);
        while (conveyor.isBusy()) {
            fillTheRing();
            assertThat(send((index, slot, offset) -> Samples.definePost(slot, offset, ++requests, nowMs, 0))).isEqualTo(Result.UNAVAILABLE);
            conveyor.turn();
            pipeline.drain();
            assertThat(answered).as("commands of others meanwhile").isLessThan((long) count * COMMANDS_OF_A_LIFE);
        }
        assertThat(conveyor.retired()).isEqualTo(count);
        assertThat(inMemory()).isEmpty();
        assertThat(inArchive()).isEqualTo(upTo(count));
    }

    @Test
    void givenAnIdleRing_whenApplicationsHaveEnded_thenNobodyEverWaitsBehindMoreThanOneStep() throws IOException {
        start();
        ended(500);
        conveyor.begin(1_000_000);
        while (conveyor.isBusy()) {
            conveyor.turn();
            assertThat(pipeline.ringDepth()).isLessThanOrEqualTo(1);
            pipeline.drain();
        }
        assertThat(inMemory()).isEmpty();
    }

    @Test
    void givenWhatHasNotEndedOrNotLongAgo_whenARoundIsOver_thenItStays() throws IOException {
        start();
        ended(100);
        must((index, slot, offset) -> Samples.submit(slot, offset, ++requests, nowMs, 0, 1_001)); // goes on
        must((index, slot, offset) -> Samples.submit(slot, offset, ++requests, nowMs, 0, 1_002));
        must((index, slot, offset) -> Samples.withdraw(slot, offset, ++requests, nowMs, 102)); // has just ended
        round();
        assertThat(inMemory()).containsExactlyInAnyOrder(101L, 102L);
        assertThat(inArchive()).isEqualTo(upTo(100));
    }

    @Test
    void givenAnArchiveThatCannotBeWritten_whenItCanAgain_thenTheNextRoundTakesWhatWasFound() throws IOException {
        start();
        ended(300);
        disk.setFull(true);
        conveyor.begin(1_000_000);
        conveyor.turn();
        pipeline.drain();
        assertThatThrownBy(conveyor::turn).isInstanceOf(IOException.class);
        pipeline.drain();
        while (conveyor.isBusy()) {
            conveyor.turn();
            pipeline.drain();
        }
        assertThat(inMemory()).isEqualTo(upTo(300));
        disk.setFull(false);
        round();
        assertThat(inMemory()).isEmpty();
        assertThat(inArchive()).isEqualTo(upTo(300));
    }

    @Test
    void givenAnArchiveThatCannotBeWrittenInTheMiddleOfALargeApplication_whenItCanAgain_thenTheNextRoundArchivesTheWholeOfIt() throws IOException {
        stamps = 700;
        start();
        ended(50);
        conveyor.begin(1_000_000);
        while (stampsInArchive().isEmpty()) {
            conveyor.turn();
            pipeline.drain();
        }
        disk.setFull(true);
        assertThatThrownBy(conveyor::turn).isInstanceOf(IOException.class);
        disk.setFull(false);
        pipeline.drain();
        while (conveyor.isBusy()) {
            conveyor.turn();
            pipeline.drain();
        }
        assertThat(inArchive()).doesNotContain(LARGE);
        assertThat(inMemory()).contains(LARGE);
        round();
        assertThat(inMemory()).isEmpty();
        assertThat(inArchive()).isEqualTo(upTo(50));
        assertThat(stampsInArchive()).isEqualTo(upTo(stamps));
    }

    @Test
    void givenManyApplications_whenAllAreTold_thenWhoWaitsBehindTheQuestionIsNotKeptLong() throws IOException {
        start();
        ended(300);
        final List<Integer> told = new ArrayList<>();
        assertThat(core.dumpApplications(0, 1_000, (template, buffer, offset, length) -> told.add(template))).isEqualTo(AT_ONCE + 1);
        assertThat(told).hasSize(AT_ONCE);
        assertThat(core.dumpApplications(AT_ONCE + 1, 1_000, (template, buffer, offset, length) -> told.add(template))).isZero();
        assertThat(told).hasSize(300);
    }

    @Test
    void givenALargeApplication_whenToldInParts_thenItComesBehindAllThatBelongsToItAndWhatLeftBetweenTwoPartsIsNotTold() throws IOException {
        stamps = 700;
        start();
        ended(50);
        final Bookmark at = new Bookmark();
        at.moveTo(LARGE);
        final List<Long> all = new ArrayList<>();
        while (at.number() == LARGE) {
            final List<Long> part = told(at);
            assertThat(part).hasSizeLessThanOrEqualTo(AT_ONCE);
            all.addAll(part);
        }
        assertThat(all).containsExactlyElementsOf(LongStream.concat(LongStream.iterate(stamps, stamp -> stamp > 0, stamp -> stamp - 1), LongStream.of(-LARGE)).boxed().toList());

        at.moveTo(LARGE);
        assertThat(told(at)).hasSize(AT_ONCE);
        round();
        assertThat(inMemory()).isEmpty();
        assertThat(told(at)).isEmpty();
        assertThat(at.number()).isZero();
    }

    /** Stamps and, negative, applications. */
    private List<Long> told(final Bookmark at) {
        final List<Long> told = new ArrayList<>();
        core.dumpRetirable(at, 512, 32, (template, buffer, offset, length) -> told.add(
                template == ApplicationRecordDecoder.TEMPLATE_ID ? -number(buffer, offset) : buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH)));
        return told;
    }

    /** Everywhere: between found and archived, archived and retired, in the middle of each write. */
    @Test
    void givenACrashAnywhere_whenTheNextProcessGoesOn_thenEveryApplicationIsInMemoryOrInTheArchiveAndAllLeaveInTheEnd() throws IOException {
        final Set<String> seen = new HashSet<>();
        for (int call = 1; call < 40; call++) {
            seen.addAll(crash(call));
        }
        assertThat(seen).as("what was so when the process died").contains("archived, not retired", "retired", "nothing archived");
    }

    /** With an idle ring, so that each part is a block. */
    @Test
    void givenACrashWithinAnApplicationOfSeveralBlocks_whenTheNextProcessGoesOn_thenItIsInMemoryOrInTheArchiveAsAWhole() throws IOException {
        stamps = 700;
        final Set<String> seen = new HashSet<>();
        for (int call = 1; call < 40; call++) {
            seen.addAll(crash(call));
        }
        assertThat(seen).as("what was so when the process died").contains("nothing of the large one", "a part of it", "all of it", "without it");
    }

    private List<String> crash(final int call) throws IOException {
        final int count = 200;
        disk = new FakeDisk(call, false);
        nowMs = START_MS;
        start();
        ended(count);
        disk.crashAt(disk.calls() + call);
        try {
            if (stamps == 0) {
                fillTheRing();
            }
            round();
        } catch (final FakeDisk.Crash | JournalException | IOException died) {
            assertThat(died).isNotNull();
        }
        disk.powerLoss();
        start();
        final Set<Long> left = inMemory();
        final Set<Long> archived = inArchive();
        final List<String> so = List.of(left.isEmpty() || left.size() < count ? "retired" : "nothing retired",
                archived.isEmpty() ? "nothing archived" : left.stream().anyMatch(archived::contains) ? "archived, not retired" : "archived",
                large(left.contains(LARGE), archived.contains(LARGE)));
        archived.addAll(left);
        assertThat(archived).as("in memory or in the archive after a crash at call %d", call).isEqualTo(upTo(count));
        round();
        assertThat(inMemory()).isEmpty();
        assertThat(inArchive()).isEqualTo(upTo(count));
        assertThat(stampsInArchive()).isEqualTo(upTo(stamps));
        final long hash = core.stateHash();
        disk.kill();
        start();
        assertThat(core.stateHash()).as("state by replay").isEqualTo(hash);
        return so;
    }

    private String large(final boolean isInMemory, final boolean isInArchive) throws IOException {
        final int there = stampsInArchive().size();
        assertThat(there).as("stamps of an application that is in the archive").isGreaterThanOrEqualTo(isInArchive ? stamps : 0);
        if (isInMemory) {
            return isInArchive ? "all of it" : there > 0 ? "a part of it" : "nothing of the large one";
        }
        return "without it";
    }
}
