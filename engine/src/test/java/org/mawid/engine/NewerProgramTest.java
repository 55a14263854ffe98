package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.engine.Rig.Answer;
import org.mawid.engine.archive.OtherArchive;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.engine.snapshot.OtherSnapshot;
import org.mawid.engine.upkeep.Inspection;
import org.mawid.engine.upkeep.Repair;
import org.mawid.engine.upkeep.UpkeepException;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SetCoreVersionEncoder;

/** After an upgrade that was taken back: what the newer program has acknowledged is not read by the older one as something else. */
@Timeout(60)
class NewerProgramTest {
    private static final DataDirectory DIRECTORY = new DataDirectory(Rig.DATA);
    private static final Path FIRST = DIRECTORY.journal().resolve("journal-00000000000000000001.seg");
    private static final JournalId ID = new JournalId(7, 301);
    private static final int SCHEMA = MessageHeaderDecoder.SCHEMA_VERSION;
    /** In a log that nobody has switched. */
    private static final int IN_FORCE = 1;
    private static final int NEXT_CORE_VERSION = EngineCore.NEWEST_CORE_VERSION + 1;
    /** Of a program that has our schema, and rules of behaviour that we do not know. */
    private static final int SAME_SCHEMA = SCHEMA | NEXT_CORE_VERSION - 1 << 16;
    private final Rig rig = new Rig();

    /** Ten commands of ours, and then one of another program. */
    private void served(final int word, final UnsafeBuffer command) throws Exception {
        rig.start().askAll(1, 10);
        rig.kill();
        serveByOther(word, command);
    }

    private void serveByOther(final int word, final UnsafeBuffer command) {
        try (Journal journal = Journal.open(JournalConfig.in(DIRECTORY.journal(), rig.disk, ID).withSizes(JournalConfig.MIN_SEGMENT_BYTES, 8192)
                .withBackground(false).withSchemaWord(word))) {
            final JournalWriter writer = journal.writer();
            assertThat(writer.hasRoom()).isTrue();
            assertThat(writer.append(journal.recoveredPosition() + 1, Rig.START_MS, 0, command, 0, command.capacity())).isTrue();
            writer.flush();
        }
    }

    private static UnsafeBuffer definePost(final int schema) {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[1024]);
        final int length = Samples.definePost(command, 0, 5_000, Rig.START_MS, 0);
        command.putShort(MessageHeaderDecoder.versionEncodingOffset(), (short) schema, ByteOrder.LITTLE_ENDIAN);
        return new UnsafeBuffer(command, 0, length);
    }

    private static UnsafeBuffer setCoreVersion(final int version) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final SetCoreVersionEncoder command = new SetCoreVersionEncoder();
        command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.request().idHigh(Samples.CLIENT).idLow(9_999).createdMs(Rig.START_MS).channel(Channel.SYSTEM);
        command.coreVersion(version);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength());
    }

    private static CommandSource source(final UnsafeBuffer command) {
        return (index, slot, offset) -> {
            slot.putBytes(offset, command, 0, command.capacity());
            return command.capacity();
        };
    }

    private Inspection.Report inspect() {
        return Inspection.of(rig.disk, DIRECTORY);
    }

    private void assertRefusedEverywhere(final String why) {
        for (final ThrowingCallable use : new ThrowingCallable[] {rig::start, this::inspect}) {
            assertThatThrownBy(use).isInstanceOfAny(EngineStartException.class, UpkeepException.class).message().contains(why).hasLineCount(1);
        }
    }

    @Test
    void givenALogThatANewerSchemaWentOnWith_whenOpenedHere_thenRefusedInOneLineAndNoByteIsOther() throws Exception {
        served(SCHEMA + 1, definePost(SCHEMA + 1));
        final byte[] before = rig.disk.content(FIRST);
        final String why = "journal-00000000000000000011.seg was written by a newer program, schema " + (SCHEMA + 1) + "; this one knows " + SCHEMA + ": start that one";
        assertRefusedEverywhere(why);
        assertThatThrownBy(() -> Repair.skip(rig.disk, DIRECTORY, 11)).isInstanceOf(UpkeepException.class).hasMessageContaining(why);
        assertThat(rig.disk.content(FIRST)).isEqualTo(before);
    }

    @Test
    void givenAnOlderProgramThatWentOnAfterANewerOne_whenOpenedHere_thenRefusedForTheSegmentBetween() throws Exception {
        served(SCHEMA + 1, definePost(SCHEMA + 1));
        serveByOther(SCHEMA, definePost(SCHEMA));
        assertRefusedEverywhere("journal-00000000000000000011.seg was written by a newer program");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE | 1})
    void givenASchemaWordThatNoProgramWrites_whenOpened_thenRefused(final int word) throws Exception {
        served(word, definePost(SCHEMA));
        assertRefusedEverywhere("has the schema word " + word + ", which no program writes");
    }

    /** Ten commands of ours, a snapshot of them as another program writes it, and one command of ours behind it. */
    private void snapshotByOther(final int schema, final int coreVersion) throws Exception {
        rig.start().askAll(1, 10);
        rig.onCore(core -> {
            try {
                OtherSnapshot.write(rig.disk, DIRECTORY.snapshots(), core, ID, schema, coreVersion);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            return core.position();
        });
        rig.ask(11);
        rig.kill();
    }

    @Test
    void givenASnapshotAsAnotherProgramOfOurVersionsWritesIt_whenStarted_thenItIsUsed() throws Exception {
        snapshotByOther(SCHEMA, IN_FORCE);
        assertThat(inspect().damages()).isEmpty();
        rig.start();
        assertThat(rig.engine.status().snapshotPosition()).isEqualTo(10);
        rig.close();
    }

    @Test
    void givenASnapshotOfANewerSchema_whenOpened_thenRefusedRatherThanPassedOver() throws Exception {
        snapshotByOther(SCHEMA + 1, IN_FORCE);
        assertRefusedEverywhere("snapshot-00000000000000000010.snap was written by a newer program, schema " + (SCHEMA + 1) + "; this one knows " + SCHEMA
                + ": start that one");
    }

    @Test
    void givenASnapshotOfAStateWithNewerRules_whenOpened_thenRefused() throws Exception {
        snapshotByOther(SCHEMA, NEXT_CORE_VERSION);
        assertRefusedEverywhere("snapshot-00000000000000000010.snap was written by a newer program, core version " + NEXT_CORE_VERSION + "; this one knows "
                + EngineCore.NEWEST_CORE_VERSION + ": start that one");
    }

    @Test
    void givenASnapshotOfASchemaThatNeverWas_whenOpened_thenItIsDamagedAndTheJournalHasItAll() throws Exception {
        snapshotByOther(0, IN_FORCE);
        assertThat(inspect().damages()).singleElement().satisfies(damage -> assertThat(damage.what()).contains("schema 0, which there never was"));
        rig.start();
        assertThat(rig.onCore(EngineCore::position)).isEqualTo(11);
        rig.close();
    }

    @Test
    void givenAnArchiveThatANewerProgramWentOnWith_whenOpened_thenRefusedBeforeAnythingIsDone() throws Exception {
        rig.start().askAll(1, 10);
        rig.kill();
        assertThat(OtherArchive.begin(rig.disk, DIRECTORY.archive(), ID, 1, SCHEMA)).hasFileName("archive-0000000001.arc");
        assertThat(inspect().isWhole()).isTrue();
        rig.start().close();
        final Path other = OtherArchive.begin(rig.disk, DIRECTORY.archive(), ID, 1, SCHEMA + 1);
        assertRefusedEverywhere("archive-0000000002.arc was written by a newer program, schema " + (SCHEMA + 1) + "; this one knows " + SCHEMA + ": start that one");
        rig.disk.delete(other);
        OtherArchive.begin(rig.disk, DIRECTORY.archive(), ID, 2, SCHEMA);
        assertRefusedEverywhere("archive-0000000002.arc was written by a newer program, format 2; this one knows 1: start that one");
    }

    @Test
    void givenALogThatGoesOnByRulesWeDoNotKnow_whenReplayed_thenItStopsThere() throws Exception {
        served(SAME_SCHEMA, setCoreVersion(NEXT_CORE_VERSION));
        assertRefusedEverywhere("position 11 was written by a newer program, core version " + NEXT_CORE_VERSION + "; this one knows "
                + EngineCore.NEWEST_CORE_VERSION + ": start that one");
    }

    @Test
    void givenAProgramThatKnewNewerRulesAndLeftThemAlone_whenStarted_thenTheLogGoesOnHere() throws Exception {
        served(SAME_SCHEMA, definePost(SCHEMA));
        assertThat(inspect().isWhole()).isTrue();
        rig.start();
        assertThat(rig.ask(12).position()).isEqualTo(12);
        rig.close();
        assertThat(inspect()).extracting(Inspection.Report::position, Inspection.Report::isWhole).containsExactly(12L, true);
    }

    @Test
    void givenRulesThatWeDoNotKnow_whenSubmittedLive_thenARefusalThatStaysOneAtEveryReplay() throws Exception {
        rig.start().askAll(1, 10);
        final Answer answer = Rig.get(rig.send(source(setCoreVersion(NEXT_CORE_VERSION))));
        assertThat(answer).extracting(Answer::result, Answer::position, Answer::eventBytes).containsExactly(Result.CORE_VERSION_UNSUPPORTED, 11L, 0);
        final long hash = rig.onCore(EngineCore::stateHash);
        rig.kill();
        assertThat(inspect()).extracting(Inspection.Report::isWhole, Inspection.Report::coreVersion, Inspection.Report::stateHash)
                .containsExactly(true, IN_FORCE, hash);
        rig.start();
        assertThat(rig.onCore(EngineCore::stateHash)).isEqualTo(hash);
        rig.close();
    }

    @Test
    void givenAnOperator_whenSettingTheRules_thenOnlyThoseThatAreKnownAreLogged() throws Exception {
        rig.start().askAll(1, 10);
        assertThat(rig.engine.coreVersion()).isEqualTo(IN_FORCE);
        for (final int version : new int[] {0, -1, NEXT_CORE_VERSION}) {
            assertThatThrownBy(() -> rig.engine.setCoreVersion(version)).isInstanceOf(IllegalStateException.class)
                    .hasMessage("this program knows the core versions 1 to " + EngineCore.NEWEST_CORE_VERSION + ", not " + version + ": nothing was done");
        }
        assertThat(rig.engine.status().durablePosition()).isEqualTo(10);
        assertThat(rig.engine.setCoreVersion(EngineCore.NEWEST_CORE_VERSION)).isEqualTo(11);
        assertThat(rig.engine.setCoreVersion(EngineCore.NEWEST_CORE_VERSION)).as("once more, and it is logged once more").isEqualTo(12);
        assertThat(rig.engine.coreVersion()).isEqualTo(EngineCore.NEWEST_CORE_VERSION);
        rig.kill();
        assertThat(inspect()).extracting(Inspection.Report::isWhole, Inspection.Report::position).containsExactly(true, 12L);
    }

    @Test
    void givenAnEngineThatHasStopped_whenTheRulesAreSet_thenNothingIsDone() throws Exception {
        rig.start().close();
        assertThatThrownBy(() -> rig.engine.setCoreVersion(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("nothing can be written");
        assertThat(rig.engine.coreVersion()).isZero();
    }
}
