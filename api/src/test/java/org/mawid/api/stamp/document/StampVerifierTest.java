package org.mawid.api.stamp.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was signed is genuine to the last bit, and nothing else is: whatever text comes, there is an answer. */
class StampVerifierTest {
    private static final long SEED = Long.getLong("seed", 20_261_127L);
    private static final String BASE_64_URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int CHANGED = 2_500;

    @TempDir
    private Path folder;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private Path file;
    private SigningKeys keys;
    private String token;
    private StampVerifier verifier;

    @BeforeEach
    void sign() throws IOException {
        file = folder.resolve(SigningKeys.FILE);
        keys = SigningKeys.open(file);
        token = new StampDocument(keys, "mawid").token(StampPages.PAID);
        verifier = StampVerifier.of(keys.publicKeys());
    }

    @Test
    void givenASignedStamp_whenVerified_thenItsFactsIssuerAndKey() {
        assertThat(verifier.verify(token)).isEqualTo(new Verification.Genuine(StampPages.PAID, "mawid", keys.newest()));
        final StampFacts withoutEnd = StampPages.in("KWD", 3, Long.MAX_VALUE / 2);
        assertThat(verifier.verify(new StampDocument(keys, "a \"quoted\" name").token(withoutEnd)))
                .isEqualTo(new Verification.Genuine(withoutEnd, "a \"quoted\" name", keys.newest()));
    }

    @Test
    void givenOneCharacterChanged_whenVerified_thenItIsRefused() {
        for (int at = 0; at < token.length(); at++) {
            for (int attempt = 0; attempt < CHANGED / token.length(); attempt++) {
                final char other = attempt == 0 ? '.' : attempt == 1 ? (char) random.nextInt(Character.MAX_VALUE) : anyOther(token.charAt(at));
                if (other != token.charAt(at)) {
                    assertRefused(token.substring(0, at) + other + token.substring(at + 1));
                }
            }
        }
    }

    /** Its last two or four bits count for nothing when it is decoded, and would pass unseen. */
    @Test
    void givenTheLastCharacterOfAPart_whenChangedToAnyOther_thenItIsRefused() {
        for (int at = 0; at < token.length(); at++) {
            if (at + 1 == token.length() || token.charAt(at + 1) == '.') {
                for (final char other : BASE_64_URL.toCharArray()) {
                    if (other != token.charAt(at)) {
                        assertRefused(token.substring(0, at) + other + token.substring(at + 1));
                    }
                }
            }
        }
    }

    @Test
    void givenCharactersAddedTakenOrSwapped_whenVerified_thenItIsRefused() {
        for (int at = 0; at <= token.length(); at += 3) {
            assertRefused(token.substring(0, at) + BASE_64_URL.charAt(random.nextInt(64)) + token.substring(at));
            if (at < token.length()) {
                assertRefused(token.substring(0, at));
                assertRefused(token.substring(0, at) + token.substring(at + 1));
            }
            if (at + 1 < token.length() && token.charAt(at) != token.charAt(at + 1)) {
                assertRefused(token.substring(0, at) + token.charAt(at + 1) + token.charAt(at) + token.substring(at + 2));
            }
        }
        for (final String around : new String[] {" ", "\n", "\t", "=", ".", "\u0000"}) {
            assertRefused(token + around);
            assertRefused(around + token);
        }
    }

    @Test
    void givenAnyText_whenVerified_thenItIsAnsweredAndNotGenuine() {
        assertThat(verifier.verify(null)).isInstanceOf(Verification.Malformed.class);
        for (int i = 0; i < 20_000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(200); length > 0; length--) {
                text.append(i % 2 == 0 ? (char) random.nextInt(Character.MAX_VALUE + 1) : (BASE_64_URL + "...").charAt(random.nextInt(67)));
            }
            assertThat(verifier.verify(text.toString())).as("seed %s", SEED).isInstanceOf(Verification.Malformed.class);
        }
        for (final String header : new String[] {"[".repeat(700), "{\"a\":".repeat(200), "{}", "null", "1", "{\"alg\":null}", "{\"alg\":\"ES256\",\"kid\":7}",
            "{\"alg\":\"none\"}", "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false}", "\u0000", ""}) {
            assertThat(verifier.verify(Base64URL.encode(header) + token.substring(token.indexOf('.')))).as(header).isInstanceOf(Verification.Malformed.class);
        }
        assertThat(verifier.verify("A".repeat(1_000_000))).isInstanceOf(Verification.Malformed.class);
    }

    @Test
    void givenAStampOfAnotherDeployment_whenVerified_thenItsKeyIsNotKnown() throws IOException {
        final SigningKeys others = SigningKeys.open(folder.resolve("others.jwks"));
        assertThat(verifier.verify(new StampDocument(others, "mawid").token(StampPages.PAID))).isEqualTo(new Verification.UnknownKey(others.newest()));
    }

    @Test
    void givenAnotherKeyUnderAKnownName_whenVerified_thenItIsForged() throws Exception {
        final ECKey own = new ECKeyGenerator(Curve.P_256).generate();
        final JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(SigningKeys.TYPE)).keyID(keys.newest()).build();
        assertThat(verifier.verify(signed(header, StampPages.PAID.claims("mawid"), new ECDSASigner(own)))).isEqualTo(new Verification.Forged(keys.newest()));
    }

    /** The old tricks: a signature of zeros, none, and the public key taken for a shared secret. */
    @Test
    void givenTokensThatAskForAWeakerCheck_whenVerified_thenTheyAreRefused() throws Exception {
        final String signed = token.substring(0, token.lastIndexOf('.') + 1);
        assertThat(verifier.verify(signed + Base64URL.encode(new byte[64]))).isEqualTo(new Verification.Forged(keys.newest()));
        assertRefused(signed);
        final JWSHeader shared = new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(SigningKeys.TYPE)).keyID(keys.newest()).build();
        assertRefused(signed(shared, StampPages.PAID.claims("mawid"), new MACSigner(keys.publicKeys().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void givenWhatOurKeySignedForSomethingElse_whenVerified_thenItIsNoStamp() throws Exception {
        final JWSSigner signer = new ECDSASigner((ECKey) JWKSet.parse(Files.readString(file)).getKeys().get(0));
        final JWSHeader other = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("closing")).keyID(keys.newest()).build();
        assertThat(verifier.verify(signed(other, StampPages.PAID.claims("mawid"), signer))).isEqualTo(new Verification.Malformed("it is signed, but not as a stamp"));
        final JWSHeader stamp = new JWSHeader.Builder(other).type(new JOSEObjectType(SigningKeys.TYPE)).build();
        final Map<String, Object> later = new HashMap<>(StampPages.PAID.claims("mawid"));
        later.put("v", 2);
        assertThat(verifier.verify(signed(stamp, later, signer))).isInstanceOfSatisfying(Verification.Malformed.class, why -> assertThat(why.why()).contains("newer mawid"));
        for (final String missing : new String[] {"sub", "app", "line", "post", "svc", "mad", "amt", "cur", "dig", "iat", "iss", "v"}) {
            final Map<String, Object> less = new HashMap<>(StampPages.PAID.claims("mawid"));
            less.remove(missing);
            assertThat(verifier.verify(signed(stamp, less, signer))).as(missing).isInstanceOf(Verification.Malformed.class);
        }
        final Map<String, Object> wrong = new HashMap<>(StampPages.PAID.claims("mawid"));
        wrong.put("mad", -1);
        assertThat(verifier.verify(signed(stamp, wrong, signer))).isInstanceOf(Verification.Malformed.class);
    }

    @Test
    void givenKeysThatAreNone_whenRead_thenItSaysSo() {
        for (final String set : new String[] {"", "x", "{}", "[]", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"AAAA\"}]}", "{\"keys\":7}"}) {
            assertThatThrownBy(() -> StampVerifier.of(set)).as(set).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("it ");
        }
    }

    private void assertRefused(final String text) {
        assertThat(verifier.verify(text)).as("%s, seed %s", text, SEED).isNotInstanceOf(Verification.Genuine.class);
    }

    private char anyOther(final char c) {
        char other = c;
        while (other == c) {
            other = BASE_64_URL.charAt(random.nextInt(BASE_64_URL.length()));
        }
        return other;
    }

    private static String signed(final JWSHeader header, final Map<String, Object> claims, final JWSSigner signer) throws Exception {
        final JWSObject token = new JWSObject(header, new Payload(claims));
        token.sign(signer);
        return token.serialize();
    }
}
