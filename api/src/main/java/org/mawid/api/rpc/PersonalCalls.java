package org.mawid.api.rpc;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.mawid.api.gateway.Cause;
import org.mawid.api.contact.ContactException;
import org.mawid.api.identity.IdentityRefusal;
import org.mawid.api.message.MessageTextException;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.sealed.SealException;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls about what is kept of persons, over gRPC: what may wait is done on the desk's threads. */
public final class PersonalCalls {
    private static final Logger LOG = LoggerFactory.getLogger(PersonalCalls.class);
    private static final String REASON = "reason";

    private final Calls calls;
    private final PersonalDesk desk;

    /** @param desk null = nothing is kept here */
    public PersonalCalls(final Calls calls, final PersonalDesk desk) {
        this.calls = calls;
        this.desk = desk;
    }

    /** Null when nothing is kept here. */
    public PersonalDesk desk() {
        return desk;
    }

    /**
     * For a call that is {@link Calls#answeredLater}.
     *
     * @param work on a thread that may wait
     * @param then on the event loop of the call, with its deadline, with what {@code work} has given
     */
    public <T> void run(final StreamObserver<?> observer, final Callable<T> work, final Consumer<T> then) {
        final CompletableFuture<T> begun = desk == null ? null : desk.in(work);
        if (begun == null) {
            observer.onError(Refusals.of(desk == null ? Cause.NO_PERSONAL_DATA : Cause.PERSONAL_DATA_DOWN));
            return;
        }
        final Context call = Context.current();
        final Executor eventLoop = calls.worker().eventLoop();
        begun.whenCompleteAsync((given, trouble) -> call.run(() -> {
            if (trouble == null) {
                then.accept(given);
            } else {
                observer.onError(refusal(trouble));
            }
        }), eventLoop);
    }

    /** What is not there is answered as an application that is not there. */
    public static RuntimeException unknown(final String reason) {
        return Refusals.of(Result.APPLICATION_UNKNOWN, "No such application.", Map.of(REASON, reason));
    }

    private static RuntimeException refusal(final Throwable trouble) {
        if (trouble instanceof StatusRuntimeException refused) {
            return refused;
        } else if (trouble instanceof ReadModelBehindException) {
            return Refusals.of(Result.READ_MODEL_BEHIND);
        } else if (trouble instanceof MessageTextException text) {
            return text.reason() == MessageTextException.Reason.REPEATED_OTHERWISE ? Refusals.of(Result.REQUEST_ID_REUSED)
                    : Refusals.of(Result.MALFORMED, text.getMessage(), Map.of(REASON, text.reason().name(), "at", Integer.toString(text.at())));
        } else if (trouble instanceof ContactException contact) {
            return Refusals.of(Result.MALFORMED, contact.getMessage(), Map.of(REASON, contact.reason().name(), "field", contact.reason().field()));
        } else if (trouble instanceof IdentityRefusal no) {
            return Refusals.of(no.reason().result(), no.getMessage(), Map.of(REASON, no.reason().name(), "field", no.field()));
        } else if (trouble instanceof SealException seal && seal.isErased()) {
            return unknown(SealException.Reason.ERASED.name());
        } else if (trouble instanceof SealException || trouble instanceof IOException) {
            LOG.error("what is kept of persons cannot be used: {}", trouble.getMessage());
            return Refusals.of(Cause.PERSONAL_DATA_DOWN);
        }
        LOG.error("an accident with what is kept of persons", trouble);
        return Refusals.of(Result.UNAVAILABLE, Cause.PERSONAL_DATA_DOWN.number(), 0);
    }
}
