package org.mawid.api.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mawid.api.gateway.Remembered;
import org.mawid.api.gateway.RememberedQuestion;
import org.mawid.engine.Engine;
import org.mawid.sbe.Result;

/** What became of commands, as the core remembers it: for a day, or as long as it is told to. Any thread that may wait. */
public final class WhatBecame {
    /** One question: some tens of microseconds of the core's time. */
    private static final int AT_ONCE = Question.MOST;
    private static final long CORE_SECONDS = 5;

    private WhatBecame() {
    }

    /** @return in their order, each with its result where that is remembered; null = the core does not answer now */
    public static List<Entry> of(final List<LoggedCommand> logged, final Engine engine) {
        final List<Entry> entries = new ArrayList<>();
        for (int from = 0; from < logged.size(); from += AT_ONCE) {
            final List<LoggedCommand> some = logged.subList(from, Math.min(from + AT_ONCE, logged.size()));
            final List<Remembered> remembered = remembered(some.stream().map(LoggedCommand::requestId).toList(), engine);
            if (remembered == null) {
                return null;
            }
            for (int i = 0; i < some.size(); i++) {
                entries.add(answered(some.get(i).entry(), remembered.get(i)));
            }
        }
        return entries;
    }

    private static Entry answered(final Entry entry, final Remembered answer) {
        return entry.verdict() != null || answer.result() == Result.REQUEST_UNKNOWN ? entry : entry.answered(answer.result(), answer.nowMs() < entry.nowMs());
    }

    private static List<Remembered> remembered(final List<long[]> requests, final Engine engine) {
        final RememberedQuestion question = new RememberedQuestion(requests);
        try {
            return engine.query(question) ? question.answers().get(CORE_SECONDS, TimeUnit.SECONDS) : null;
        } catch (final TimeoutException | ExecutionException e) {
            return null;
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
