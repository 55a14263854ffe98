package org.mawid.engine.readmodel.persons;

import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.readmodel.PersonsView;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * Fed by one thread and read by any, one at a time: outside the Java heap, and exact. Nothing leaves it before the next start, when it is made from what the core has then.
 * <p>The feed only writes down who is named, and waits for nobody. Where somebody is found is made by whoever asks, of all that came since anybody did: hundreds of thousands apply in a second at
 * the peak and few are ever asked for. A person is found through a hash with a key of this process; their applications are a chain, so that one with a hundred thousand of them is as quick to
 * add to as any.
 */
public final class LivePersons implements PersonsView {
    /** Everything, so that it can be replaced at once. */
    private static final class Present {
        private final Names names = new Names();
        private final CoreMemory memory = new CoreMemory(new SecureRandom().nextLong());
        private final Chains chains = new Chains(names, memory);
        /** False while names are taken in, and for ever when that ended half-way, which it does for want of memory alone. */
        private boolean whole = true;

        void close() {
            names.close();
            memory.close();
        }
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationSubmittedDecoder submitted = new ApplicationSubmittedDecoder();
    /** Of those who read. */
    private final ReentrantLock turn = new ReentrantLock();
    private Present fed = new Present();
    /** Guarded by {@link #turn}; null = closed. */
    private Present shown = fed;

    // ---- feed: one thread ----

    /** What follows is all there is; readers see the old until {@link #onBatchEnd}. */
    public void beginRebuild() {
        if (fed != shown) {
            fed.close();
        }
        fed = new Present();
    }

    /** Of the core's state: applications in ascending order. @param personKey 0 = nobody */
    public void named(final long application, final long personKey) {
        fed.names.add(personKey, application);
    }

    /** One event with its header; what opens no application is passed over. */
    public void onMessage(final DirectBuffer buffer, final int offset) {
        if ((buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF) == ApplicationSubmittedDecoder.TEMPLATE_ID) {
            submitted.wrapAndApplyHeader(buffer, offset, header);
            final long application = submitted.applicationId();
            named(application, submitted.applicant());
            for (final ApplicationSubmittedDecoder.LinesDecoder line : submitted.lines()) {
                named(application, line.personKey());
            }
        }
    }

    /** Shows what was fed. */
    public void onBatchEnd() {
        fed.names.show();
        if (shown != fed) {
            replace(fed);
        }
    }

    /** After the feed has ended: gives the memory back; from then on nobody has any. A second call does nothing. */
    public void close() {
        if (shown != fed) {
            fed.close();
        }
        replace(null);
    }

    private void replace(final Present by) {
        turn.lock();
        try {
            if (shown != null) {
                shown.close();
            }
            shown = by;
            fed = by;
        } finally {
            turn.unlock();
        }
    }

    // ---- readers: any thread ----

    @Override
    public long[] applicationsOf(final long personKey) {
        final long[] found = new long[MOST];
        turn.lock();
        try {
            return Arrays.copyOf(found, shown == null ? 0 : caughtUp().newest(personKey, found));
        } finally {
            turn.unlock();
        }
    }

    @Override
    public long count() {
        turn.lock();
        try {
            return shown == null ? 0 : caughtUp().persons();
        } finally {
            turn.unlock();
        }
    }

    private Chains caughtUp() {
        if (!shown.whole) {
            throw new ReadModelBehindException("memory ran out while persons were looked for: they are found again after the next start");
        }
        shown.whole = false;
        shown.chains.catchUp();
        shown.whole = true;
        return shown.chains;
    }
}
