package org.mawid.bench.schedule;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.mawid.api.control.Control;
import org.mawid.api.network.Network;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.schedule.WantedSchedule;
import org.mawid.api.server.OfflineImport;
import org.mawid.api.server.Settings;
import org.mawid.bench.process.Server;
import org.mawid.bench.wire.server.RealServer;
import org.mawid.engine.EngineStartException;
import org.mawid.engine.Setting;

/** The real server in a process of its own, over HTTP: a schedule as JSON goes in, the difference comes back. One connection. */
final class HttpDoor implements Door {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Network network = Network.bundled();
    private final Server server;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param program the server @param today on which its simulated time begins; the only date that is open */
    HttpDoor(final Path program, final Path data, final LocalDate today) throws IOException, EngineStartException {
        OfflineImport.run(NetworkFiles.bundled(), new Control.Import(null, today, today, true, false),
                Settings.of(Map.of(Setting.DATA.key(), data.toString(), Setting.SIMULATION.key(), "true"), Map.of(), null), (phase, done, total) -> { });
        server = RealServer.start(program, data, false, List.of("--simulation"));
    }

    @Override
    public Applied apply(final WantedSchedule wanted) throws IOException, InterruptedException {
        final byte[] body = SchedulePage.of(wanted).toBuffer().getBytes();
        final long fromNs = System.nanoTime();
        final byte[] answer = put(wanted, "", body);
        final double ms = (System.nanoTime() - fromNs) / 1e6;
        final JsonObject difference = new JsonObject(Buffer.buffer(answer));
        return new Applied(ms, difference.getJsonArray("changes").size());
    }

    @Override
    public boolean isInForce(final WantedSchedule wanted) throws IOException, InterruptedException {
        final JsonObject difference = new JsonObject(Buffer.buffer(put(wanted, "&dryRun=true", SchedulePage.of(wanted).toBuffer().getBytes())));
        return difference.getJsonArray("changes").isEmpty() && difference.getBoolean("canBeApplied");
    }

    private byte[] put(final WantedSchedule wanted, final String more, final byte[] body) throws IOException, InterruptedException {
        final URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + "/v1/posts/" + wanted.post() + "/schedule?from=" + wanted.from() + "&to=" + wanted.to() + more);
        final HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(uri).header("Content-Type", "application/json").timeout(PATIENCE).PUT(BodyPublishers.ofByteArray(body)).build(),
                BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(wanted.post() + " was answered " + answer.statusCode() + ": " + Buffer.buffer(answer.body()));
        }
        return answer.body();
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public String leftOut() {
        return "records; the client makes its JSON before and reads the answer's after the time that is told";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
