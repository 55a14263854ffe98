package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;

/** An officer sees in words what a file would change, then brings it about; over HTTP and over gRPC alike. */
@Timeout(120)
class ScheduleCommandTest {
    private static final LocalDate FIRST = LocalDate.ofEpochDay(OnePost.FIRST_DAY);
    private static final String WEEK = "kind,pool,days,open,close,places,value\nholidays-host,,,,,,no\nholidays-morocco,,,,,,no\nalign,paris/1,,,,,15\nweek,paris/1,MON-SUN,09:00,12:00,2,\n";

    @TempDir
    private Path folder;
    private Service service;

    @BeforeEach
    void serve() throws Exception {
        service = Service.start(Settings.of(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS.key(), "false", Setting.SEGMENT_BYTES.key(), "1048576",
                EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0"), Map.of(), null));
        service.ready();
        try (MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
            OnePost.define(client);
        }
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void givenAFile_whenSent_thenTheDifferenceIsToldFirstAndBroughtAboutOnlyWhenAsked(final String wire) throws Exception {
        final Path file = Files.writeString(folder.resolve("week.csv"), WEEK);
        final Said dry = schedule(wire, file);
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("paris/1 is opened 09:00-12:00 2 places, a start every 15 min on 7 dates").endsWith("nothing was changed yet; --apply brings it about\n");
        assertThat(service.engine().readModel().availability().day(OnePost.DESK, OnePost.FIRST_DAY)).isNull();

        final Said applied = schedule(wire, file, "--apply");
        assertThat(applied.code()).as(applied.err()).isZero();
        assertThat(applied.out()).endsWith("in force, calendar version 1\n");
        assertThat(service.engine().readModel().availability().day(OnePost.DESK, OnePost.FIRST_DAY).open()).hasSize(36);
        assertThat(schedule(wire, file).out()).endsWith("nothing to do\n");

        try (MawidClient client = MawidClient.connect("127.0.0.1", service.grpcPort())) {
            client.execute(OnePost.hold(OnePost.validated(client, 1, 1).get(0), 0, 0));
        }
        final Said refused = schedule(wire, Files.writeString(folder.resolve("never.csv"), WEEK.replace(",MON-SUN,09:00,12:00,2,", ",,,,,")), "--apply");
        assertThat(refused.code()).isOne();
        assertThat(refused.out()).contains("refused: paris/1 CAPACITY_BELOW_TAKEN");
        assertThat(refused.err()).isEqualTo("CAPACITY_BELOW_TAKEN stands against it: nothing was changed\n");

        final Said mistaken = schedule(wire, Files.writeString(folder.resolve("wrong.csv"), WEEK.replace("09:00", "9h")));
        assertThat(mistaken.code()).isEqualTo(2);
        assertThat(mistaken.err()).isEqualTo("line 5: open \"9h\" is not a time like 09:00\n");
        assertThat(schedule(wire, Files.writeString(folder.resolve("week.txt"), WEEK)).err()).startsWith("--file is .json, .csv or .ics");
        assertThat(schedule(wire, folder.resolve("none.csv")).code()).isOne();
    }

    private Said schedule(final String wire, final Path file, final String... more) {
        final String server = wire.equals("http") ? "http://127.0.0.1:" + service.httpPort() : "127.0.0.1:" + service.grpcPort();
        final List<Object> arguments = new ArrayList<>(List.of("--server", server, "--post", "paris", "--file", file, "--from", FIRST, "--to", FIRST.plusDays(6)));
        arguments.addAll(List.of(more));
        return Said.by(new ScheduleCommand(), arguments.toArray());
    }
}
