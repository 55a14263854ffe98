package org.mawid.api.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Role;
import org.mawid.api.fake.FakeIssuer;
import org.slf4j.LoggerFactory;

/** Good tokens are good, bad ones are bad, each for its reason; and the issuer is not asked more than need be. */
class TokensTest {
    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:9/keys");

    private final AtomicLong nowMs = new AtomicLong(System.currentTimeMillis());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private FakeIssuer issuer;
    private Tokens tokens;

    @BeforeEach
    void start() {
        issuer = new FakeIssuer();
        tokens = new Tokens(new OidcConfig(issuer.url(), FakeIssuer.AUDIENCE, Set.of("RS256", "ES256"), ClaimNames.USUAL, 600_000), nowMs::get);
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterEach
    void stop() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        tokens.close();
        issuer.close();
    }

    @Test
    void givenAGoodToken_thenItIsKnownWhoCalls_andItsKeysAreAskedForOnce() {
        final Caller officer = caller(issuer.token(List.of("officer", "offline_access"), "MA-CG-LYON", "MA-CG-PARIS"));
        assertThat(officer.roles()).containsExactly(Role.OFFICER);
        assertThat(officer.posts()).containsExactlyInAnyOrder("MA-CG-LYON", "MA-CG-PARIS");
        assertThat(officer.person()).isZero();
        assertThat(officer.key()).as("who acts").isNotZero();

        final Caller applicant = caller(issuer.applicant(0xFEED_0000_0000_0042L));
        assertThat(applicant.roles()).containsExactly(Role.APPLICANT);
        assertThat(applicant.person()).isEqualTo(0xFEED_0000_0000_0042L).isEqualTo(applicant.key());
        assertThat(issuer.asked()).isEqualTo(1);
    }

    @Test
    void givenATokenThatWasSeen_thenNobodyIsAsked_untilItsTimeIsOver() {
        final String token = issuer.token(List.of("auditor"));
        assertThat(tokens.known("Bearer " + token)).as("not seen yet").isNull();
        final Caller auditor = caller(token);
        issuer.close();
        assertThat(tokens.known("bearer  " + token)).isEqualTo(new Authentication.Known(auditor));

        nowMs.set(auditor.expiresMs() + 2_000);
        assertThat(tokens.leftMs(auditor)).isZero();
        assertThat(tokens.known("Bearer " + token)).isEqualTo(new Authentication.Refused(TokenTrouble.EXPIRED));
    }

    @Test
    void givenNoToken_thenItIsNobody() {
        assertThat(tokens.known(null)).isEqualTo(new Authentication.Known(Caller.NOBODY));
        assertThat(tokens.known("Basic c29tZTpib2R5")).isEqualTo(new Authentication.Refused(TokenTrouble.MALFORMED));
        assertThat(tokens.known("Bearer ")).isEqualTo(new Authentication.Refused(TokenTrouble.MALFORMED));
    }

    @Test
    void givenWhatIsNotSignedByTheIssuer_thenItIsRefused() throws Exception {
        final JWTClaimsSet claims = issuer.claims().claim("roles", List.of("operator")).build();
        refused(new PlainJWT(claims).serialize(), TokenTrouble.ALGORITHM);
        refused("eyJhbGciOiJub25lIn0." + issuer.token(claims).split("\\.")[1] + ".c2lnbmF0dXJl", TokenTrouble.MALFORMED);
        for (final byte[] secret : List.of(issuer.key().toPublicJWK().toRSAPublicKey().getEncoded(), pem(issuer.key()), issuer.key().toPublicJWK().toJSONString().getBytes())) {
            final SignedJWT confused = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(), claims);
            confused.sign(new MACSigner(secret));
            refused(confused.serialize(), TokenTrouble.ALGORITHM);
        }
        refused(FakeIssuer.token(issuer.header(), claims, FakeIssuer.STRANGE), TokenTrouble.SIGNATURE);
        final String[] parts = issuer.token(claims).split("\\.");
        refused(parts[0] + '.' + issuer.token(issuer.claims().subject("another").build()).split("\\.")[1] + '.' + parts[2], TokenTrouble.SIGNATURE);
        refused(FakeIssuer.token(new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(issuer.key().getKeyID()).build(), claims, issuer.key()), TokenTrouble.ALGORITHM);
        refused("no.token.atall", TokenTrouble.MALFORMED);
        refused("somebody", TokenTrouble.MALFORMED);
    }

    @Test
    void givenATokenThatSaysWhereItsKeyIs_thenNobodyLooksThere() throws Exception {
        try (FakeIssuer other = new FakeIssuer()) {
            other.rotate();
            final JWTClaimsSet claims = issuer.claims().claim("roles", List.of("operator")).build();
            final URI keys = other.url().resolve("/keys");
            final JWSHeader named = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(other.key().getKeyID()).build();
            refused(FakeIssuer.token(new JWSHeader.Builder(named).jwkURL(keys).build(), claims, other.key()), TokenTrouble.HEADER);
            refused(FakeIssuer.token(new JWSHeader.Builder(named).x509CertURL(keys).build(), claims, other.key()), TokenTrouble.HEADER);
            refused(FakeIssuer.token(new JWSHeader.Builder(named).jwk(other.key().toPublicJWK()).build(), claims, other.key()), TokenTrouble.HEADER);
            refused(FakeIssuer.token(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keys.toString()).build(), claims, other.key()), TokenTrouble.KEY_UNKNOWN);
            refused(FakeIssuer.token(new JWSHeader.Builder(issuer.header()).jwkURL(ELSEWHERE).build(), claims, issuer.key()), TokenTrouble.HEADER);
            assertThat(other.asked()).isZero();
        }
    }

    @Test
    void givenATokenForAnotherTimeOrPlace_thenItIsRefused() {
        refused(issuer.token(issuer.claims().audience("another").build()), TokenTrouble.AUDIENCE);
        refused(issuer.token(issuer.claims().audience(List.of()).build()), TokenTrouble.AUDIENCE);
        refused(issuer.token(issuer.claims().issuer("https://issuer.example").build()), TokenTrouble.ISSUER);
        refused(issuer.token(issuer.claims().issuer(null).build()), TokenTrouble.ISSUER);
        refused(issuer.token(issuer.claims().expirationTime(new Date(nowMs.get() - 2_000)).build()), TokenTrouble.EXPIRED);
        refused(issuer.token(issuer.claims().expirationTime(null).build()), TokenTrouble.CLAIMS);
        refused(issuer.token(issuer.claims().notBeforeTime(new Date(nowMs.get() + 5_000)).build()), TokenTrouble.NOT_YET);
        refused(issuer.token(issuer.claims().subject(null).build()), TokenTrouble.CLAIMS);
        refused(issuer.token(issuer.claims().claim("roles", "applicant").build()), TokenTrouble.CLAIMS);
        refused(issuer.token(issuer.claims().claim("person", "0x42").build()), TokenTrouble.CLAIMS);
        refused(issuer.token(issuer.claims().claim("typ", "Refresh").build()), TokenTrouble.TYPE);
        refused(FakeIssuer.token(new JWSHeader.Builder(issuer.header()).type(new JOSEObjectType("dpop+jwt")).build(), issuer.claims().build(), issuer.key()), TokenTrouble.TYPE);
        refused(issuer.token(issuer.claims().claim("more", "x".repeat(TokenVerifier.MOST_CHARACTERS)).build()), TokenTrouble.TOO_LONG);
        assertThat(caller(FakeIssuer.token(new JWSHeader.Builder(issuer.header()).type(new JOSEObjectType("at+jwt")).build(), issuer.claims().build(), issuer.key())).roles()).isEmpty();
    }

    @Test
    void givenTheIssuerChangesItsKey_thenTheNewOneIsFetchedOnce_andNamesThatNobodyKnowsFetchNothingMore() {
        caller(issuer.token(List.of("auditor")));
        final String before = issuer.token(issuer.claims().subject("not seen").build());
        issuer.rotate();
        assertThat(caller(issuer.token(List.of("auditor"), "of the new key")).roles()).containsExactly(Role.AUDITOR);
        assertThat(issuer.asked()).isEqualTo(2);
        refused(before, TokenTrouble.KEY_UNKNOWN);
        for (int i = 0; i < 20; i++) {
            refused(FakeIssuer.token(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("unknown-" + i).build(), issuer.claims().build(), FakeIssuer.STRANGE), TokenTrouble.KEY_UNKNOWN);
        }
        assertThat(issuer.asked()).isEqualTo(2);
    }

    @Test
    void givenTheIssuerIsDown_thenNewTokensAreUnchecked_andTheLogSaysSoOnceWithoutAToken() {
        issuer.down(true);
        final String token = issuer.token(List.of("auditor"));
        assertThat(authenticated(token)).isInstanceOf(Authentication.Unchecked.class);
        assertThat(authenticated(token)).isInstanceOf(Authentication.Unchecked.class);
        assertThat(log.list).filteredOn(event -> event.getLoggerName().equals(Tokens.class.getName())).hasSize(1);
        assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains(token) || event.getFormattedMessage().contains(token.split("\\.")[1]));
    }

    @Test
    void givenClaimsUnderOtherNames_thenTheyAreFoundThere() {
        try (Tokens others = new Tokens(OidcConfig.of(issuer.url(), FakeIssuer.AUDIENCE, OidcConfig.USUAL_ALGORITHMS, new ClaimNames("realm_access.roles", "post", "azp", "key")))) {
            final CompletableFuture<Authentication> answer = new CompletableFuture<>();
            others.check("Bearer " + issuer.token(issuer.claims().claim("realm_access", Map.of("roles", List.of("portal", "planner"))).claim("post", "MA-CG-LYON").claim("azp", "rdv").build()),
                    answer::complete);
            final Caller caller = ((Authentication.Known) answer.join()).caller();
            assertThat(caller.roles()).containsExactlyInAnyOrder(Role.PORTAL, Role.PLANNER);
            assertThat(caller.posts()).containsExactly("MA-CG-LYON");
            assertThat(caller.portal()).isEqualTo("rdv");
        }
    }

    @Test
    void givenAnIssuerOrAlgorithmThatCannotBeTrusted_thenTheSettingsAreRefused() {
        assertThatThrownBy(() -> OidcConfig.of(URI.create("http://issuer.invalid"), "mawid", "RS256", ClaimNames.USUAL)).hasMessageContaining("https://");
        assertThatThrownBy(() -> OidcConfig.of(URI.create("https://issuer.example"), "mawid", "RS256,HS256", ClaimNames.USUAL)).hasMessageContaining("HS256");
        assertThatThrownBy(() -> OidcConfig.of(URI.create("https://issuer.example"), "mawid", "none", ClaimNames.USUAL)).hasMessageContaining("none");
        assertThatThrownBy(() -> OidcConfig.of(URI.create("https://issuer.example"), " ", "RS256", ClaimNames.USUAL)).hasMessageContaining("audience");
    }

    private void refused(final String token, final TokenTrouble why) {
        assertThat(authenticated(token)).isEqualTo(new Authentication.Refused(why));
    }

    private Caller caller(final String token) {
        return ((Authentication.Known) authenticated(token)).caller();
    }

    private Authentication authenticated(final String token) {
        final Authentication known = tokens.known("Bearer " + token);
        if (known != null) {
            return known;
        }
        final CompletableFuture<Authentication> answer = new CompletableFuture<>();
        tokens.check("Bearer " + token, answer::complete);
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static byte[] pem(final RSAKey key) throws Exception {
        return ("-----BEGIN PUBLIC KEY-----\n" + Base64.encode(key.toPublicJWK().toRSAPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n").getBytes();
    }
}
