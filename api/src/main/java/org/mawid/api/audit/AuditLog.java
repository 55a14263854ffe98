package org.mawid.api.audit;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.engine.Engine;

/**
 * What was done, read from the log itself: so it cannot be another than what happened. All commands but Ticks, and what {@link Audit} has written. What became of a command is asked of the core, which remembers that for a
 * day or as long as it is told to. One question at a time; any thread that may wait for a disk.
 */
public final class AuditLog {
    /** What one question looks at, so that it takes some seconds at most; the next one goes on from there. */
    static final int MOST_LOOKED = 500_000;

    private final Engine engine;

    public AuditLog(final Engine engine) {
        this.engine = engine;
    }

    /** @throws org.mawid.engine.readmodel.ReadModelBehindException whose something is cannot be told now */
    public synchronized Page find(final Question question) {
        final Looking looking = new Looking(question, new Asked(question, new Belonging(engine.readModel())));
        final long next = engine.readLog(question.after() + 1, question.fromMs(), looking::look);
        final long durable = engine.status().durablePosition();
        final boolean isEnd = looking.isPast || next > durable;
        return new Page(answered(looking.found), Math.max(question.after(), next - 1), isEnd);
    }

    /**
     * What there is of a kind in all of the log, in parts: whoever tells everything that was done about somebody. Each part is as {@link #find} gives it.
     *
     * @param after position
     */
    public synchronized Page find(final Wanted wanted, final long after) {
        final Question all = new Question(0, 0, 0, 0, 0, Long.MAX_VALUE, after, Question.MOST);
        final Looking looking = new Looking(all, wanted);
        final long next = engine.readLog(after + 1, 0, looking::look);
        return new Page(answered(looking.found), Math.max(after, next - 1), next > engine.status().durablePosition());
    }

    /** What somebody looks for. */
    @FunctionalInterface
    public interface Wanted {
        /**
         * @param nowMs      log time, ms since 1970-01-01 UTC
         * @param onBehalfOf key of whom it was done for, 0 = nobody
         * @param operation  {@link org.mawid.api.access.Operation#code}
         * @param command    what was logged, whole; null = it is not, or that is no command (then {@code targets} has what it was about)
         */
        boolean is(long position, long nowMs, long actor, long onBehalfOf, int operation, List<Target> targets, DirectBuffer command);
    }

    /** As an auditor asks, but for operation and actor, by which most is passed over before it is read. */
    private record Asked(Question question, Belonging belonging) implements Wanted {
        @Override
        public boolean is(final long position, final long nowMs, final long actor, final long onBehalfOf, final int operation, final List<Target> targets, final DirectBuffer command) {
            if (question.application() != 0 && targets.stream().noneMatch(target -> belonging.application(target, position, command == null) == question.application())
                    && !belonging.isOpened(question.application(), command, nowMs)) {
                return false;
            }
            return question.person() == 0 || actor == question.person() || onBehalfOf == question.person() || Opening.names(command, question.person())
                    || concerns(question.person(), targets, position, command == null);
        }

        private boolean concerns(final long person, final List<Target> targets, final long position, final boolean isAccess) {
            return targets.stream().anyMatch(target -> target.kind() == ObjectKind.PERSON ? target.number() == person : belonging.concerns(belonging.application(target, position, isAccess), person));
        }
    }

    // ---- what was done

    private static final class Looking {
        private final Question question;
        private final Wanted wanted;
        private final List<LoggedCommand> found = new ArrayList<>();
        private int looked;
        private boolean isPast;

        Looking(final Question question, final Wanted wanted) {
            this.question = question;
            this.wanted = wanted;
        }

        boolean look(final long position, final long nowMs, final DirectBuffer buffer, final int offset, final int length) {
            if (nowMs >= question.toMs()) {
                isPast = true;
                return false;
            }
            final LoggedCommand logged = nowMs < question.fromMs() ? null : LoggedCommand.of(position, nowMs, buffer, offset, length);
            if (logged != null && question.isBy(logged) && wanted.is(position, nowMs, logged.actor(), logged.onBehalfOf(), logged.operation(), logged.targets(), logged.command())) {
                found.add(logged);
            }
            return found.size() < question.limit() && ++looked < MOST_LOOKED;
        }
    }

    /** Without what became of them when the core does not answer now. */
    private List<Entry> answered(final List<LoggedCommand> found) {
        final List<Entry> answered = WhatBecame.of(found, engine);
        return answered != null ? answered : found.stream().map(LoggedCommand::entry).toList();
    }
}
