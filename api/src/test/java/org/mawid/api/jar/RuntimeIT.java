package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Appointment;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Result;

/** The records need no compiler: neither one that is not there, nor the one of a JDK. */
class RuntimeIT {
    /** What every JRE has. Not {@code jdk.compiler}. */
    private static final String JRE = "java.se,jdk.unsupported";

    @Test
    void givenAJavaWithoutACompiler_whenAnAppointmentIsReadByReference_thenItIsThereAndAJavaWithOneReadsItFromTheSameFileUncompiled(
            @TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final String appointment;
        try (Server server = Server.on(data).java("--limit-modules", JRE).start()) {
            appointment = makeAndRead(server.client());
            assertThat(server.terminate().exitCode()).as("%s", server).isZero();
        }
        final Path loaded = folder.resolve("loaded");
        try (Server server = Server.on(data).java("-Xlog:class+load:file=" + loaded + "::filecount=0").start()) {
            assertThat(server.client().appointment(appointment, 0)).map(Appointment::getAppointment).contains(appointment);
            assertThat(server.errorLines()).as("the file of the start before").anyMatch(line -> line.contains("as they were left at position"));
            server.kill();
        }
        final List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).filteredOn(line -> line.contains("$$Native ") || line.contains("$$Heap ")).as("value classes").hasSizeGreaterThan(1)
                .allMatch(line -> line.endsWith(Server.JAR.getFileName().toString()));
        assertThat(classes).as("classes of a compiler at work").noneMatch(line -> line.contains("com.sun.tools.javac.comp."));
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
