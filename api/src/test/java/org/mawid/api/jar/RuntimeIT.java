package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Result;

/** The records need no compiler: neither one that is not there, nor the one of a JDK. A runtime image as people put into containers is enough. */
class RuntimeIT {
    /** What every JRE has, and what stamps are signed with. Not {@code jdk.compiler}. */
    private static final String JRE = "java.se,jdk.unsupported,jdk.crypto.ec";

    @Test
    void givenAJavaWithoutACompiler_whenAnAppointmentIsReadByReference_thenItIsThereAndAJavaWithOneReadsItFromTheSameFileUncompiled(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final String appointment;
        try (Server server = Server.on(data).launcher(image(folder.resolve("java"))).start()) {
            appointment = makeAndRead(server.client());
            assertThat(server.terminate().exitCode()).as("%s", server).isZero();
        }
        final Path loaded = folder.resolve("loaded");
        try (Server server = Server.on(data).withoutClassArchive().java("-Xlog:class+load:file=" + loaded + "::filecount=0").start()) {
            assertThat(server.client().appointment(appointment, 0)).map(Appointment::getAppointment).contains(appointment);
            assertThat(server.errorLines()).as("the file of the start before").anyMatch(line -> line.contains("as they were left at position"));
            server.kill();
        }
        final List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).filteredOn(line -> line.contains("$$Native ") || line.contains("$$Heap ")).as("value classes").hasSizeGreaterThan(1)
                .allMatch(line -> line.endsWith(Server.JAR.getFileName().toString()));
        assertThat(classes).as("classes of a compiler at work").noneMatch(line -> line.contains("com.sun.tools.javac.comp."));
    }

    /** Has no compiler, and no class-data archive for the launcher to add to. */
    private static Path image(final Path to) {
        final int exitCode = ToolProvider.findFirst("jlink").orElseThrow().run(System.out, System.err, "--add-modules", JRE, "--output", to.toString());
        assertThat(exitCode).isZero();
        assertThat(to.resolve("lib/server/classes.jsa")).doesNotExist();
        assertThat(to.resolve("bin/javac")).doesNotExist();
        return to;
    }

    private static String makeAndRead(final MawidClient client) {
        OnePost.make(client, 1, 1);
        final String application = OnePost.validated(client, 1, 1).get(0);
        final CommandReply held = client.execute(OnePost.hold(application, 0, 0));
        final CommandReply confirmed = client.execute(Command.newBuilder().setConfirm(Confirm.newBuilder().setHold(held.getReference())).build());
        assertThat(confirmed.getResult()).isEqualTo(Result.OK);
        assertThat(client.appointment(confirmed.getReference(), confirmed.getPosition())).map(Appointment::getApplication).contains(application);
        return confirmed.getReference();
    }
}
