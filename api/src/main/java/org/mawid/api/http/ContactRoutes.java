package org.mawid.api.http;

import io.vertx.core.json.JsonObject;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.Contacts;
import org.mawid.api.contact.Language;

/** Where a person is reached. */
final class ContactRoutes {
    private static final String PERSON = "person";

    private ContactRoutes() {
    }

    static void put(final Call call) {
        final JsonObject body = call.body();
        final long person = call.key(PERSON);
        run(call, contacts(call), contacts -> {
            final ContactDetails details = ContactDetails.of(body.getString("email", ""), body.getString("mobile", ""), Language.of(body.getString("language")), ContactDetails.topics(body.getJsonArray("topics")));
            contacts.put(person, details);
            return details;
        });
    }

    static void get(final Call call) {
        final long person = call.key(PERSON);
        run(call, contacts(call), contacts -> contacts.get(person));
    }

    static void delete(final Call call) {
        final long person = call.key(PERSON);
        run(call, contacts(call), contacts -> {
            contacts.delete(person);
            return null;
        });
    }

    /** Something that is done with them, and what there is then; null = nothing. */
    @FunctionalInterface
    private interface Work {
        ContactDetails with(Contacts contacts) throws Exception;
    }

    private static void run(final Call call, final Contacts contacts, final Work work) {
        PersonalCalls.run(call, () -> work.with(contacts), details -> call.answer(200, new JsonObject().put(PERSON, Bodies.key(call.key(PERSON))).mergeIn(details == null ? new JsonObject() : details.json())));
    }

    private static Contacts contacts(final Call call) {
        return PersonalCalls.desk(call).contacts();
    }
}
