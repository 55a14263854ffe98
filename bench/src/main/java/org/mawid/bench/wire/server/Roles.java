package org.mawid.bench.wire.server;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mawid.api.sandbox.issuer.SandboxIssuer;
import org.mawid.api.server.EdgeSetting;
import org.mawid.bench.load.ModelNetwork;

/**
 * A server that asks who calls: an issuer in this process, on loopback, and the one token with which all calls of a load come. It is that of an officer of every post, who may take each step of a life there, and of an operator,
 * who makes the network. Limits are counted, and so high that none is met.
 */
public final class Roles implements AutoCloseable {
    private static final String NO_LIMIT_IS_MET = "reads=1000000000,lookups=1000000000,commands=1000000000,watches=1000000,open=100000,links=1000000";
    private static final long WAIT_SECONDS = 10;

    private final Vertx vertx;
    private final SandboxIssuer issuer;
    private final String token;

    private Roles(final Vertx vertx, final SandboxIssuer issuer, final String token) {
        this.vertx = vertx;
        this.issuer = issuer;
        this.token = token;
    }

    /** Nobody is asked. */
    static Roles none() {
        return new Roles(null, null, null);
    }

    /** @throws IOException no issuer is to be had here */
    static Roles start(final ModelNetwork network) throws IOException, InterruptedException {
        final Vertx vertx = Vertx.vertx();
        final SandboxIssuer issuer = SandboxIssuer.start(vertx, InetAddress.getLoopbackAddress());
        final String posts = IntStream.range(0, network.posts()).mapToObj(post -> "&post=" + ModelNetwork.postCode(post)).collect(Collectors.joining());
        final HttpRequest asked = HttpRequest.newBuilder(URI.create(issuer.url() + "/token?role=officer&role=operator&sub=bench" + posts)).build();
        return new Roles(vertx, issuer, HttpClient.newHttpClient().send(asked, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** What {@code serve} is told, beside where it listens. It has to keep records: these say whose everything is. */
    public List<String> flags() {
        return token == null ? List.of() : Stream.of(EdgeSetting.OIDC_ISSUER.key() + '=' + issuer.url(), EdgeSetting.OIDC_AUDIENCE.key() + '=' + SandboxIssuer.AUDIENCE, EdgeSetting.LIMIT_STAFF.key() + '=' + NO_LIMIT_IS_MET,
                EdgeSetting.LIMIT_PORTAL.key() + '=' + NO_LIMIT_IS_MET).flatMap(setting -> Stream.of("--set", setting)).toList();
    }

    /** Good for hours; null = none is asked for. */
    public String token() {
        return token;
    }

    @Override
    public void close() throws IOException {
        if (issuer == null) {
            return;
        }
        issuer.close();
        try {
            vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            throw new IOException("the issuer did not end", e);
        }
    }
}
