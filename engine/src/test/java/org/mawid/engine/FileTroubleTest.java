package org.mawid.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
    @TempDir
    private Path folder;

    @Test
    void givenWhatTheFileSystemThrows_whenTold_thenTheFileAndWhatIsTheMatterWithIt() throws Exception {
        final Path file = Files.writeString(folder.resolve("file"), "text");
        assertThat(FileTrouble.of(thrown(() -> Files.readString(folder.resolve("none"))))).isEqualTo(folder.resolve("none") + ": it is not there");
        assertThat(FileTrouble.of(thrown(() -> Files.newDirectoryStream(file).close()))).isEqualTo(file + ": it is not a folder");
        assertThat(FileTrouble.of(thrown(() -> Files.createDirectory(file)))).isEqualTo(file + ": something else is there already");
        assertThat(FileTrouble.of(thrown(() -> Files.delete(folder)))).startsWith(folder + ": ").hasSizeGreaterThan((folder + ": ").length());
        assertThat(FileTrouble.of(new AccessDeniedException("/f"))).isEqualTo("/f: not allowed");
        assertThat(FileTrouble.of(new FileSystemException("/f", null, "Read-only file system"))).isEqualTo("/f: Read-only file system");
        assertThat(FileTrouble.of(new NoSuchFileException("/f", "/g", null))).isEqualTo("/f to /g: it is not there");
        assertThat(FileTrouble.of(new MalformedInputException(1))).isEqualTo("it is not UTF-8 text");
        assertThat(FileTrouble.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(FileTrouble.of(new IOException())).isEqualTo("java.io.IOException");
    }

    @Test
    void givenAMessageThatQuotesAnother_whenTold_thenThatOneIsInWords() {
        final IOException quoted = new AccessDeniedException("/d/lock");
        assertThat(FileTrouble.of(new UncheckedIOException(quoted))).isEqualTo("/d/lock: not allowed");
        assertThat(FileTrouble.of(new IllegalStateException("opening /d failed: " + quoted, quoted))).isEqualTo("opening /d failed: /d/lock: not allowed");
        assertThat(FileTrouble.of(new IllegalStateException("/d is served", quoted))).isEqualTo("/d is served");
    }

    @Test
    void givenAFileThatCannotBeRead_whenTold_thenItIsNamedAlsoWhereTheTroubleDoesNotKnowIt() throws Exception {
        final Path text = Files.write(folder.resolve("text"), new byte[] {'a', (byte) 0xFF});
        assertThat(FileTrouble.unreadable(text, thrown(() -> Files.readString(text)))).hasMessage("cannot read " + text + ": it is not UTF-8 text");
        assertThat(FileTrouble.unreadable(folder, thrown(() -> Files.readAllBytes(folder)))).hasMessage("cannot read " + folder + ": it is a folder");
        assertThat(FileTrouble.unreadable(text, new AccessDeniedException(text.toString()))).hasMessage("cannot read " + text + ": not allowed");
        assertThat(FileTrouble.unreadable(text, new IOException("Input/output error"))).hasMessage("cannot read " + text + ": Input/output error");
    }

    private interface Work {
        void run() throws IOException;
    }

    private static IOException thrown(final Work work) {
        try {
            work.run();
        } catch (final IOException e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }
}
