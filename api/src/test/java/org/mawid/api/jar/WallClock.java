package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The wall clock as a server sees it, which a test steps while the server runs, or while it does not. Made from a little C. */
final class WallClock {
    private static final String SOURCE = "wall_clock.c";

    private final Path library;
    private final Path file;
    private final MappedByteBuffer nanos;

    private WallClock(final Path library, final Path file) throws IOException {
        this.library = library;
        this.file = file;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            nanos = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
            nanos.order(ByteOrder.nativeOrder());
        }
    }

    /** One that says what the machine's says, so far. @param folder where its files go */
    static WallClock in(final Path folder) throws Exception {
        final Path source = folder.resolve(SOURCE);
        try (InputStream ours = WallClock.class.getResourceAsStream(SOURCE)) {
            Files.copy(ours, source);
        }
        final Path library = folder.resolve("wall_clock.so");
        compile(source, library);
        return new WallClock(library, folder.resolve("wall_clock.step"));
    }

    private static void compile(final Path source, final Path library) throws Exception {
        final Process compiler;
        try {
            compiler = new ProcessBuilder("cc", "-Wall", "-Wextra", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                    .redirectErrorStream(true).start();
        } catch (final IOException e) {
            Needed.lacking("the wall clock is stepped by a library that needs cc: " + e.getMessage());
            throw e;
        }
        final String said = new String(compiler.getInputStream().readAllBytes());
        assertThat(compiler.waitFor()).as("cc said %s", said).isZero();
    }

    /** For {@link Server.Launch#under}. */
    String[] command() {
        return new String[] {"env", "LD_PRELOAD=" + library, "WALL_CLOCK_STEP=" + file};
    }

    /** From now on it is so far ahead of the machine's; behind it when negative. */
    void step(final Duration ahead) {
        nanos.putLong(0, ahead.toNanos());
    }
}
