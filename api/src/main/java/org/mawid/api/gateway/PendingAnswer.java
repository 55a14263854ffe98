package org.mawid.api.gateway;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.Engine;
import org.mawid.engine.Reply;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.Result;

/** One command on its way. Filled on the core's thread, then pushed; read on the lane. */
final class PendingAnswer extends Signal implements Reply {
    private static final DirectBuffer NO_EVENTS = new UnsafeBuffer(0, 0);

    private final Engine engine;
    private final Lane lane;
    private final AnswerHandler handler;
    private final CommandTemplate submitted;
    /** Null for a question, which is no command. */
    private final LocalAnswers localAnswers;
    private CommandTemplate template;
    private Result result;
    private long position;
    private long nowMs;
    private boolean repeated;
    private long number1;
    private long number2;
    private long number3;
    private long walkInTicket;
    private boolean handedOver;

    PendingAnswer(final Engine engine, final Lane lane, final CommandTemplate template, final LocalAnswers localAnswers, final AnswerHandler handler) {
        this.engine = engine;
        this.lane = lane;
        this.submitted = template;
        this.template = template;
        this.localAnswers = localAnswers;
        this.handler = handler;
    }

    @Override
    public void onOutcome(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        take(outcome, events, offset, length);
        lane.push(this);
    }

    /** On the core's thread. */
    void ask(final EngineCore core, final long idHigh, final long idLow) {
        final Outcome outcome = new Outcome();
        core.outcomeOf(idHigh, idLow, outcome);
        template = CommandTemplate.of(outcome.templateId());
        take(outcome, NO_EVENTS, 0, 0);
        lane.push(this);
    }

    private void take(final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        walkInTicket = WalkInTicket.of(engine, template, outcome, events, offset, length);
        result = outcome.result();
        position = outcome.position();
        nowMs = outcome.nowMs();
        repeated = outcome.repeated();
        number1 = outcome.number1();
        number2 = outcome.number2();
        number3 = outcome.number3();
    }

    @Override
    protected void onLane() {
        lane.answered(this);
        if (!handedOver) {
            handedOver = true;
            handler.onAnswer(new Answer(template, result, position, nowMs, repeated, number1, number2, number3, walkInTicket));
        }
    }

    @Override
    protected void onTimeout() {
        // The other fields belong to the core's thread until it pushes.
        handedOver = true;
        if (localAnswers != null) {
            localAnswers.count(submitted, Result.PENDING, 0);
        }
        handler.onAnswer(Answer.local(submitted, Result.PENDING));
    }
}
