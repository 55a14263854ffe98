package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.client.MawidClient;
import org.mawid.engine.Setting;

/** A whole server without records, and who speaks to both of its edges. A test may stop and start it again on the same directory. */
abstract class ServiceFixture {
    @TempDir
    Path folder;
    final HttpClient http = HttpClient.newHttpClient();
    Service service;
    MawidClient client;
    ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        listen();
        service.ready();
    }

    /** Not ready yet. */
    void listen() throws Exception {
        final Map<String, String> settings = new HashMap<>(Map.of(Setting.DATA.key(), folder.resolve("data").toString(), Setting.RECORDS.key(), "false",
                Setting.SEGMENT_BYTES.key(), "1048576", EdgeSetting.HTTP_PORT.key(), "0", EdgeSetting.GRPC_PORT.key(), "0", EdgeSetting.CAPABILITY.key(), "off"));
        settings.putAll(settings());
        service = Service.start(Settings.of(settings, Map.of(), null));
        client = MawidClient.connect("127.0.0.1", service.grpcPort());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", service.grpcPort()).usePlaintext().build();
    }

    /** What a test wants otherwise. */
    Map<String, String> settings() {
        return Map.of();
    }

    /** The core takes nothing from now on, until then. Returns when it stands. */
    void standStill(final CountDownLatch until) throws InterruptedException {
        final CountDownLatch stands = new CountDownLatch(1);
        assertThat(service.engine().query(core -> {
            stands.countDown();
            try {
                until.await();
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })).isTrue();
        stands.await();
    }

    @AfterEach
    void stop() {
        client.close();
        channel.shutdownNow();
        service.close();
    }
}
