package org.mawid.api.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.mawid.api.sealed.Identity;
import org.mawid.api.sealed.IdentityException;

/**
 * Who a person is. Immutable. {@link #toString} tells nothing.
 *
 * @param profile    null = not said
 * @param identities that are linked, in the order in which they were
 */
public record KnownPerson(long person, Profile profile, List<Identity> identities) {
    private static final String PROFILE = "profile";
    private static final String IDENTITIES = "identities";

    public KnownPerson {
        identities = List.copyOf(identities);
    }

    /** As it is told. @param isWhole see {@link IdentityJson#write} */
    public JsonObject json(final boolean isWhole) {
        final JsonObject json = new JsonObject().put("person", HexFormat.of().toHexDigits(person));
        if (profile != null) {
            json.put(PROFILE, profile.json());
        }
        return json.put(IDENTITIES, new JsonArray(identities.stream().map(identity -> IdentityJson.write(identity, isWhole)).toList()));
    }

    byte[] bytes() {
        return json(true).encode().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalStateException no server has sealed this */
    static KnownPerson of(final long person, final byte[] bytes) {
        final JsonObject json = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
        try {
            final List<Identity> identities = new ArrayList<>();
            for (final Object identity : json.getJsonArray(IDENTITIES)) {
                identities.add(IdentityJson.sealed((JsonObject) identity));
            }
            return new KnownPerson(person, json.containsKey(PROFILE) ? Profile.sealed(json.getJsonObject(PROFILE)) : null, identities);
        } catch (final IdentityException ours) {
            throw new IllegalStateException("what was taken is taken no more: " + ours.reason(), ours);
        }
    }

    @Override
    public String toString() {
        return "person";
    }
}
