package org.mawid.api.gateway;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.mawid.sbe.Result;

/**
 * Counts the answers that the edges give to commands by themselves, which the core never sees or has not answered yet: where a flood is
 * turned away, this is the only trace of it. One for a server, whatever its edges. Any thread; after the first of its kind nothing is made.
 */
public final class LocalAnswers {
    private static final int TEMPLATES = CommandTemplate.IDS;
    private static final int RESULTS = 256;
    private static final int KINDS = RESULTS + Cause.values().length + 1;

    /** By template, then result, or behind the results the cause of UNAVAILABLE. */
    private final AtomicReferenceArray<LongAdder> counts = new AtomicReferenceArray<>(TEMPLATES * KINDS);

    /**
     * @param template null = it cannot be told: bytes that are no message, a batch or a stream as a whole
     * @param number1  number of the {@link Cause} when the result is UNAVAILABLE, else of no meaning
     */
    public void count(final CommandTemplate template, final Result result, final long number1) {
        final int id = template == null ? 0 : template.id();
        final int index = result == Result.UNAVAILABLE ? index(id, Cause.of(number1)) : index(id, result);
        LongAdder count = counts.get(index);
        if (count == null) {
            counts.compareAndSet(index, null, new LongAdder());
            count = counts.get(index);
        }
        count.increment();
    }

    /** UNAVAILABLE, and why. */
    public void count(final CommandTemplate template, final Cause cause) {
        count(template, Result.UNAVAILABLE, cause.number());
    }

    /** @param templateId 0 = it could not be told @param result all but UNAVAILABLE, which is counted by cause */
    public long of(final int templateId, final Result result) {
        return sum(index(templateId, result));
    }

    /** How often UNAVAILABLE was answered for that reason. @param templateId 0 = it could not be told */
    public long of(final int templateId, final Cause cause) {
        return sum(index(templateId, cause));
    }

    private long sum(final int index) {
        final LongAdder count = counts.get(index);
        return count == null ? 0 : count.sum();
    }

    private static int index(final int templateId, final Result result) {
        return templateId * KINDS + (result.value() & RESULTS - 1);
    }

    private static int index(final int templateId, final Cause cause) {
        return templateId * KINDS + RESULTS + cause.number();
    }
}
