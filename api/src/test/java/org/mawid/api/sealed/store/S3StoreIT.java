package org.mawid.api.sealed.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.S3Server;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a server of S3 in a process of its own. */
class S3StoreIT extends SealedStoreContract {
    private static final StaticCredentialsProvider ANYBODY = StaticCredentialsProvider.create(AwsBasicCredentials.create("mawid", "mawid"));

    @TempDir
    private static Path folder;
    private static S3Server server;

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    SealedStore open() {
        return new S3Store(server.endpoint(), "us-east-1", S3Server.BUCKET, ANYBODY);
    }

    @Override
    void damage(final String name, final byte[] damaged) {
        try (S3Client other = S3Client.builder().region(Region.US_EAST_1).credentialsProvider(ANYBODY).endpointOverride(server.endpoint()).forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create()).build()) {
            other.putObject(put -> put.bucket(S3Server.BUCKET).key(name), RequestBody.fromBytes(damaged));
        }
    }

    @Test
    void givenNoSuchBucket_thenItIsNamed() {
        try (SealedStore nowhere = new S3Store(server.endpoint(), "us-east-1", "no-such-bucket", ANYBODY)) {
            assertThatThrownBy(() -> nowhere.put(bytes(10))).isInstanceOf(IOException.class).hasMessageContaining("no-such-bucket");
        }
    }
}
