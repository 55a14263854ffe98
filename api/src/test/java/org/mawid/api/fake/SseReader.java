package org.mawid.api.fake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Reads server-sent events as a browser does: blocks of lines, and the last id, which also an event without data moves on. */
public final class SseReader implements AutoCloseable {
    /** @param id of the event itself, "" when it had none */
    public record Sse(String id, String event, String data) {
    }

    private final InputStream body;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Sse> events = new ArrayList<>();
    private String lastId = "";
    private boolean ended;

    private SseReader(final InputStream body) {
        this.body = body;
    }

    /** @param lastEventId null = from now on */
    public static SseReader open(final URI uri, final String lastEventId) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            final HttpResponse<InputStream> response = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
                    .send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError("status " + response.statusCode() + ": " + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            final SseReader reader = new SseReader(response.body());
            final Thread thread = new Thread(reader::read, "sse-reader");
            thread.setDaemon(true);
            thread.start();
            return reader;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            String event = "message";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (line.isEmpty()) {
                    took(id, event, data.toString());
                    id = "";
                    event = "message";
                    data = new StringBuilder();
                }
            }
        } catch (final IOException gone) {
            // the connection was closed from either side
        } finally {
            lock.lock();
            ended = true;
            moved.signalAll();
            lock.unlock();
        }
    }

    private void took(final String id, final String event, final String data) {
        lock.lock();
        try {
            lastId = id.isEmpty() ? lastId : id;
            if (!data.isEmpty()) {
                events.add(new Sse(id, event, data));
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are so many, or the stream has ended. */
    public List<Sse> await(final int count) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(20);
            while (events.size() < count && !ended && left > 0) {
                left = moved.awaitNanos(left);
            }
            return List.copyOf(events);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    public String lastId() {
        lock.lock();
        try {
            return lastId;
        } finally {
            lock.unlock();
        }
    }

    public boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
