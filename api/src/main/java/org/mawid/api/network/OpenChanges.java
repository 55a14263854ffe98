package org.mawid.api.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mawid.engine.Engine;
import org.mawid.engine.core.RecordKind;
import org.mawid.sbe.ChangeRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** Finds staged changes that are still open: days that are in one of them cannot be staged again. */
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
        final List<Long> found = new ArrayList<>(); // filled on the core's thread, read after the latch
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final ChangeRecordDecoder change = new ChangeRecordDecoder();
        final AtomicLong next = new AtomicLong();
        do {
            final CountDownLatch answered = new CountDownLatch(1);
            final long from = next.get();
            final boolean admitted = engine.query(core -> {
                next.set(core.dump(RecordKind.CHANGES, from, SLICE, (templateId, buffer, offset, length) -> {
                    change.wrapAndApplyHeader(buffer, offset, header);
                    if (which.isMeant(change.changeId(), change.postId())) found.add(change.changeId());
                }));
                answered.countDown();
            });
            if (!admitted) throw new NetworkImportException("the engine takes no questions");
            try {
                if (!answered.await(stallMs, TimeUnit.MILLISECONDS)) throw new NetworkImportException("the engine does not answer");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NetworkImportException("the import was interrupted");
            }
        } while (next.get() != 0);
        return found;
    }
}
