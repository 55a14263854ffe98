package org.mawid.api.contact.grpc;

import io.grpc.stub.StreamObserver;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.ContactException;
import org.mawid.api.contact.Language;
import org.mawid.api.contact.Topic;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.PersonalCalls;
import org.mawid.api.rpc.Refusals;
import org.mawid.grpc.ContactLanguage;
import org.mawid.grpc.ContactServiceGrpc;
import org.mawid.grpc.ContactTopic;
import org.mawid.grpc.Contacts;
import org.mawid.grpc.DeleteContactsRequest;
import org.mawid.grpc.GetContactsRequest;
import org.mawid.grpc.PutContactsRequest;
import org.mawid.sbe.Result;

/** Contacts over gRPC. On the server's event loops. */
public final class ContactGrpc extends ContactServiceGrpc.ContactServiceImplBase {
    private static final String LANGUAGE = "CONTACT_LANGUAGE_";
    private static final String TOPIC = "CONTACT_TOPIC_";

    private final PersonalCalls persons;

    /** @param desk null = nothing is kept of persons */
    public ContactGrpc(final Calls calls, final PersonalDesk desk) {
        persons = new PersonalCalls(calls, desk);
    }

    @Override
    public void putContacts(final PutContactsRequest message, final StreamObserver<Contacts> observer) {
        final Contacts wanted = message.getContacts();
        if (message.getPerson() == 0 || !isKnown(wanted)) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        run(message.getPerson(), observer, () -> {
            final ContactDetails details = details(wanted);
            persons.desk().contacts().put(message.getPerson(), details);
            return details;
        });
    }

    @Override
    public void getContacts(final GetContactsRequest message, final StreamObserver<Contacts> observer) {
        run(message.getPerson(), observer, () -> persons.desk().contacts().get(message.getPerson()));
    }

    @Override
    public void deleteContacts(final DeleteContactsRequest message, final StreamObserver<Contacts> observer) {
        run(message.getPerson(), observer, () -> {
            persons.desk().contacts().delete(message.getPerson());
            return null;
        });
    }

    /** @param work gives what there is then, null = nothing */
    private void run(final long person, final StreamObserver<Contacts> observer, final Callable<ContactDetails> work) {
        if (person == 0) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        Calls.answeredLater(observer);
        final CallBytes bytes = CallBytes.ofCall();
        persons.run(observer, work, details -> Calls.give(bytes, observer, details == null ? Contacts.getDefaultInstance() : message(details)));
    }

    private static boolean isKnown(final Contacts wanted) {
        return wanted.getLanguageValue() > 0 && wanted.getLanguageValue() <= Language.values().length && wanted.getTopicsValueList().stream().allMatch(value -> value > 0 && value <= Topic.values().length);
    }

    private static ContactDetails details(final Contacts wanted) throws ContactException {
        final Set<Topic> topics = EnumSet.noneOf(Topic.class);
        wanted.getTopicsList().forEach(topic -> topics.add(Topic.valueOf(topic.name().substring(TOPIC.length()))));
        return ContactDetails.of(wanted.getEmail(), wanted.getMobile(), Language.valueOf(wanted.getLanguage().name().substring(LANGUAGE.length())), topics);
    }

    private static Contacts message(final ContactDetails details) {
        final Contacts.Builder message = Contacts.newBuilder().setEmail(details.email()).setMobile(details.mobile()).setLanguage(ContactLanguage.valueOf(LANGUAGE + details.language().name()));
        details.topics().forEach(topic -> message.addTopics(ContactTopic.valueOf(TOPIC + topic.name())));
        return message.build();
    }
}
