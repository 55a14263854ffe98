package org.mawid.bench.kingdom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.network.Network;
import org.mawid.api.server.EdgeSetting;
import org.mawid.api.server.Service;
import org.mawid.api.server.Settings;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.Setting;

/** The same over the wire: the service itself, a simulation whose log time comes in the calls' headers. */
class KingdomOverGrpcTest {
    private static final int APPOINTMENTS = 1_000;

    @Test
    void givenASimulationThatIsServed_whenAHistoryIsSaidOverGrpc_thenItHasWhatTheBooksHaveToTheLastUnit(@TempDir final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        final Network network = Crowded.network(40);
        final Realm realm = new Realm(network, History.appointmentsPerApplication());
        try (EmbeddedEngine engine = EmbeddedEngine.start(Hosts.config(data, false))) {
            Hosts.bring(engine, network);
        }
        final Cases cases = new Cases();
        final History history;
        final Settings settings = Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.SIMULATION.key(), "true", Setting.RECORDS.key(), "false",
                EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.REPLY_TIMEOUT_MS.key(), "30000"), Map.of(), null);
        try (Service service = Service.start(settings)) {
            service.ready();
            try (OverGrpc way = new OverGrpc(cases, realm, service.grpcPort(), 2)) {
                history = new History(realm, cases, way, 11, APPOINTMENTS, 120);
                while (history.goesOn()) {
                    history.step();
                }
                history.finish();
                assertThat(way.refusals()).isNotEmpty();
            }
        }

        final Audit audit = new Audit(data);
        assertThat(audit.differences(history.books(), history.places(), (position, last) -> { })).isEmpty();
        assertThat(audit.report().nowMs()).as("log time is the history's").isGreaterThanOrEqualTo(history.nowMs());
    }
}
