package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalWriter;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.SetCoreVersionEncoder;

/** An operator who starts an older program on a newer one's directory is told so, in one line. */
class NewerProgramIT {
    private static final int SCHEMA = MessageHeaderEncoder.SCHEMA_VERSION;
    private static final int CORE_VERSION = EngineCore.NEWEST_CORE_VERSION + 1;

    @TempDir(factory = OnDisk.class)
    private Path folder;

    @Test
    void givenALogOfANewerSchema_whenServedOrInspected_thenRefusedInOneLine() throws Exception {
        write(SCHEMA + 1, CORE_VERSION);
        final String why = " was written by a newer program, schema " + (SCHEMA + 1) + "; this one knows " + SCHEMA + ": start that one";
        assertRefused(why, serve());
        assertRefused(why, Ran.mawid("inspect", "--data", folder));
    }

    @Test
    void givenALogThatGoesOnByNewerRules_whenServedOrInspected_thenRefusedInOneLine() throws Exception {
        write(SchemaWord.OURS + (1 << 16), CORE_VERSION);
        final String why = "position 1 was written by a newer program, core version " + CORE_VERSION + "; this one knows " + EngineCore.NEWEST_CORE_VERSION + ": start that one";
        assertRefused(why, serve());
        assertRefused(why, Ran.mawid("inspect", "--data", folder));
    }

    private static void assertRefused(final String why, final Ran ran) {
        assertThat(ran.code()).as(ran.said()).isEqualTo(1);
        assertThat(ran.said().lines().filter(line -> line.contains(why))).as(ran.said()).hasSize(1);
        assertThat(ran.said()).doesNotContain("\tat ");
    }

    private Ran serve() throws Exception {
        return Ran.mawid("serve", "--data", folder, "--http-port", 0, "--grpc-port", 0);
    }

    /** A log with one command: other rules of behaviour. */
    private void write(final int word, final int coreVersion) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final SetCoreVersionEncoder command = new SetCoreVersionEncoder();
        command.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.request().idHigh(1).idLow(1).createdMs(System.currentTimeMillis()).channel(Channel.SYSTEM);
        command.coreVersion(coreVersion);
        try (Journal journal = Journal.open(JournalConfig.in(new DataDirectory(folder).journal(), FileDisk.plain(), new JournalId(3, 4))
                .withSizes(JournalConfig.MIN_SEGMENT_BYTES, JournalConfig.MIN_GROUP_BYTES).withSchemaWord(word).withBackground(false))) {
            final JournalWriter writer = journal.writer();
            assertThat(writer.hasRoom()).isTrue();
            assertThat(writer.append(1, System.currentTimeMillis(), 0, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength())).isTrue();
            writer.flush();
        }
    }
}
