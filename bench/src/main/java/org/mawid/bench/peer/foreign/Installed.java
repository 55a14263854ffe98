package org.mawid.bench.peer.foreign;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where the servers of the others are on this machine, and how they get there. */
public final class Installed {
    public static final String INSTALL_POSTGRES = "apt-get install postgresql";
    public static final String INSTALL_REDIS = "apt-get install redis-server";

    private Installed() {
    }

    /** The folder with the newest {@code postgres} and its {@code initdb}: where Debian and others put it, else on the path. */
    public static Optional<Path> postgres() throws IOException {
        final List<Path> folders = new ArrayList<>(versions(Path.of("/usr/lib/postgresql"), "*"));
        folders.addAll(versions(Path.of("/usr"), "pgsql-*"));
        folders.addAll(path());
        return folders.stream().filter(folder -> has(folder, "postgres") && has(folder, "initdb") && has(folder, "pg_ctl")).findFirst();
    }

    public static Optional<Path> redis() {
        return path().stream().filter(folder -> has(folder, "redis-server")).map(folder -> folder.resolve("redis-server")).findFirst();
    }

    /** A command that the machine itself brings. */
    static boolean has(final String command) {
        return path().stream().anyMatch(folder -> has(folder, command));
    }

    private static boolean has(final Path folder, final String command) {
        return Files.isExecutable(folder.resolve(command));
    }

    private static List<Path> path() {
        final List<Path> folders = new ArrayList<>();
        for (final String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            folders.add(Path.of(folder));
        }
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/usr/local/bin"));
        return folders;
    }

    /** The highest first. */
    private static List<Path> versions(final Path parent, final String glob) throws IOException {
        final List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, glob)) {
                all.forEach(folders::add);
            }
        }
        folders.sort(Comparator.comparingDouble(Installed::number).reversed());
        return folders.stream().map(folder -> folder.resolve("bin")).toList();
    }

    private static double number(final Path folder) {
        final String digits = folder.getFileName().toString().replaceAll("[^0-9.]", "");
        return digits.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(digits) : 0;
    }
}
