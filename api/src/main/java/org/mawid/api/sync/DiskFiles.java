package org.mawid.api.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The machine's own. */
final class DiskFiles implements PostFiles {
    @Override
    public byte[] read(final Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (final NoSuchFileException none) {
            return null;
        }
    }

    @Override
    public List<String> list(final Path folder) throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(name -> name.getFileName().toString()).sorted().toList();
        } catch (final NoSuchFileException none) {
            return List.of();
        }
    }

    @Override
    public void folder(final Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public void write(final Path file, final byte[] content) throws IOException {
        writeFrom(file, 0, content);
    }

    @Override
    public void writeFrom(final Path file, final long offset, final byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(offset).position(offset);
            final ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    @Override
    public void move(final Path from, final Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(final Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void settle(final Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (final NoSuchFileException none) {
            // so it has no names: whoever was to come that day was cancelled in the message that told of them
        }
    }
}
