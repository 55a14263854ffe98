package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mawid.api.testkit.OnePost;

/**
 * What the launcher has beside the jar: its classes as Java wants them, which take the larger part of a start. Made once for all tests, by a
 * server that comes and goes.
 */
final class ClassArchive {
    private static final List<String> OPTIONS = options(make());

    private ClassArchive() {
    }

    /** For Java, with which the jar is started. */
    static List<String> options() {
        return OPTIONS;
    }

    /** One that does not fit is passed over, as by the launcher. */
    private static List<String> options(final Path archive) {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off");
    }

    private static Path make() {
        try {
            final Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "served").toAbsolutePath()), "classes");
            final Path archive = folder.resolveSibling(folder.getFileName() + ".jsa");
            archive.toFile().deleteOnExit();
            try (Server server = Server.on(folder.resolve("data")).withoutClassArchive().java("-XX:ArchiveClassesAtExit=" + archive).start()) {
                OnePost.make(server.client(), 1, 1);
                server.assertServes();
                assertThat(server.terminate().exitCode()).as("%s", server).isZero();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
            return archive;
        } catch (final Exception e) {
            throw new AssertionError("no class-data archive", e);
        }
    }
}
