package org.mawid.api.testkit;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real browser without a window, asked over its own protocol (Chrome DevTools): what a person would see of a page. */
public final class Browser implements AutoCloseable {
    private static final String PROGRAM = "chromium";
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();

    private Browser(final Process process, final URI devTools) throws Exception {
        this.process = process;
        this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(devTools, new Answers()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether there is one. */
    public static boolean isThere() {
        return List.of(System.getenv("PATH").split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** @param profile an empty folder */
    public static Browser open(final Path profile) throws Exception {
        final Process process = new ProcessBuilder(PROGRAM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1920,1080", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            final BufferedReader said = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.startsWith(LISTENING)) {
                    final Thread rest = new Thread(() -> said.lines().forEach(passed -> { }), "browser-says"); // or it would stand still when the pipe is full
                    rest.setDaemon(true);
                    rest.start();
                    return new Browser(process, URI.create(line.substring(LISTENING.length())));
                }
            }
            throw new IOException(PROGRAM + " ended with " + process.waitFor());
        } catch (final Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** @return the page, to be given to the methods below */
    public String open(final URI page) {
        final String target = ask(null, "Target.createTarget", new JsonObject().put("url", page.toString())).getString("targetId");
        return ask(null, "Target.attachToTarget", new JsonObject().put("targetId", target).put("flatten", true)).getString("sessionId");
    }

    /** What an expression of JavaScript comes to, as text. */
    public String evaluate(final String page, final String expression) {
        return String.valueOf(ask(page, "Runtime.evaluate", new JsonObject().put("expression", expression).put("returnByValue", true)).getJsonObject("result").getValue("value"));
    }

    public byte[] picture(final String page) {
        return Base64.getDecoder().decode(ask(page, "Page.captureScreenshot", new JsonObject()).getString("data"));
    }

    private JsonObject ask(final String session, final String method, final JsonObject parameters) {
        final int id = ids.incrementAndGet();
        final CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        asked.put(id, answer);
        final JsonObject question = new JsonObject().put("id", id).put("method", method).put("params", parameters);
        socket.sendText((session == null ? question : question.put("sessionId", session)).encode(), true).join();
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence part, final boolean isLast) {
            text.append(part);
            if (isLast) {
                final JsonObject message = new JsonObject(text.toString());
                text.setLength(0);
                final CompletableFuture<JsonObject> answer = message.containsKey("id") ? asked.remove(message.getInteger("id")) : null;
                if (answer != null && message.containsKey("error")) {
                    answer.completeExceptionally(new AssertionError(message.encode()));
                } else if (answer != null) {
                    answer.complete(message.getJsonObject("result"));
                }
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
