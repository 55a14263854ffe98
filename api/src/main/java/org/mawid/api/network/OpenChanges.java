package org.mawid.api.network;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Engine;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.BeginChangeDecoder;
import org.mawid.sbe.ChangeRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.Result;

/** What an import asks the core itself. Above all staged changes that are still open: days that are in one of them cannot be staged again. */
final class OpenChanges {
    /** Changes looked at in one query, so that the core is not kept from its work. */
    private static final int SLICE = 64;

    private OpenChanges() {}

    /** Which of them are meant. On the core's thread. */
    @FunctionalInterface
    interface Which {
        boolean isMeant(long changeId, int postId);
    }

    /** @return numbers of those that are open, ascending */
    static List<Long> of(Engine engine, Which which, long stallMs) {
        return List.copyOf(postsOf(engine, which, stallMs).keySet());
    }

    /** @return numbers of those that are open, ascending, each with its post */
    static Map<Long, Integer> postsOf(Engine engine, Which which, long stallMs) {
        final Map<Long, Integer> found = new TreeMap<>(); // filled on the core's thread, read after the answer
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ChangeRecordDecoder change = new ChangeRecordDecoder();
        final AtomicLong next = new AtomicLong();
        do {
            ask(engine, core -> next.set(core.dump(RecordKind.CHANGES, next.get(), SLICE, (templateId, buffer, offset, length) -> {
                change.wrapAndApplyHeader(buffer, offset, header);
                if (which.isMeant(change.changeId(), change.postId())) found.put(change.changeId(), change.postId());
            })), stallMs);
        } while (next.get() != 0);
        return found;
    }

    /** @return numbers of the changes that these requests have begun, as far as they did and are remembered; some may have ended */
    static Set<Long> begunBy(Engine engine, long importId, long firstRequest, long lastRequest, long stallMs) {
        final Set<Long> found = new TreeSet<>();
        final Outcome outcome = new Outcome();
        for (long from = firstRequest; importId != 0 && from <= lastRequest; from += SLICE) {
            final long first = from;
            ask(engine, core -> {
                for (long request = first; request < first + SLICE && request <= lastRequest; request++) {
                    core.outcomeOf(importId, request, outcome);
                    if (outcome.result() == Result.OK && outcome.templateId() == BeginChangeDecoder.TEMPLATE_ID) found.add(outcome.number1());
                }
            }, stallMs);
        }
        return found;
    }

    /** Whether the rules in force know when a fee is paid. */
    static boolean knowsFeeTimes(Engine engine, long stallMs) {
        final AtomicBoolean known = new AtomicBoolean();
        ask(engine, core -> known.set(core.knowsFeeTimes()), stallMs);
        return known.get();
    }

    /** Whether the rules in force keep places for channels. */
    static boolean keepsQuotas(Engine engine, long stallMs) {
        final AtomicBoolean keeps = new AtomicBoolean();
        ask(engine, core -> keeps.set(core.keepsQuotas()), stallMs);
        return keeps.get();
    }

    /** Whether the rules in force know of places beyond the counters. */
    static boolean keepsOverbooking(Engine engine, long stallMs) {
        final AtomicBoolean keeps = new AtomicBoolean();
        ask(engine, core -> keeps.set(core.keepsOverbooking()), stallMs);
        return keeps.get();
    }

    /** Returns when the core has answered. */
    private static void ask(Engine engine, CoreQuery question, long stallMs) {
        final CountDownLatch answered = new CountDownLatch(1);
        final boolean admitted = engine.query(core -> {
            question.on(core);
            answered.countDown();
        });
        if (!admitted) throw new NetworkImportException("the engine takes no questions");
        try {
            if (!answered.await(stallMs, TimeUnit.MILLISECONDS)) throw new NetworkImportException("the engine does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkImportException("the import was interrupted");
        }
    }
}
