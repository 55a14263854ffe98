package org.mawid.api.sandbox.treasury;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells what happened to an order to whoever is to be told, signed, again when nobody answers; rightly or otherwise. On the sandbox's event loop. */
final class SandboxCallBacks {
    private static final int ATTEMPTS = 20;
    private static final long AN_HOUR_MS = 3_600_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final SandboxSettings settings;
    private final LongSupplier wallMs;
    private final AtomicInteger event = new AtomicInteger();
    private volatile URI url;
    private volatile boolean isClosed;

    SandboxCallBacks(final Vertx vertx, final SandboxSettings settings, final LongSupplier wallMs) {
        this.vertx = vertx;
        this.settings = settings;
        this.wallMs = wallMs;
        client = vertx.createHttpClient();
        url = settings.callBackUrl();
    }

    void to(final URI newUrl) {
        url = newUrl;
    }

    /** @param order as it is now @param fault of this payment, null for none */
    void tell(final JsonObject order, final SandboxFault fault) {
        if (url == null) {
            return;
        }
        final byte[] right = body(order);
        switch (fault == null ? SandboxFault.WRONG_AMOUNT : fault) {
            case SILENT_AFTER_CHARGING -> {
            }
            case DUPLICATE_CALL_BACK -> {
                send(right, 0, false, 1);
                send(right, 0, false, 1);
                vertx.setTimer(settings.callBackRetryMs(), timer -> send(right, 0, false, 1));
            }
            case REORDERED_CALL_BACK -> {
                send(right, 0, false, 1);
                vertx.setTimer(settings.callBackRetryMs(), timer -> send(body(order.copy().put("status", "PENDING")), 0, false, 1));
            }
            case BAD_SIGNATURE -> {
                send(right, 0, true, ATTEMPTS);
                vertx.setTimer(settings.callBackRetryMs(), timer -> send(right, 0, false, 1));
            }
            case STALE_CALL_BACK -> send(right, AN_HOUR_MS, false, ATTEMPTS);
            case CONTRADICTING_CALL_BACK -> {
                send(right, 0, false, 1);
                vertx.setTimer(settings.callBackRetryMs(), timer -> send(body(order.copy().put("status", "REFUSED")), 0, false, 1));
            }
            case UNKNOWN_CALL_BACK -> {
                send(body(order.copy().put("reference", "NOBODYS-" + order.getString("id"))), 0, false, 1);
                send(right, 0, false, 1);
            }
            case CUT_CALL_BACK -> cut(right);
            default -> send(right, 0, false, 1);
        }
    }

    private byte[] body(final JsonObject order) {
        return new JsonObject().put("event", "E" + event.incrementAndGet()).put("order", order).encode().getBytes(StandardCharsets.UTF_8);
    }

    /** Begins and breaks off; then as usual. */
    private void cut(final byte[] body) {
        if (isClosed) {
            return;
        }
        client.request(options()).onSuccess(request -> {
            request.exceptionHandler(meant -> { });
            request.putHeader("Content-Length", Integer.toString(body.length)).write("{");
            request.connection().close();
        });
        vertx.setTimer(settings.callBackRetryMs(), timer -> send(body, 0, false, 1));
    }

    private void send(final byte[] body, final long agedMs, final boolean isForged, final int attempt) {
        if (isClosed) {
            return;
        }
        client.request(options()).compose(request -> {
            sign(request::putHeader, body, (wallMs.getAsLong() - agedMs) / 1_000, isForged);
            return request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body));
        }).onComplete(answer -> {
            final boolean isHeard = answer.succeeded() && answer.result().statusCode() < 500;
            if (!isHeard && attempt < ATTEMPTS) {
                vertx.setTimer(settings.callBackRetryMs(), timer -> send(body, agedMs, isForged, attempt + 1));
            }
        });
    }

    private RequestOptions options() {
        return new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString()).setTimeout(5_000);
    }

    /** Two headers. */
    private interface Headers {
        void put(String name, String value);
    }

    private void sign(final Headers headers, final byte[] body, final long seconds, final boolean isForged) {
        try {
            if (settings.jwsKey() == null) {
                final Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(settings.hmacSecret(), "HmacSHA256"));
                mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
                final byte[] signature = mac.doFinal(body);
                signature[0] ^= (byte) (isForged ? 1 : 0);
                headers.put("Tgr-Timestamp", Long.toString(seconds));
                headers.put("Tgr-Signature", HexFormat.of().formatHex(signature));
            } else {
                final JWSObject jws = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(settings.jwsKeyId()).customParam("iat", seconds).build(),
                        new Payload(isForged ? new byte[] {'{', '}'} : body));
                jws.sign(new ECDSASigner(settings.jwsKey()));
                headers.put("Tgr-Signature", jws.serialize(true));
            }
        } catch (final GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("the sandbox cannot sign", e);
        }
    }

    void close() {
        isClosed = true;
        client.close();
    }
}
