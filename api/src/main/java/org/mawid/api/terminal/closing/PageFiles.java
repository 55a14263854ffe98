package org.mawid.api.terminal.closing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mawid.api.gateway.SecretFile;

/** A small file for each terminal that was ever closed, in the edge's folder of the data directory, so that a back-up has it. One thread a terminal. */
final class PageFiles implements Pages {
    private static final Pattern NAME = Pattern.compile("terminal-([0-9]{1,5})\\.closing");

    private final Path folder;

    PageFiles(final Path folder) {
        this.folder = folder;
    }

    @Override
    public Page read(final int terminalId) throws IOException {
        final Path file = file(terminalId);
        if (!Files.exists(file)) {
            return new Page(terminalId);
        }
        try {
            return PageText.read(Files.readString(file, StandardCharsets.US_ASCII), terminalId);
        } catch (final IllegalArgumentException damaged) {
            throw new IOException(file + " cannot be used (" + damaged.getMessage() + "): put it back from a back-up, or remove it and close the terminal's day by hand once", damaged);
        }
    }

    @Override
    public void write(final Page page) throws IOException {
        SecretFile.write(file(page.terminalId), PageText.of(page));
    }

    @Override
    public List<Integer> terminals() throws IOException {
        final List<Integer> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                final Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(Integer.parseInt(name.group(1)));
                }
            });
        }
        return found.stream().sorted().toList();
    }

    private Path file(final int terminalId) {
        return folder.resolve("terminal-" + terminalId + ".closing");
    }
}
