package org.mawid.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Programs from the class files of this build: before its jars and launchers are there. */
public final class ClassFiles {
    private ClassFiles() {
    }

    /** What starts a class of this class path in a process of its own. */
    public static Path program(final Path folder, final Class<?> main) throws IOException {
        final String options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(each -> each.startsWith("--add-")).collect(Collectors.joining(" "));
        final Path program = Files.writeString(folder.resolve(main.getName()), String.format("#!/bin/sh%nexec '%s' -XX:TieredStopAtLevel=1 %s -cp '%s' %s \"$@\"%n",
                Path.of(System.getProperty("java.home"), "bin", "java"), options, System.getProperty("java.class.path"), main.getName()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
