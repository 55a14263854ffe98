package org.mawid.api.http;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.mawid.api.contact.ContactException;
import org.mawid.api.document.DocumentException;
import org.mawid.api.document.OffsetException;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.identity.IdentityRefusal;
import org.mawid.api.limit.Spent;
import org.mawid.api.message.MessageTextException;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.sealed.SealException;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls about what is kept of persons: what may wait is done on the desk's threads. */
final class PersonalCalls {
    static final String REASON = "reason";
    private static final Logger LOG = LoggerFactory.getLogger(PersonalCalls.class);

    private PersonalCalls() {
    }

    /** @throws Fault nothing is kept here */
    static PersonalDesk desk(final Call call) {
        if (call.loop().persons() == null) {
            throw new Fault(Problem.of(Cause.NO_PERSONAL_DATA));
        }
        return call.loop().persons();
    }

    /** @param then on the event loop, with the application that the path names; may throw a {@link Fault} */
    static void ofApplication(final Call call, final Consumer<Records.Application> then) {
        desk(call);
        Reads.fromRecords(call, Result.APPLICATION_UNKNOWN, asked -> asked.loop().readModel().records().application(asked.number(ReferenceKind.APPLICATION, "application")), then);
    }

    /** @param work on a thread that may wait @param then on the event loop, with what it has given; may throw a {@link Fault} */
    static <T> void run(final Call call, final Callable<T> work, final Consumer<T> then) {
        run(call, desk(call).in(work), then);
    }

    /** @param begun null when too many wait for the desk @param then likewise */
    static <T> void run(final Call call, final CompletableFuture<T> begun, final Consumer<T> then) {
        if (begun == null) {
            throw new Fault(Problem.of(Cause.PERSONAL_DATA_DOWN));
        }
        Future.fromCompletionStage(begun, call.loop().vertx().getOrCreateContext()).onComplete(ended -> Reads.guarded(call, () -> {
            if (ended.failed()) {
                throw fault(ended.cause() instanceof CompletionException within ? within.getCause() : ended.cause());
            }
            then.accept(ended.result());
        }));
    }

    /** What is not there is answered as an application that is not there. */
    static Fault unknown(final String reason) {
        return new Fault(Problem.of(Result.APPLICATION_UNKNOWN).with(REASON, reason));
    }

    static String sentence(final String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + '.';
    }

    private static RuntimeException fault(final Throwable trouble) {
        if (trouble instanceof Fault || trouble instanceof ReadModelBehindException) {
            return (RuntimeException) trouble;
        } else if (trouble instanceof MessageTextException text) {
            return new Fault(text.reason() == MessageTextException.Reason.REPEATED_OTHERWISE ? Problem.of(Result.REQUEST_ID_REUSED)
                    : Problem.of(Result.MALFORMED).at("/text", text.getMessage()).with(REASON, text.reason().name()));
        } else if (trouble instanceof ContactException contact) {
            return new Fault(Problem.of(Result.MALFORMED).at(contact.reason().field().isEmpty() ? "" : '/' + contact.reason().field(), contact.getMessage()).with(REASON, contact.reason().name()));
        } else if (trouble instanceof IdentityRefusal no) {
            final Problem problem = Problem.of(no.reason().result(), 0, sentence(no.getMessage())).with(REASON, no.reason().name());
            return new Fault(no.field().isEmpty() ? problem : problem.at('/' + no.field(), no.getMessage()));
        } else if (trouble instanceof DocumentException document) {
            final Problem problem = Problem.of(Result.MALFORMED, 422, sentence(document.getMessage())).with(REASON, document.reason().name());
            return new Fault(document.retryMs() == 0 ? problem : problem.after(document.retryMs()).with(Spent.RETRY_AFTER_MS, document.retryMs()));
        } else if (trouble instanceof OffsetException at) {
            return new Fault(Problem.of(Result.CONFLICT, 409, sentence(at.getMessage())).with("offset", at.offset()));
        } else if (trouble instanceof SealException seal && seal.isErased()) {
            return unknown(SealException.Reason.ERASED.name());
        } else if (trouble instanceof SealException || trouble instanceof IOException) {
            LOG.error("what is kept of persons cannot be used: {}", trouble.getMessage());
            return new Fault(Problem.of(Cause.PERSONAL_DATA_DOWN));
        }
        return new IllegalStateException("an accident with what is kept of persons", trouble);
    }
}
