package org.mawid.api.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import org.mawid.api.fake.FakeIssuer;

/** What Keycloak would say of the users of {@code keycloak/mawid-realm.json}, said by the issuer of the tests. */
final class RealmTokens implements Tokens {
    private final FakeIssuer issuer;
    private final JsonArray users;

    RealmTokens(final FakeIssuer issuer) throws IOException {
        this.issuer = issuer;
        try (InputStream realm = RealmTokens.class.getResourceAsStream("/keycloak/mawid-realm.json")) {
            users = new JsonObject(Buffer.buffer(realm.readAllBytes())).getJsonArray("users");
        }
    }

    @Override
    public String of(final String name) {
        final JsonObject user = users.stream().map(JsonObject.class::cast).filter(one -> one.getString("username").equals(name)).findAny().orElseThrow();
        final JsonObject attributes = user.getJsonObject("attributes");
        final String person = attributes.containsKey("person") ? attributes.getJsonArray("person").getString(0) : null;
        return issuer.token(issuer.claims().subject(name).claim("roles", user.getJsonArray("realmRoles").getList()).claim("posts", attributes.getJsonArray("posts", JsonArray.of()).getList())
                .claim("person", person).build());
    }
}
