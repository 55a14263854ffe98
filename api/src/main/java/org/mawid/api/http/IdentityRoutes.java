package org.mawid.api.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.api.access.Access;
import org.mawid.api.access.Target;
import org.mawid.api.identity.Identities;
import org.mawid.api.identity.Identities.Identified;
import org.mawid.api.identity.IdentityJson;
import org.mawid.api.identity.KnownPerson;
import org.mawid.api.identity.Profile;
import org.mawid.api.sealed.IdentityKind;

/** Who a person is. */
final class IdentityRoutes {
    private static final String PERSON = "person";
    private static final String IDENTITIES = "identities";

    private IdentityRoutes() {
    }

    /** As {@link IdentityJson#parents}. */
    static List<Target> parents(final Call call) {
        return Target.persons(IdentityJson.parents(call.body().getJsonArray(IDENTITIES)));
    }

    static void identify(final Call call) {
        final JsonArray given = call.body().getJsonArray(IDENTITIES);
        final Identities identities = identities(call);
        PersonalCalls.run(call, () -> identities.identify(IdentityJson.readAll(given, identities.today())), identified -> {
            if (call.loop().access() == null) {
                call.answer(200, told(identified, given));
            } else {
                call.loop().access().found(call, identified.person(), () -> call.answer(200, told(identified, given)));
            }
        });
    }

    /** The key, whether it is new, and of what was given its kinds: nothing that whoever asks has not said. */
    private static JsonObject told(final Identified identified, final JsonArray given) {
        final List<String> kinds = given.stream().map(identity -> ((JsonObject) identity).getString("kind")).toList();
        final JsonObject json = new JsonObject().put(PERSON, Bodies.key(identified.person())).put("isNew", identified.isNew()).put(IDENTITIES, new JsonArray(kinds));
        return identified.notLinked().isEmpty() ? json : json.put("notLinked", new JsonArray(identified.notLinked().stream().map(IdentityJson::word).toList()));
    }

    static void putProfile(final Call call) {
        final JsonObject body = call.body();
        final long person = call.key(PERSON);
        final Identities identities = identities(call);
        answer(call, () -> identities.putProfile(person, Profile.read(body, identities.today())));
    }

    static void getProfile(final Call call) {
        final long person = call.key(PERSON);
        final Identities identities = identities(call);
        answer(call, () -> identities.get(person));
    }

    static void link(final Call call) {
        final JsonObject body = call.body();
        final long person = call.key(PERSON);
        final Identities identities = identities(call);
        answer(call, () -> identities.link(person, IdentityJson.read(body, identities.today())));
    }

    static void unlink(final Call call) {
        final IdentityKind kind = IdentityJson.kind(call.text("identityKind"));
        final long person = call.key(PERSON);
        final Identities identities = identities(call);
        answer(call, () -> identities.unlink(person, kind));
    }

    private static void answer(final Call call, final Callable<KnownPerson> work) {
        PersonalCalls.run(call, work, known -> call.answer(200, known.json(Access.seesNumbers(HttpAccess.caller(call), known.person()))));
    }

    private static Identities identities(final Call call) {
        return PersonalCalls.desk(call).identities();
    }
}
