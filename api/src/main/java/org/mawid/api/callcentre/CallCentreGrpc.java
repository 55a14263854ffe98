package org.mawid.api.callcentre;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.rpc.CallBytes;
import org.mawid.api.rpc.Callers;
import org.mawid.api.rpc.Calls;
import org.mawid.api.rpc.PersonalCalls;
import org.mawid.api.rpc.Refusals;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.AddNoteRequest;
import org.mawid.grpc.AskCallbackRequest;
import org.mawid.grpc.CallCentreServiceGrpc;
import org.mawid.grpc.Callback;
import org.mawid.grpc.CallbackPage;
import org.mawid.grpc.EndCallbackRequest;
import org.mawid.grpc.GetHistoryRequest;
import org.mawid.grpc.HandOverNote;
import org.mawid.grpc.History;
import org.mawid.grpc.ListCallbacksRequest;
import org.mawid.grpc.SearchReply;
import org.mawid.grpc.SearchRequest;
import org.mawid.grpc.TakeCallbackRequest;
import org.mawid.sbe.Result;

/** {@link CallCentre} over gRPC. On the server's event loops. */
public final class CallCentreGrpc extends CallCentreServiceGrpc.CallCentreServiceImplBase {
    private static final int USUAL_LIMIT = 20;
    private static final int MOST_LIMIT = 50;

    private final Calls calls;
    private final PersonalCalls persons;
    private final CallCentre centre;

    /** @param desk null = nothing is kept of persons, and there is no {@code centre} either */
    public CallCentreGrpc(final Calls calls, final PersonalDesk desk, final CallCentre centre) {
        this.calls = calls;
        this.persons = new PersonalCalls(calls, desk);
        this.centre = centre;
    }

    @Override
    public void search(final SearchRequest message, final StreamObserver<SearchReply> observer) {
        if (isHere(observer)) {
            Calls.answeredLater(observer);
            final CallBytes bytes = CallBytes.ofCall();
            calls.lookUp(() -> true, read -> {
                if (read == null) {
                    observer.onError(Refusals.of(Result.READ_MODEL_BEHIND));
                } else {
                    run(bytes, observer, () -> centre.search(Asked.of(message)));
                }
            });
        }
    }

    @Override
    public void getHistory(final GetHistoryRequest message, final StreamObserver<History> observer) {
        final CallBytes bytes = CallBytes.ofCall();
        ofApplication(message.getApplication(), message.getMinPosition(), observer, application -> persons.run(observer, () -> centre.history(application.applicationId()), history -> {
            if (history == null) {
                observer.onError(Refusals.of(Result.APPLICATION_UNKNOWN));
            } else {
                Calls.give(bytes, observer, history);
            }
        }));
    }

    @Override
    public void addNote(final AddNoteRequest message, final StreamObserver<HandOverNote> observer) {
        final CallBytes bytes = CallBytes.ofCall();
        final long actor = Callers.ofCall().key();
        final String request = message.getIdHigh() == 0 && message.getIdLow() == 0 ? "" : new UUID(message.getIdHigh(), message.getIdLow()).toString();
        ofApplication(message.getApplication(), 0, observer, application -> run(bytes, observer, () -> centre.addNote(application, actor, request, message.getText())));
    }

    @Override
    public void askCallback(final AskCallbackRequest message, final StreamObserver<Callback> observer) {
        if (message.getReasonCode() == 0) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        final CallBytes bytes = CallBytes.ofCall();
        ofApplication(message.getApplication(), 0, observer, application -> run(bytes, observer,
                () -> centre.askCallback(application.applicationId(), message.getNotBeforeMs(), message.getNotAfterMs(), Integer.toUnsignedLong(message.getReasonCode()))));
    }

    @Override
    public void listCallbacks(final ListCallbacksRequest message, final StreamObserver<CallbackPage> observer) {
        if (!message.getAfter().matches("|[0-9]{1,18}-[0-9]{1,18}")) {
            observer.onError(Refusals.of(Result.MALFORMED));
        } else if (message.getLimit() < 0 || message.getLimit() > MOST_LIMIT) {
            observer.onError(Refusals.of(Result.OUT_OF_RANGE));
        } else if (isHere(observer)) {
            Calls.answeredLater(observer);
            run(CallBytes.ofCall(), observer, () -> centre.callbacks(message.getAfter(), message.getLimit() == 0 ? USUAL_LIMIT : message.getLimit()));
        }
    }

    @Override
    public void takeCallback(final TakeCallbackRequest message, final StreamObserver<Callback> observer) {
        final CallBytes bytes = CallBytes.ofCall();
        final long actor = Callers.ofCall().key();
        ofApplication(message.getApplication(), 0, observer, application -> run(bytes, observer, () -> centre.takeCallback(application.applicationId(), message.getCallback(), actor)));
    }

    @Override
    public void endCallback(final EndCallbackRequest message, final StreamObserver<Callback> observer) {
        if (message.getOutcome().getNumber() <= 0) {
            observer.onError(Refusals.of(Result.MALFORMED));
            return;
        }
        final CallBytes bytes = CallBytes.ofCall();
        final long actor = Callers.ofCall().key();
        ofApplication(message.getApplication(), 0, observer,
                application -> run(bytes, observer, () -> centre.endCallback(application.applicationId(), message.getCallback(), actor, message.getOutcome())));
    }

    private boolean isHere(final StreamObserver<?> observer) {
        if (centre == null) {
            observer.onError(Refusals.of(Cause.NO_PERSONAL_DATA));
        }
        return centre != null;
    }

    private void ofApplication(final String reference, final long minPosition, final StreamObserver<?> observer, final Consumer<Records.Application> then) {
        final long number = isHere(observer) ? calls.numberToRead(ReferenceKind.APPLICATION, reference, observer) : 0;
        if (number != 0) {
            calls.findRecord(minPosition, observer, Result.APPLICATION_UNKNOWN, () -> calls.readModel().records().application(number), then);
        }
    }

    private <T extends MessageLite> void run(final CallBytes bytes, final StreamObserver<T> observer, final Callable<T> work) {
        persons.run(observer, () -> refusing(work), told -> Calls.give(bytes, observer, told));
    }

    private static <T> T refusing(final Callable<T> work) throws Exception {
        try {
            return work.call();
        } catch (final CallCentreException no) {
            final Map<String, String> more = no.untilMs() == 0 ? Map.of("reason", no.reason().name()) : Map.of("reason", no.reason().name(), "untilMs", Long.toString(no.untilMs()));
            throw Refusals.of(no.reason().result(), no.getMessage(), more);
        }
    }
}
