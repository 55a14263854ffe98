package org.mawid.api.sealed.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * In a bucket of something that speaks S3: an object for each, under its name. That the object is durable is the service's promise of its answer; that what arrived is what was sent is its checksum's. Deleting is
 * as good as the bucket's own rules: without versions, and without a lock.
 */
public final class S3Store implements SealedStore {
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(30);

    private final S3Client client;
    private final String bucket;

    /**
     * Connects to nothing yet.
     *
     * @param endpoint null = Amazon's of this region
     */
    public S3Store(final URI endpoint, final String region, final String bucket, final AwsCredentialsProvider credentials) {
        this.bucket = bucket;
        client = S3Client.builder().region(Region.of(region)).credentialsProvider(credentials).endpointOverride(endpoint).forcePathStyle(endpoint != null)
                .httpClient(UrlConnectionHttpClient.builder().connectionTimeout(ATTEMPT).socketTimeout(ATTEMPT).build())
                .overrideConfiguration(usual -> usual.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL))
                .build();
    }

    @Override
    public String put(final byte[] sealed) throws IOException {
        final String name = ContentName.of(sealed);
        try {
            client.putObject(put -> put.bucket(bucket).key(name).contentType("application/octet-stream"), RequestBody.fromBytes(sealed));
            return name;
        } catch (final SdkException e) {
            throw trouble(e);
        }
    }

    @Override
    public byte[] get(final String name) throws IOException {
        ContentName.require(name);
        try {
            return ContentName.checked(name, client.getObjectAsBytes(get -> get.bucket(bucket).key(name)).asByteArrayUnsafe());
        } catch (final NoSuchKeyException none) {
            throw new NoSuchFileException(name);
        } catch (final SdkException e) {
            throw trouble(e);
        }
    }

    @Override
    public void delete(final String name) throws IOException {
        ContentName.require(name);
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(name));
        } catch (final SdkException e) {
            throw trouble(e);
        }
    }

    @Override
    public void list(final int digit, final Found found) throws IOException {
        try {
            client.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(String.valueOf(Character.forDigit(digit, 16)))).contents().stream().filter(object -> ContentName.isOne(object.key()))
                    .forEach(object -> found.at(object.key(), object.lastModified().toEpochMilli()));
        } catch (final SdkException e) {
            throw trouble(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private IOException trouble(final SdkException e) {
        return new IOException("the store of bucket " + bucket + " does not do what it was asked: " + e.getMessage(), e);
    }
}
