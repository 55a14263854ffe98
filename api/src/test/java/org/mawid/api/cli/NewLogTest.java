package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.core.EngineCore;

/** By which rules of behaviour a log begins, and how long it stays by them. */
@Timeout(120)
class NewLogTest {
    @TempDir
    private Path folder;

    private Settings settings(final boolean simulation) throws Exception {
        return Settings.of(Map.of("mawid.data", folder.resolve("data").toString(), "mawid.http.port", "0", "mawid.grpc.port", "0",
                "mawid.journal.segment.bytes", "1048576", "mawid.records", "false", "mawid.simulation", String.valueOf(simulation)), Map.of(), null);
    }

    private void assertServed(final boolean simulation, final int coreVersion, final long position) throws Exception {
        try (Service service = Service.start(settings(simulation))) {
            service.ready();
            assertThat(service.engine().coreVersion()).isEqualTo(coreVersion);
            assertThat(service.engine().status().durablePosition()).isEqualTo(position);
        }
        final Said inspected = Said.by(new InspectCommand(), "--data", folder.resolve("data"));
        assertThat(inspected.code()).as("%s", inspected).isZero();
        assertThat(inspected.out()).contains("core version " + coreVersion).contains("whole");
        assertThat(inspected.number("position")).isEqualTo(position);
    }

    @Test
    void givenAnEmptyDirectory_whenServed_thenItsFirstCommandIsTheNewestRulesAndNoRestartSaysThemAgain() throws Exception {
        assertServed(false, EngineCore.NEWEST_CORE_VERSION, 1);
        assertServed(false, EngineCore.NEWEST_CORE_VERSION, 1);
    }

    @Test
    void givenASimulationThatHasNoTimeYet_whenServed_thenTheSame() throws Exception {
        assertServed(true, EngineCore.NEWEST_CORE_VERSION, 1);
        assertServed(true, EngineCore.NEWEST_CORE_VERSION, 1);
    }

    @Test
    void givenALogThatHasBegunByOlderRules_whenServed_thenItStaysByThemUntilTheOperatorSaysOtherwise() throws Exception {
        try (EmbeddedEngine older = EmbeddedEngine.start(settings(false).engine())) {
            assertThat(older.setCoreVersion(1)).as("a command, whichever").isEqualTo(1);
        }
        assertServed(false, 1, 1);
        try (Service service = Service.start(settings(false))) {
            service.ready();
            assertThat(Said.by(new CoreVersionCommand(), "--data", folder.resolve("data")).out()).contains("--set " + EngineCore.NEWEST_CORE_VERSION);
            assertThat(Said.by(new CoreVersionCommand(), "--data", folder.resolve("data"), "--set", EngineCore.NEWEST_CORE_VERSION).number("position")).isEqualTo(2);
        }
        assertServed(false, EngineCore.NEWEST_CORE_VERSION, 2);
    }
}
