package org.mawid.api.sealed.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a server of S3 in a process of its own (Adobe's S3Mock), which the build has fetched. */
class S3StoreIT extends SealedStoreContract {
    private static final StaticCredentialsProvider ANYBODY = StaticCredentialsProvider.create(AwsBasicCredentials.create("mawid", "mawid"));
    private static final String BUCKET = "mawid";
    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports \\d+ \\(https\\), (\\d+) \\(http\\)");

    @TempDir
    private static Path folder;
    private static Process server;
    private static URI endpoint;

    @BeforeAll
    static void start() throws IOException {
        final Path log = folder.resolve("s3.log");
        server = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", System.getProperty("mawid.s3mock"), "--server.port=0",
                "--http.port=0", "--com.adobe.testing.s3mock.store.root=" + Files.createDirectories(folder.resolve("buckets")), "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET)
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> {
            final Matcher started = STARTED.matcher(Files.readString(log));
            if (!server.isAlive()) {
                throw new AssertionError("the server of S3 does not run: " + Files.readString(log));
            }
            endpoint = started.find() ? URI.create("http://127.0.0.1:" + started.group(1)) : null;
            return endpoint != null;
        });
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.destroy();
        server.waitFor();
    }

    @Override
    SealedStore open() {
        return new S3Store(endpoint, "us-east-1", BUCKET, ANYBODY);
    }

    @Override
    void damage(final String name, final byte[] damaged) {
        try (S3Client other = S3Client.builder().region(Region.US_EAST_1).credentialsProvider(ANYBODY).endpointOverride(endpoint).forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create()).build()) {
            other.putObject(put -> put.bucket(BUCKET).key(name), RequestBody.fromBytes(damaged));
        }
    }

    @Test
    void givenNoSuchBucket_thenItIsNamed() {
        try (SealedStore nowhere = new S3Store(endpoint, "us-east-1", "no-such-bucket", ANYBODY)) {
            assertThatThrownBy(() -> nowhere.put(bytes(10))).isInstanceOf(IOException.class).hasMessageContaining("no-such-bucket");
        }
    }
}
