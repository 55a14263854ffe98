package org.mawid.api.person;

import io.vertx.core.json.JsonObject;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;

/**
 * One thing that is held of a person. Nothing of it is personal: it stands in clear in a file.
 *
 * @param name  under which the sealed bytes are stored
 * @param atMs  when it was sealed, log time, ms since 1970-01-01 UTC
 * @param facts what those who sealed it want to know of it; changed by nobody
 */
public record Held(Kind kind, Owner owner, String name, long atMs, JsonObject facts) {
    JsonObject json() {
        return new JsonObject().put("kind", kind.name()).put("application", owner.application()).put("submittedMs", owner.submittedMs()).put("name", name).put("atMs", atMs).put("facts", facts);
    }

    static Held of(final long personKey, final JsonObject json) {
        return new Held(Kind.valueOf(json.getString("kind")), new Owner(personKey, json.getLong("application"), json.getLong("submittedMs")), json.getString("name"), json.getLong("atMs"),
                json.getJsonObject("facts"));
    }
}
