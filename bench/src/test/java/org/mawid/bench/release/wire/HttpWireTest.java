package org.mawid.bench.release.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.bench.release.ground.Address;
import org.mawid.bench.wire.http.Forgotten;

class HttpWireTest {
    @Test
    void givenConnectionsThatAreUsed_whenGarbageIsCollected_thenNoneIsLost() throws Exception {
        final Vertx server = Vertx.vertx();
        try {
            final int port = server.createHttpServer().requestHandler(request -> request.response().end()).listen(0, "127.0.0.1")
                    .await(30, TimeUnit.SECONDS).actualPort();
            try (HttpWire wire = new HttpWire(new Address("127.0.0.1", port), exchange -> { })) {
                Forgotten.collect(port);

                assertThat(wire.lost()).as("%s", wire.whyLost()).isZero();
            }
        } finally {
            server.close().await(30, TimeUnit.SECONDS);
        }
    }
}
