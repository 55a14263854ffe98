package org.mawid.api.identity.grpc;

import io.grpc.stub.StreamObserver;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.api.access.Access;
import org.mawid.api.access.Caller;
import org.mawid.api.access.CommandAccess;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.identity.Identities;
import org.mawid.api.identity.IdentityJson;
import org.mawid.api.identity.KnownPerson;
import org.mawid.api.identity.Profile;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Callers;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.PersonalCalls;
import org.mawid.api.rpc.Refusals;
import org.mawid.grpc.GetProfileRequest;
import org.mawid.grpc.IdentifyReply;
import org.mawid.grpc.IdentifyRequest;
import org.mawid.grpc.IdentityServiceGrpc;
import org.mawid.grpc.LinkIdentityRequest;
import org.mawid.grpc.PersonIdentity;
import org.mawid.grpc.PutProfileRequest;
import org.mawid.grpc.UnlinkIdentityRequest;
import org.mawid.sbe.Result;

/** Who a person is, over gRPC. On the server's event loops. */
public final class IdentityGrpc extends IdentityServiceGrpc.IdentityServiceImplBase {
    private final Calls calls;
    private final PersonalCalls persons;

    /** @param desk null = nothing is kept of persons */
    public IdentityGrpc(final Calls calls, final PersonalDesk desk) {
        this.calls = calls;
        persons = new PersonalCalls(calls, desk);
    }

    /** As {@link IdentityJson#parents}. */
    public static List<Target> parents(final IdentifyRequest message) {
        return message.getIdentitiesList().stream().allMatch(IdentityMessages::isKnown) ? Target.persons(IdentityJson.parents(array(message))) : List.of();
    }

    private static JsonArray array(final IdentifyRequest message) {
        return new JsonArray(message.getIdentitiesList().stream().map(IdentityMessages::json).toList());
    }

    @Override
    public void identify(final IdentifyRequest message, final StreamObserver<IdentifyReply> observer) {
        if (!message.getIdentitiesList().stream().allMatch(IdentityMessages::isKnown)) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        Calls.answeredLater(observer);
        final CallBytes bytes = CallBytes.ofCall();
        final Caller caller = Callers.ofCall();
        persons.run(observer, () -> identities().identify(IdentityJson.readAll(array(message), identities().today())), identified -> {
            final IdentifyReply reply = IdentifyReply.newBuilder().setPerson(identified.person()).setIsNew(identified.isNew()).addAllIdentities(message.getIdentitiesList().stream().map(PersonIdentity::getKind).toList())
                    .addAllNotLinked(identified.notLinked().stream().map(IdentityMessages::kind).toList()).build();
            if (calls.access() == null) {
                Calls.give(bytes, observer, reply);
            } else {
                calls.access().found(caller, Operation.IDENTIFY, identified.person()).thenAcceptAsync(written -> {
                    if (written == Result.OK) {
                        Calls.give(bytes, observer, reply);
                    } else {
                        observer.onError(Refusals.of(written, CommandAccess.detail(written), 0));
                    }
                }, calls.worker().eventLoop());
            }
        });
    }

    @Override
    public void putProfile(final PutProfileRequest message, final StreamObserver<org.mawid.grpc.KnownPerson> observer) {
        if (!IdentityMessages.isKnown(message.getProfile())) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        run(message.getPerson(), observer, () -> identities().putProfile(message.getPerson(), Profile.read(IdentityMessages.json(message.getProfile()), identities().today())));
    }

    @Override
    public void getProfile(final GetProfileRequest message, final StreamObserver<org.mawid.grpc.KnownPerson> observer) {
        run(message.getPerson(), observer, () -> identities().get(message.getPerson()));
    }

    @Override
    public void linkIdentity(final LinkIdentityRequest message, final StreamObserver<org.mawid.grpc.KnownPerson> observer) {
        if (!IdentityMessages.isKnown(message.getIdentity())) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        run(message.getPerson(), observer, () -> identities().link(message.getPerson(), IdentityJson.read(IdentityMessages.json(message.getIdentity()), identities().today())));
    }

    @Override
    public void unlinkIdentity(final UnlinkIdentityRequest message, final StreamObserver<org.mawid.grpc.KnownPerson> observer) {
        if (message.getKind().getNumber() <= 0) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        run(message.getPerson(), observer, () -> identities().unlink(message.getPerson(), IdentityJson.kind(IdentityMessages.word(message.getKind()))));
    }

    private void run(final long person, final StreamObserver<org.mawid.grpc.KnownPerson> observer, final Callable<KnownPerson> work) {
        if (person == 0) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        Calls.answeredLater(observer);
        final CallBytes bytes = CallBytes.ofCall();
        final Caller caller = Callers.ofCall();
        persons.run(observer, work, known -> Calls.give(bytes, observer, IdentityMessages.message(known, Access.seesNumbers(caller, person))));
    }

    private Identities identities() {
        return persons.desk().identities();
    }
}
