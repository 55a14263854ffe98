package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.testkit.LoggedCommand;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.testkit.RequestLog;
import org.mawid.engine.Setting;

/** A whole server that keeps texts and documents, a post, and who writes to each other. */
abstract class PersonFixture extends ServiceFixture {
    /** Persons of the application that {@link #submitted} gives. */
    static final long YASMINE = 0x5EC2_E700_0000_0001L;

    /** No era of cooling begins while a test looks at what is logged. */
    @Override
    Map<String, String> settings() {
        return new HashMap<>(Map.of(EdgeSetting.COOLING.key(), "false", Setting.RECORDS.key(), "true", Setting.RECORDS_ENTRIES.key(), "10000", EdgeSetting.PERSON_MASTER_KEY.key(), master().toString()));
    }

    Path master() {
        final Path file = folder.resolve("master.key");
        try {
            if (!Files.exists(file)) {
                MasterKey.make(file);
            }
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
        return file;
    }

    Path data() {
        return folder.resolve("data");
    }

    @Override
    @BeforeEach
    void start() throws Exception {
        super.start();
        service.keepRecords();
    }

    /** As after a power cut of nothing: what was told is there. */
    void restart() throws Exception {
        stop();
        start();
    }

    /** An application of Yasmine's at the post. */
    String submitted(final long person) {
        return OnePost.validated(client, person, 1).get(0);
    }

    /** Of the message that was sent with this request, as the log of the stopped server has it. */
    long loggedHash(final String request) throws IOException {
        return Long.parseLong(LoggedCommand.fields(RequestLog.of(data()).entry(UUID.fromString(request)).command()).get("textHash"));
    }

    HttpResponse<String> send(final String method, final String path, final JsonObject body, final String... headers) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body.encode()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (final IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Every file of the data directory, a character for each byte. */
    List<String> everyFile() throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            return files.filter(Files::isRegularFile).map(file -> {
                try {
                    return Files.readString(file, StandardCharsets.ISO_8859_1);
                } catch (final IOException e) {
                    throw new AssertionError(e);
                }
            }).toList();
        }
    }

    static JsonObject json(final HttpResponse<String> answer, final int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }
}
