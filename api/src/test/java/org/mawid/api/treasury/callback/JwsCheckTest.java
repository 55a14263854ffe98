package org.mawid.api.treasury.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mawid.api.treasury.callback.SignatureCheck.Checked;

/** Only ES256, only by a key that is known, only over these bytes, only now. */
class JwsCheckTest {
    private static final long NOW_MS = 1_772_534_400_000L;
    private static final byte[] BODY = "{\"event\":\"e\"}".getBytes(StandardCharsets.UTF_8);

    private static KeyPair pair(final String curve) throws Exception {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static String jws(final JWSAlgorithm algorithm, final JWSSigner signer, final String key, final Object issuedAt, final byte[] body) throws Exception {
        final JWSHeader.Builder header = new JWSHeader.Builder(algorithm).keyID(key);
        final JWSObject jws = new JWSObject(issuedAt == null ? header.build() : header.customParam("iat", issuedAt).build(), new Payload(body));
        jws.sign(signer);
        return jws.serialize(true);
    }

    @Test
    void givenSignaturesOfEveryKind_whenChecked_thenOnlyTheRightOneIsGood() throws Exception {
        final KeyPair keys = pair("secp256r1");
        final ECDSASigner signer = new ECDSASigner((ECPrivateKey) keys.getPrivate());
        final JwsCheck check = new JwsCheck(Map.of("k", (ECPublicKey) keys.getPublic()), 300_000);
        final long now = NOW_MS / 1_000;
        assertThat(checked(check, jws(JWSAlgorithm.ES256, signer, "k", now, BODY))).isEqualTo(Checked.GOOD);
        assertThat(checked(check, jws(JWSAlgorithm.ES256, signer, "k", now - 301, BODY))).isEqualTo(Checked.STALE);
        assertThat(checked(check, jws(JWSAlgorithm.ES256, signer, "k", null, BODY))).as("without its time").isEqualTo(Checked.STALE);
        assertThat(checked(check, jws(JWSAlgorithm.ES256, signer, "other", now, BODY))).as("an unknown key").isEqualTo(Checked.BAD);
        assertThat(checked(check, jws(JWSAlgorithm.ES256, signer, "k", now, new byte[] {1}))).as("another body").isEqualTo(Checked.BAD);
        assertThat(checked(check, jws(JWSAlgorithm.ES256, new ECDSASigner((ECPrivateKey) pair("secp256r1").getPrivate()), "k", now, BODY))).as("another's key").isEqualTo(Checked.BAD);
        assertThat(checked(check, jws(JWSAlgorithm.HS256, new MACSigner(keys.getPublic().getEncoded()), "k", now, BODY))).as("the public key as a secret").isEqualTo(Checked.BAD);
        assertThat(checked(check, "eyJhbGciOiJub25lIiwia2lkIjoiayJ9..")).as("alg none").isEqualTo(Checked.BAD);
        assertThat(checked(check, "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ..")).as("no signature").isEqualTo(Checked.BAD);
        assertThat(checked(check, "x".repeat(2_000))).isEqualTo(Checked.BAD);
        assertThat(checked(check, "a.b.c")).isEqualTo(Checked.BAD);
        assertThat(check.check(MultiMap.caseInsensitiveMultiMap(), BODY, NOW_MS)).isEqualTo(Checked.BAD);
    }

    @Test
    void givenAKeyOnAnotherCurve_whenMade_thenRefused() throws Exception {
        final ECPublicKey other = (ECPublicKey) pair("secp384r1").getPublic();
        assertThatThrownBy(() -> new JwsCheck(Map.of("k", other), 1)).hasMessageContaining("not on P-256");
    }

    private static Checked checked(final JwsCheck check, final String signature) {
        return check.check(MultiMap.caseInsensitiveMultiMap().add("Tgr-Signature", signature), BODY, NOW_MS);
    }
}
