package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.cli.EraseCommand;
import org.mawid.api.document.Specimens;
import org.mawid.api.fake.S3Server;
import org.mawid.api.testkit.OnePost;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A whole server that keeps what is sealed in a bucket, with credentials as AWS' tools find them: a document comes, is read back, and is gone with its person. */
@Timeout(180)
class PersonsInABucketIT extends PersonFixture {
    private static final List<String> CREDENTIALS = List.of("aws.accessKeyId", "aws.secretAccessKey");
    @TempDir
    private static Path bucket;
    private static S3Server s3;

    @BeforeAll
    static void startS3() throws IOException {
        CREDENTIALS.forEach(name -> System.setProperty(name, "mawid"));
        s3 = S3Server.start(bucket);
    }

    @AfterAll
    static void stopS3() {
        s3.close();
        CREDENTIALS.forEach(System::clearProperty);
    }

    @Override
    Map<String, String> settings() {
        final Map<String, String> settings = super.settings();
        settings.put(EdgeSetting.PERSON_S3_BUCKET.key(), S3Server.BUCKET);
        settings.put(EdgeSetting.PERSON_S3_ENDPOINT.key(), s3.endpoint().toString());
        return settings;
    }

    @Test
    void givenADocument_thenItIsInTheBucket_readBack_alsoAfterARestart_andGoneWhenItsPersonIsErased() throws Exception {
        OnePost.define(client);
        final byte[] file = Specimens.pdf(1, "acte");
        final String documents = "/v1/applications/" + submitted(YASMINE) + "/documents";
        final String document = documents + '/' + json(send("POST", documents, new JsonObject().put("line", 0).put("bytes", file.length)), 201).getString("document");
        assertThat(http.send(to(document + "/bytes").header("Content-Type", "application/octet-stream").header("Upload-Offset", "0").PUT(HttpRequest.BodyPublishers.ofByteArray(file)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        json(send("POST", document + "/end", new JsonObject()), 200);
        assertThat(inTheBucket()).as("the document and its small picture").isEqualTo(2);
        assertThat(Files.exists(data().resolve("persons/sealed"))).as("nothing beside it").isFalse();
        restart();
        assertThat(http.send(to(document + "/content").build(), HttpResponse.BodyHandlers.ofByteArray()).body()).isEqualTo(file);

        assertThat(erased()).contains("the key is destroyed", "2 sealed things deleted");
        assertThat(inTheBucket()).isZero();
        assertThat(send("GET", document, null).statusCode()).isEqualTo(404);
    }

    private String erased() {
        final StringWriter said = new StringWriter();
        final CommandLine erase = new CommandLine(new EraseCommand()).setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        final String[] arguments = {String.format("%016x", YASMINE), "--data", data().toString(), "--set", EdgeSetting.PERSON_S3_BUCKET.key() + '=' + S3Server.BUCKET, "--set",
            EdgeSetting.PERSON_S3_ENDPOINT.key() + '=' + s3.endpoint(), "--set", EdgeSetting.PERSON_MASTER_KEY.key() + '=' + master()};
        assertThat(erase.execute(arguments)).as(Arrays.toString(arguments) + said).isZero();
        return said.toString();
    }

    private static long inTheBucket() {
        try (S3Client other = S3Client.builder().region(Region.US_EAST_1).credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("mawid", "mawid"))).endpointOverride(s3.endpoint())
                .forcePathStyle(true).httpClient(UrlConnectionHttpClient.create()).build()) {
            return other.listObjectsV2Paginator(list -> list.bucket(S3Server.BUCKET)).contents().stream().map(S3Object::key).count();
        }
    }

    private HttpRequest.Builder to(final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + path));
    }
}
