package org.mawid.bench.process;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What benchmarks start in processes of their own: the launchers with their flags, as users do, or the jars alone. */
public final class Programs {
    private Programs() {
    }

    /** What was named, else the launcher {@code mawid} of this build, else its jar. */
    public static Path mawid(final Path named) {
        return named != null ? named : launcherOrJar(target("api"), "mawid");
    }

    /** The jar of the service, without its launcher. */
    public static Path mawidJar() {
        return target("api").resolve("mawid.jar");
    }

    /** The launcher {@code bench} of this build, else its jar. */
    public static Path bench() {
        return launcherOrJar(target("bench"), "bench");
    }

    /** How to run it. @param program a launcher, or a jar */
    public static List<String> command(final Path program, final List<String> arguments) {
        final List<String> command = new ArrayList<>();
        if (program.toString().endsWith(".jar")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-jar");
        }
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }

    private static Path launcherOrJar(final Path target, final String name) {
        final Path launcher = target.resolve(name);
        return Files.isExecutable(launcher) ? launcher : target.resolve(name + ".jar");
    }

    /** Where a module was built: beside the jar or the class files that we run from. */
    private static Path target(final String module) {
        try {
            Path folder = Path.of(Programs.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            while (folder != null && !Files.isRegularFile(folder.resolve("bench").resolve("pom.xml"))) {
                folder = folder.getParent();
            }
            return (folder == null ? Path.of("") : folder).resolve(module).resolve("target");
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
