package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.testkit.ScriptedSmtp;

/** The server is killed when a mail server has a letter and has not said so: the next life sends it again under the same id, and, once it was accepted and that is remembered, no life does. */
class NotifyCrashIT {
    private static final long YASMINE = 0x5EC2_E700_0000_0001L;
    private static final String SENT = "mawid_notifications_total{channel=\"EMAIL\",outcome=\"SENT\"}";

    @Test
    void givenAServerKilledBetweenSendingAndRemembering_thenTheLetterComesAgainUnderItsId_andNeverAfterItWasRemembered(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final Path data = folder.resolve("data");
        MasterKey.make(folder.resolve("master.key"));
        try (ScriptedSmtp mail = new ScriptedSmtp()) {
            mail.answer(".", ScriptedSmtp.SILENCE);
            final String application;
            try (Server server = start(data, mail)) {
                OnePost.define(server.client());
                application = OnePost.validated(server.client(), YASMINE, 1).get(0);
                assertThat(put(server, "/v1/persons/5ec2e70000000001/contacts", "{\"email\":\"y@example.org\",\"language\":\"fr\",\"topics\":[\"MESSAGE\"]}").statusCode()).isEqualTo(200);
                assertThat(write(server, application)).isEqualTo(200);
                await().atMost(Server.PATIENCE).until(() -> mail.letters().size() == 1);
                server.kill();
            }
            mail.answer(".", "250 accepted");
            try (Server server = start(data, mail)) {
                await().atMost(Server.PATIENCE).until(() -> server.get("/metrics").statusCode() == 200 && server.metric(SENT) == 1);
                await().atMost(Server.PATIENCE).until(() -> server.metric("mawid_notifications_waiting") == 0);
                server.kill();
            }
            assertThat(ids(mail)).hasSize(2).containsOnly(ids(mail).get(0));
            try (Server server = start(data, mail)) {
                assertThat(write(server, application)).isEqualTo(200);
                await().atMost(Server.PATIENCE).until(() -> server.get("/metrics").statusCode() == 200 && server.metric(SENT) == 1);
                server.terminate();
            }
            assertThat(ids(mail)).as("the first one twice, the second one once").hasSize(3);
            assertThat(ids(mail).get(2)).isNotEqualTo(ids(mail).get(0));
        }
    }

    private static List<String> ids(final ScriptedSmtp mail) {
        return mail.letters().stream().map(letter -> letter.lines().filter(line -> line.startsWith("Message-ID: ")).findFirst().orElseThrow()).toList();
    }

    private static Server start(final Path data, final ScriptedSmtp mail) throws Exception {
        return Server.on(data).set("mawid.records", true).set("mawid.person.master.key", data.resolveSibling("master.key")).set("mawid.notify.smtp.url", "smtp://127.0.0.1:" + mail.port())
                .set("mawid.notify.from", "no-reply@rdv.example.org").start();
    }

    private static int write(final Server server, final String application) throws Exception {
        return server.post("/v1/applications/" + application + "/messages", new JsonObject().put("postId", OnePost.POST).put("writer", "POST").put("topicCode", 1).put("text", "bring it").encode()).statusCode();
    }

    private static HttpResponse<String> put(final Server server, final String path, final String json) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort + path)).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
