package org.mawid.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page of a television in a hall: one file, the same for every post, which loads nothing from anywhere and follows {@link HallTelling}. A browser runs of it what
 * has the hash that is said beside it, and connects to nothing but this server. Immutable.
 */
final class HallPage {
    private static final String RESOURCE = "/hall.html";
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");
    private static final HallPage PAGE = load();

    private final Buffer bytes;
    private final String policy;

    private HallPage(final String text) {
        bytes = Buffer.buffer(text);
        policy = "default-src 'none'; connect-src 'self'; script-src '" + hash(text, "script") + "'; style-src '" + hash(text, "style") + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static HallPage load() {
        try (InputStream in = HallPage.class.getResourceAsStream(RESOURCE)) {
            return new HallPage(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(final String text, final String element) {
        final int from = text.indexOf('<' + element + '>') + element.length() + 2;
        final String content = text.substring(from, text.indexOf("</" + element + '>', from));
        try {
            return "sha256-" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    static void show(final Call call) {
        call.post(call.text("post")); // or there would be nothing to show
        call.page(HTML, PAGE.policy, PAGE.bytes);
    }
}
