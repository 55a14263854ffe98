package org.mawid.api.rpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.BiConsumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.access.Caller;
import org.mawid.api.access.CommandAccess;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.api.gateway.AnswerHandler;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.limit.Spent;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.Result;

/**
 * The command of a unary call on its way in: as far as whoever calls may, and as what they bring covers it. What is not known yet of whose something is, is waited for. On the event loop of
 * the call.
 */
final class Submission {
    private final Calls calls;
    private final Worker worker;
    private final CommandTemplate template;
    private final int length;
    private final StreamObserver<?> observer;
    private final AnswerHandler answering;
    private final BiConsumer<MutableDirectBuffer, Runnable> before;
    private final Caller caller = Callers.ofCall();
    private final String capability = CallCapability.ofCall();
    private MutableDirectBuffer command;
    private int offset;

    /** Within a handler of the call. @param length of what was drafted last @param before as in {@link Calls#submit}, null = nothing */
    Submission(final Calls calls, final Worker worker, final CommandTemplate template, final int length, final StreamObserver<?> observer, final AnswerHandler answering,
               final BiConsumer<MutableDirectBuffer, Runnable> before) {
        this.calls = calls;
        this.worker = worker;
        this.template = template;
        this.length = length;
        this.observer = observer;
        this.answering = answering;
        this.before = before;
        command = worker.draftAsIs().buffer();
        offset = worker.draftAsIs().offset();
    }

    void begin() {
        if (calls.access() == null) {
            cover();
            return;
        }
        final Spent spent = calls.pay(caller, template, command, offset);
        if (spent != null) {
            calls.gateway().localAnswers().count(template, Cause.LIMIT_SPENT);
            observer.onError(Refusals.limited(spent));
            return;
        }
        final Result verdict = judge();
        if (verdict != Result.READ_MODEL_BEHIND) {
            judged(verdict);
            return;
        }
        keep();
        calls.whenReadable(reached -> judged(reached ? judge() : verdict));
    }

    private Result judge() {
        return calls.access().commands().judge(caller, template, command, offset);
    }

    private void judged(final Result verdict) {
        if (verdict == Result.OK) {
            cover();
        } else {
            refuse(verdict, Refusals.of(verdict, CommandAccess.detail(verdict), 0));
        }
    }

    private void cover() {
        final Capabilities capabilities = calls.capabilities();
        if (capabilities == null || !capabilities.isAsked(calls.access() == null ? null : caller, template)) {
            prepare();
        } else if (!Capabilities.isLookedUp(template)) {
            cover(capabilities);
        } else {
            keep();
            calls.whenRecorded(reached -> {
                if (reached) {
                    cover(capabilities);
                } else {
                    refuse(Result.READ_MODEL_BEHIND, Refusals.of(Result.READ_MODEL_BEHIND));
                }
            });
        }
    }

    private void cover(final Capabilities capabilities) {
        final CapabilityTrouble trouble;
        try {
            trouble = capabilities.whyNot(calls.access() == null ? null : caller, capability, template, command, offset, capabilities.applicationOf(template, command, offset));
        } catch (final ReadModelBehindException behind) {
            refuse(Result.READ_MODEL_BEHIND, Refusals.of(Result.READ_MODEL_BEHIND));
            return;
        }
        if (trouble == null) {
            prepare();
        } else {
            refuse(Result.FORBIDDEN, Refusals.of(trouble));
        }
    }

    private void prepare() {
        if (before == null) {
            submit();
        } else {
            keep();
            before.accept(command, this::submit);
        }
    }

    private void submit() {
        calls.gateway().submit(worker.lane(), template, command, offset, length, answering);
    }

    private void refuse(final Result result, final StatusRuntimeException refusal) {
        calls.gateway().localAnswers().count(template, result, CommandAccess.detail(result));
        observer.onError(refusal);
    }

    /** The next command is drafted meanwhile. */
    private void keep() {
        final MutableDirectBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, command, offset, length);
        command = copy;
        offset = 0;
    }
}
