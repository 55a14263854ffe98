package org.mawid.api.sandbox.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Discovery, keys and {@code GET /token?role=officer&post=MA-CG-LYON}, which answers a token as text; {@code role} and {@code post} may be repeated,
 * {@code person} is 16 hexadecimal digits, {@code seconds} how long it is good, {@code sub} whose it is. Its key is in memory only: what it gave is
 * nobody's after it has ended.
 */
public final class SandboxIssuer implements AutoCloseable {
    public static final String AUDIENCE = "mawid-demo";
    private static final String HOST = "127.0.0.1";
    private static final long WAIT_SECONDS = 30;
    private static final long USUAL_SECONDS = 8 * 3_600;
    private static final long MOST_SECONDS = 7 * 24 * 3_600;

    private final HttpServer server;
    private final ECKey key;

    private SandboxIssuer(final Vertx vertx) {
        server = vertx.createHttpServer().requestHandler(this::answer);
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
        } catch (final JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Listens on any free port of loopback.
     *
     * @param beside where the server listens that takes its tokens
     * @throws IllegalArgumentException that is not loopback: whoever reached it could have any role
     * @throws IOException              no port is to be had
     */
    public static SandboxIssuer start(final Vertx vertx, final InetAddress beside) throws IOException, InterruptedException {
        if (!beside.isLoopbackAddress()) {
            throw new IllegalArgumentException("the issuer of a demo gives any role to whoever asks, so its server listens on loopback only, not on " + beside.getHostAddress()
                    + "; give mawid.oidc.issuer and mawid.oidc.audience of a real one, or --no-roles, and everybody may do anything");
        }
        final SandboxIssuer issuer = new SandboxIssuer(vertx);
        try {
            issuer.server.listen(0, HOST).await(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException late) {
            throw new IOException("the sandbox issuer does not start: its event loop does not answer", late);
        }
        return issuer;
    }

    /** As its tokens name it. */
    public String url() {
        return "http://" + HOST + ':' + server.actualPort();
    }

    private void answer(final HttpServerRequest request) {
        switch (request.path()) {
            case "/.well-known/openid-configuration" -> json(request, new JsonObject().put("issuer", url()).put("jwks_uri", url() + "/keys").encode());
            case "/keys" -> json(request, new JWKSet(key).toString(true));
            case "/token" -> token(request);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static void json(final HttpServerRequest request, final String json) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(json);
    }

    private void token(final HttpServerRequest request) {
        final List<String> roles = request.params().getAll("role");
        final String person = request.getParam("person");
        try {
            final long seconds = Math.min(MOST_SECONDS, Long.parseLong(request.getParam("seconds", Long.toString(USUAL_SECONDS))));
            final List<String> posts = request.params().getAll("post");
            final JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(url()).audience(AUDIENCE)
                    .subject(request.getParam("sub", String.join(" ", roles) + (posts.isEmpty() ? "" : " of " + String.join(" ", posts))))
                    .issueTime(new Date()).expirationTime(new Date(System.currentTimeMillis() + 1_000 * seconds)).claim("roles", roles).claim("posts", posts);
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain").putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(signed(person == null ? claims.build() : claims.claim("person", person).build()));
        } catch (final NumberFormatException e) {
            request.response().setStatusCode(400).end("seconds is a number\n");
        }
    }

    private String signed(final JWTClaimsSet claims) {
        try {
            final SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (final JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
