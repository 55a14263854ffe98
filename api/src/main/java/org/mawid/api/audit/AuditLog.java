package org.mawid.api.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.access.CommandAccess;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.Remembered;
import org.mawid.api.gateway.RememberedQuestion;
import org.mawid.engine.Engine;
import org.mawid.engine.core.CommandCheck;
import org.mawid.sbe.AccessedKind;
import org.mawid.sbe.ImportStampsDecoder;
import org.mawid.sbe.ImportVisitDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RecordAccessDecoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.RetireDecoder;
import org.mawid.sbe.SetCoreVersionDecoder;
import org.mawid.sbe.TickDecoder;

/**
 * What was done, read from the log itself: so it cannot be another than what happened. All commands but Ticks, and what {@link Audit} has written. What became of a command is asked of the core, which remembers that for a
 * day or as long as it is told to. One question at a time; any thread that may wait for a disk.
 */
public final class AuditLog {
    /** What one question looks at, so that it takes some seconds at most; the next one goes on from there. */
    static final int MOST_LOOKED = 500_000;
    private static final int LEAST_BYTES = MessageHeaderDecoder.ENCODED_LENGTH + RequestDecoder.ENCODED_LENGTH;
    private static final long CORE_SECONDS = 5;
    /** What no edge brings. */
    private static final Map<Integer, String> OF_OPERATORS = Map.of(SetCoreVersionDecoder.TEMPLATE_ID, "setCoreVersion", RetireDecoder.TEMPLATE_ID, "retire",
            ImportStampsDecoder.TEMPLATE_ID, "importStamps", ImportVisitDecoder.TEMPLATE_ID, "importVisit", Audit.RETENTION_SWEEP, "retentionSweep", Audit.COMES_FROM, "comesFrom");

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
        return new Page(answered(looking.found, looking.requests), Math.max(question.after(), next - 1), isEnd);
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
        return new Page(answered(looking.found, looking.requests), Math.max(after, next - 1), next > engine.status().durablePosition());
    }

    /** What somebody looks for. */
    @FunctionalInterface
    public interface Wanted {
        /**
         * @param nowMs      log time, ms since 1970-01-01 UTC
         * @param onBehalfOf key of whom it was done for, 0 = nobody
         * @param operation  {@link Operation#code}
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
            return question.person() == 0 || actor == question.person() || onBehalfOf == question.person() || concerns(question.person(), targets, position, command == null);
        }

        private boolean concerns(final long person, final List<Target> targets, final long position, final boolean isAccess) {
            return targets.stream().anyMatch(target -> target.kind() == ObjectKind.PERSON ? target.number() == person : belonging.concerns(belonging.application(target, position, isAccess), person));
        }
    }

    // ---- what was done

    private static final class Looking {
        private final Question question;
        private final Wanted wanted;
        private final List<Entry> found = new ArrayList<>();
        /** High and low half of the id of each. */
        private final List<long[]> requests = new ArrayList<>();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final RequestDecoder request = new RequestDecoder();
        private final RecordAccessDecoder access = new RecordAccessDecoder();
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
            if (nowMs >= question.fromMs() && length >= LEAST_BYTES && header.wrap(buffer, offset).templateId() != TickDecoder.TEMPLATE_ID) {
                request.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
                final Entry entry = entry(position, nowMs, copy(buffer, offset, length));
                if (entry != null) {
                    found.add(entry);
                    requests.add(new long[] {request.idHigh(), request.idLow()});
                }
            }
            return found.size() < question.limit() && ++looked < MOST_LOOKED;
        }

        /** Null when it is not what is looked for. */
        private Entry entry(final long position, final long nowMs, final UnsafeBuffer command) {
            final boolean isAccess = header.templateId() == RecordAccessDecoder.TEMPLATE_ID && isWhole(command);
            if (isAccess) {
                access.wrapAndApplyHeader(command, 0, header);
            }
            final int operation = isAccess ? access.operation() : header.templateId();
            if (question.operation() != 0 && question.operation() != operation || question.actor() != 0 && question.actor() != request.actor()) {
                return null;
            }
            final List<Target> targets = isAccess ? accessed() : named(command);
            if (!wanted.is(position, nowMs, request.actor(), request.onBehalfOf(), operation, targets, isAccess || !isWhole(command) ? null : command)) {
                return null;
            }
            return new Entry(position, nowMs, request.actor(), request.onBehalfOf(), request.channel(), name(operation), Target.mostTelling(targets), isAccess ? access.detail() : 0, null, false,
                    isAccess ? access.verdict() : null, isAccess ? access.reasonCode() : 0, isAccess ? access.address() : 0, isAccess ? access.leftOut() : 0);
        }

        private List<Target> accessed() {
            return access.targetKind() == AccessedKind.NOTHING ? List.of() : List.of(new Target(ObjectKind.valueOf(access.targetKind().name()), access.targetId()));
        }

        private List<Target> named(final UnsafeBuffer command) {
            final CommandTemplate template = CommandTemplate.of(header.templateId());
            return template == null || !isWhole(command) ? List.of() : CommandAccess.named(template, command, 0);
        }

        /** What another program has logged may be shorter than it says. */
        private static boolean isWhole(final UnsafeBuffer command) {
            return CommandCheck.check(command, 0, command.capacity()) == Result.OK;
        }

        private static UnsafeBuffer copy(final DirectBuffer buffer, final int offset, final int length) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            return new UnsafeBuffer(bytes);
        }
    }

    private static String name(final int operation) {
        final Operation known = Operation.of(operation);
        return known != null ? known.word() : OF_OPERATORS.getOrDefault(operation, Arrays.stream(PersonAct.values()).filter(act -> act.code() == operation).findFirst().map(PersonAct::word).orElse("operation" + operation));
    }

    // ---- what became of it

    private List<Entry> answered(final List<Entry> entries, final List<long[]> requests) {
        final List<Remembered> remembered = remembered(requests);
        final List<Entry> answered = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            final Entry entry = entries.get(i);
            final Remembered answer = entry.verdict() != null || remembered.isEmpty() ? Remembered.NOTHING : remembered.get(i);
            answered.add(answer.result() == Result.REQUEST_UNKNOWN ? entry : entry.answered(answer.result(), answer.nowMs() < entry.nowMs()));
        }
        return answered;
    }

    /** In their order; empty when the core does not answer now. */
    private List<Remembered> remembered(final List<long[]> requests) {
        final RememberedQuestion question = new RememberedQuestion(requests);
        try {
            return engine.query(question) ? question.answers().get(CORE_SECONDS, TimeUnit.SECONDS) : List.of();
        } catch (final TimeoutException | ExecutionException e) {
            return List.of();
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
