package org.mawid.api.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mawid.api.access.Caller;
import org.mawid.api.access.Role;
import org.mawid.api.oidc.Authentication;
import org.mawid.api.oidc.ClaimNames;
import org.mawid.api.oidc.OidcConfig;
import org.mawid.api.oidc.Tokens;

/** What the issuer of a demo gives is good, and it is never beside a server that others can reach. */
class SandboxIssuerTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void givenAnIssuer_whenAskedForATokenOfARole_thenAServerTakesIt() throws Exception {
        try (SandboxIssuer issuer = SandboxIssuer.start(vertx, InetAddress.getLoopbackAddress());
             Tokens tokens = new Tokens(OidcConfig.of(URI.create(issuer.url()), SandboxIssuer.AUDIENCE, OidcConfig.USUAL_ALGORITHMS, ClaimNames.USUAL))) {
            final Caller officer = caller(tokens, get(issuer, "/token?role=officer&role=post-accountant&post=MA-CG-LYON").body());
            assertThat(officer.roles()).containsExactlyInAnyOrder(Role.OFFICER, Role.POST_ACCOUNTANT);
            assertThat(officer.posts()).containsExactly("MA-CG-LYON");
            assertThat(caller(tokens, get(issuer, "/token?role=applicant&person=00000000000000a1").body()).person()).isEqualTo(0xA1);
            assertThat(get(issuer, "/token?role=officer&seconds=long").statusCode()).isEqualTo(400);
            assertThat(get(issuer, "/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void givenAServerThatOthersCanReach_thenItDoesNotStart() {
        assertThatThrownBy(() -> SandboxIssuer.start(vertx, InetAddress.getByName("0.0.0.0"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("loopback only");
    }

    private static Caller caller(final Tokens tokens, final String token) {
        final CompletableFuture<Authentication> answer = new CompletableFuture<>();
        tokens.check("Bearer " + token, answer::complete);
        return ((Authentication.Known) answer.orTimeout(20, TimeUnit.SECONDS).join()).caller();
    }

    private static HttpResponse<String> get(final SandboxIssuer issuer, final String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(issuer.url() + path)).build(), BodyHandlers.ofString());
    }
}
