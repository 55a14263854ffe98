package org.mawid.api.fake;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An issuer of tokens on loopback: discovery, keys that change when a test says so, and tokens as a test wants them. */
public final class FakeIssuer implements AutoCloseable {
    public static final String AUDIENCE = "mawid";
    /** Making one takes up to a second. */
    private static final RSAKey FIRST = newKey();
    private static final RSAKey SECOND = newKey();
    /** Of somebody who is no issuer. */
    public static final RSAKey STRANGE = newKey();

    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile RSAKey key = FIRST;
    private volatile boolean down;

    public FakeIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
        serve("/.well-known/openid-configuration", () -> "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/keys\"}");
        serve("/keys", () -> {
            asked.incrementAndGet();
            return new JWKSet(key).toString(true);
        });
        server.start();
    }

    private void serve(final String path, final Supplier<String> text) {
        server.createContext(path, exchange -> {
            final byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often its keys were asked for. */
    public int asked() {
        return asked.get();
    }

    /** Whether it answers 503. */
    public void down(final boolean isDown) {
        down = isDown;
    }

    /** The one that it signs with now. */
    public RSAKey key() {
        return key;
    }

    /** From now on it signs with another one, and publishes that only. */
    public void rotate() {
        key = SECOND;
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (final JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** As a good token has them, five minutes long. */
    public JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().issuer(url().toString()).audience(AUDIENCE).subject("somebody").expirationTime(new Date(System.currentTimeMillis() + 300_000));
    }

    /** Of somebody in roles. @param posts that they work for */
    public String token(final List<String> roles, final String... posts) {
        return token(claims().subject(roles + " of " + List.of(posts)).claim("roles", roles).claim("posts", List.of(posts)).build());
    }

    /** Of an applicant. */
    public String applicant(final long person) {
        return token(claims().subject("applicant " + person).claim("roles", List.of("applicant")).claim("person", String.format("%016x", person)).build());
    }

    public String token(final JWTClaimsSet claims) {
        return token(header(), claims, key);
    }

    public JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    }

    public static String token(final JWSHeader header, final JWTClaimsSet claims, final RSAKey key) {
        try {
            final SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (final JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
