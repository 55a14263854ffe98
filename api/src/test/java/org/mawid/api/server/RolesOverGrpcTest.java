package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mawid.api.access.Access;
import org.mawid.api.access.Matrix;
import org.mawid.api.access.Role;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.fake.FakeIssuer;
import org.mawid.api.fake.RawCalls;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.http.Backends;
import org.mawid.api.http.PostZones;
import org.mawid.api.oidc.ClaimNames;
import org.mawid.api.oidc.Entry;
import org.mawid.api.oidc.OidcConfig;
import org.mawid.api.oidc.Tokens;
import org.mawid.api.stamp.check.CallerLimit;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampPress;

/** Every method of every service is called in every role, and denied where the matrix says so: in all roles that it denies at once. */
class RolesOverGrpcTest {
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Set<Code> DENIED = Set.of(Code.UNAUTHENTICATED, Code.PERMISSION_DENIED);

    @Test
    void givenEveryMethod_whenCalledInEveryRole_thenItIsDeniedAsTheMatrixSays() throws Exception {
        final Matrix matrix = Matrix.read();
        final List<String> otherwise = new ArrayList<>();
        try (FakeEngine engine = new FakeEngine(); Gateway gateway = new Gateway(engine, References.of(1, new byte[32]), 300); FakeIssuer issuer = new FakeIssuer();
             Tokens tokens = new Tokens(OidcConfig.of(issuer.url(), FakeIssuer.AUDIENCE, OidcConfig.USUAL_ALGORITHMS, ClaimNames.USUAL));
             StampPress press = new StampPress(gateway, SigningKeys.passing(), PostZones.UTC::of); GrpcServer server = GrpcServer.listen(GrpcServerConfig.loopback(0))) {
            server.serve(gateway, null, CallerLimit.ofAskers(), PostZones.UTC, press, Backends.NONE, new Entry(tokens, new Access(gateway, tokens::leftMs)));
            final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
            for (final String method : server.methods()) {
                final boolean isOnDisplay = matrix.cell(bare(method), Role.NOBODY).equals("any");
                final List<Role> denied = Arrays.stream(Role.values()).filter(role -> matrix.cell(bare(method), role).equals("-")).toList();
                expect(otherwise, method, List.of(), !isOnDisplay, called(channel, method));
                expect(otherwise, method, denied, !isOnDisplay, called(as(channel, issuer, denied), method));
                for (final Role role : Role.values()) {
                    if (role != Role.NOBODY && matrix.cell(bare(method), role).equals("any")) {
                        expect(otherwise, method, List.of(role), false, called(as(channel, issuer, List.of(role)), method));
                    }
                }
            }
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
        assertThat(otherwise).isEmpty();
    }

    private static String bare(final String method) {
        return method.substring(method.lastIndexOf('/') + 1);
    }

    private static void expect(final List<String> otherwise, final String method, final List<Role> roles, final boolean isDenied, final Code code) {
        if (DENIED.contains(code) != isDenied) {
            otherwise.add(method + " by " + roles + ": " + code);
        }
    }

    private static Channel as(final Channel channel, final FakeIssuer issuer, final List<Role> roles) {
        final Metadata metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer " + issuer.token(issuer.claims().subject(roles.toString()).claim("roles", roles.stream().map(Role::word).toList())
                .claim("person", "00000000000000a1").claim("posts", "paris").build()));
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    /** With an empty message. */
    private static Code called(final Channel channel, final String method) {
        try {
            ClientCalls.blockingUnaryCall(channel, RawCalls.unary(method), CallOptions.DEFAULT.withDeadlineAfter(method.contains("Watch") ? 300 : 20_000, TimeUnit.MILLISECONDS), new byte[0]);
            return Code.OK;
        } catch (final StatusRuntimeException refused) {
            return refused.getStatus().getCode();
        }
    }
}
