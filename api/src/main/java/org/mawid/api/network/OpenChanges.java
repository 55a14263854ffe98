package org.mawid.api.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.mawid.engine.Engine;
import org.mawid.engine.core.RecordKind;
import org.mawid.sbe.ChangeRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/** Finds staged changes that are still open: an import that was killed leaves its own behind, and their days cannot be staged again. */
final class OpenChanges {
    /** Changes looked at in one query, so that the core is not kept from its work. */
    private static final int SLICE = 64;

    private OpenChanges() {}

    /** @param posts numbers of the log @return numbers of the open changes of these posts, ascending */
    static List<Long> of(Engine engine, Set<Integer> posts, long stallMs) {
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
                    if (posts.contains(change.postId())) found.add(change.changeId());
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
