package org.mawid.api.oidc;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.mawid.engine.FileTrouble;

/**
 * The bearer token of a program that calls a server, in a file that somebody else keeps fresh: read anew for each call, for tokens live for minutes. Any thread.
 */
public final class TokenFile {
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Path file;

    public TokenFile(final Path file) {
        this.file = file;
    }

    /** Value of the header Authorization now. @throws IOException the file cannot be read, or has nothing in it */
    public String authorization() throws IOException {
        final String token = Files.readString(file).strip();
        if (token.isEmpty() || !token.chars().allMatch(letter -> letter > ' ' && letter < 0x7F)) {
            throw new IOException(file + " has no token in it");
        }
        return "Bearer " + token;
    }

    /** Says it with each call; one for which it cannot be read is UNAUTHENTICATED, and never leaves. */
    public ClientInterceptor interceptor() {
        return new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(final MethodDescriptor<Q, A> method, final CallOptions options, final Channel next) {
                return next.newCall(method, options.withCallCredentials(new Credentials()));
            }
        };
    }

    private final class Credentials extends CallCredentials {
        @Override
        public void applyRequestMetadata(final RequestInfo request, final Executor executor, final MetadataApplier applier) {
            executor.execute(() -> {
                try {
                    final Metadata headers = new Metadata();
                    headers.put(AUTHORIZATION, authorization());
                    applier.apply(headers);
                } catch (final IOException unread) {
                    applier.fail(Status.UNAUTHENTICATED.withDescription("the token: " + FileTrouble.of(unread)));
                }
            });
        }
    }
}
