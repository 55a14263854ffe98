package org.mawid.api.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Files of a machine that stops at a step: of a file that is written then, half is there. */
public final class KilledFiles implements PostFiles {
    private final PostFiles disk = new DiskFiles();
    private final int at;
    private int steps;

    /** Instead of an exception that somebody could handle. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** @param at the step that is not done, from 1 */
    public KilledFiles(final int at) {
        this.at = at;
    }

    /** False: it had fewer steps. */
    public boolean isKilled() {
        return steps >= at;
    }

    private void step() {
        if (++steps >= at) {
            throw new Killed();
        }
    }

    @Override
    public byte[] read(final Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public List<String> list(final Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public void folder(final Path folder) throws IOException {
        disk.folder(folder);
    }

    @Override
    public void write(final Path file, final byte[] content) throws IOException {
        writeFrom(file, 0, content);
    }

    @Override
    public void writeFrom(final Path file, final long offset, final byte[] content) throws IOException {
        if (steps + 1 >= at) {
            disk.writeFrom(file, offset, Arrays.copyOf(content, content.length / 2));
        }
        step();
        disk.writeFrom(file, offset, content);
    }

    @Override
    public void move(final Path from, final Path to) throws IOException {
        step();
        disk.move(from, to);
    }

    @Override
    public void delete(final Path file) throws IOException {
        step();
        disk.delete(file);
    }

    @Override
    public void settle(final Path folder) throws IOException {
        step();
        disk.settle(folder);
    }
}
