package org.mawid.api.fake;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A server of S3 in a process of its own (Adobe's S3Mock), which the build has fetched; it believes any credentials. */
public final class S3Server implements AutoCloseable {
    /** The one that there is. */
    public static final String BUCKET = "mawid";
    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports \\d+ \\(https\\), (\\d+) \\(http\\)");

    private final Process server;
    private final URI endpoint;

    private S3Server(final Process server, final URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /** @param folder for its files */
    public static S3Server start(final Path folder) throws IOException {
        final Path log = folder.resolve("s3.log");
        final Process server = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("mawid.s3mock"), "--server.port=0",
                "--http.port=0", "--com.adobe.testing.s3mock.store.root=" + Files.createDirectories(folder.resolve("buckets")), "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET)
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        final URI[] endpoint = new URI[1];
        Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> {
            final Matcher started = STARTED.matcher(Files.readString(log));
            if (!server.isAlive()) {
                throw new AssertionError("the server of S3 does not run: " + Files.readString(log));
            }
            endpoint[0] = started.find() ? URI.create("http://127.0.0.1:" + started.group(1)) : null;
            return endpoint[0] != null;
        });
        return new S3Server(server, endpoint[0]);
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.destroy();
        try {
            server.waitFor();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
