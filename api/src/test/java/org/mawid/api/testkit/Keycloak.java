package org.mawid.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A real Keycloak on loopback, with the realm of {@code keycloak/mawid-realm.json}. It starts in some twenty seconds of one core, most of which its tables and realms take: as it is published, with the database that it
 * is published for, in memory. With any other it would first build itself anew, which took longer than all the rest.
 */
public final class Keycloak implements AutoCloseable {
    /** Where a build has unpacked it. */
    private static final Path HOME = Path.of(System.getProperty("mawid.keycloak", "target/keycloak"));
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    /** It lives for a minute: a compiler that is quick, and a heap and classes' room that need no collection while it starts. */
    private static final String JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms256m -Xmx768m -XX:MetaspaceSize=256m -Dfile.encoding=UTF-8";
    /** What its script says of itself once it is built, and the database that it is built for, with a name of its own where it would be a file. */
    private static final List<String> AS_PUBLISHED = List.of("-Dkc.config.built=true", "--db-url=jdbc:h2:mem:keycloak;NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=-1");
    /** On loopback, with no other one of a cluster; and a password costs next to nothing, for those of the tests are no secret. */
    private static final List<String> ALONE = List.of("--http-host=127.0.0.1", "--http-enabled=true", "--hostname-strict=false", "--cache=local",
            "--spi-password-hashing--argon2--iterations=1", "--spi-password-hashing--argon2--memory=8");
    private static final String REALM = "mawid";
    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "admin-password";
    private static final String KEYS = "org.keycloak.keys.KeyProvider";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final Process process;

    /** Returns when it answers. @param log what it says */
    public Keycloak(final Path log) throws IOException {
        final Path program = HOME.resolve("bin/kc.sh");
        assertThat(program).as("a Keycloak, which mvn unpacks in front of these tests").exists();
        final int port = freePort();
        url = URI.create("http://127.0.0.1:" + port);
        final Path imported = Files.createDirectories(HOME.resolve("data/import"));
        try (InputStream realm = Keycloak.class.getResourceAsStream("/keycloak/mawid-realm.json")) {
            Files.copy(realm, imported.resolve("mawid-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
        final List<String> command = new ArrayList<>(List.of("bash", program.toString(), "start"));
        command.addAll(AS_PUBLISHED);
        command.addAll(ALONE);
        command.addAll(List.of("--import-realm", "--http-port=" + port));
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD, "JAVA_OPTS", JAVA));
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
                assertThat(process.isAlive()).as("Keycloak, which says %s", log).isTrue();
                return isThere();
            });
        } catch (final RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isThere() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration")).build(), BodyHandlers.ofString()).statusCode() == 200;
        } catch (final IOException notYet) {
            return false;
        }
    }

    public URI issuer() {
        return url.resolve("/realms/" + REALM);
    }

    /** Of a user of the realm, whose password is their name and {@code -password}. */
    public String token(final String client, final String user) throws IOException, InterruptedException {
        return token(REALM, Map.of("grant_type", "password", "client_id", client, "username", user, "password", user + "-password"));
    }

    /** Of a program of the realm, for itself; its secret is its name and {@code -secret}. */
    public String token(final String client) throws IOException, InterruptedException {
        return token(REALM, Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", client + "-secret"));
    }

    private String token(final String realm, final Map<String, String> form) throws IOException, InterruptedException {
        final String body = form.entrySet().stream().map(one -> one.getKey() + '=' + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        final HttpResponse<String> answer = http.send(HttpRequest.newBuilder(url.resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body()).getString("access_token");
    }

    /** From now on the realm signs with another key, and publishes no other. */
    public void rotate() throws IOException, InterruptedException {
        final JsonArray before = new JsonArray(admin("GET", "/components?type=" + KEYS, null));
        final Map<String, Object> config = new HashMap<>();
        Map.of("priority", "200", "enabled", "true", "active", "true", "algorithm", "RS256", "keySize", "2048").forEach((name, value) -> config.put(name, new JsonArray().add(value)));
        admin("POST", "/components", new JsonObject().put("name", "next").put("providerId", "rsa-generated").put("providerType", KEYS)
                .put("parentId", new JsonObject(admin("GET", "", null)).getString("id")).put("config", new JsonObject(config)));
        for (final Object one : before) {
            if (((JsonObject) one).getString("providerId").equals("rsa-generated")) {
                admin("DELETE", "/components/" + ((JsonObject) one).getString("id"), null);
            }
        }
    }

    private String admin(final String method, final String path, final JsonObject body) throws IOException, InterruptedException {
        final String token = token("master", Map.of("grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", ADMIN_PASSWORD));
        final HttpResponse<String> answer = http.send(HttpRequest.newBuilder(url.resolve("/admin/realms/" + REALM + path)).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode())).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 204);
        return answer.body();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy); // its script starts another one
        process.destroy();
        process.onExit().join();
    }
}
