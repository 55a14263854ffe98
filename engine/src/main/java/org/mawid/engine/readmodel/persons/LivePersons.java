package org.mawid.engine.readmodel.persons;

import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.readmodel.PersonsView;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;

/**
 * Fed by one thread and read by any, one at a time: outside the Java heap, and exact. Nothing leaves it before the next start, when it is made from what the core has then.
 * <p>A person is found through a hash with a key of this process; their applications are a chain, so that one with a hundred thousand of them is as quick to add to as any.
 */
public final class LivePersons implements PersonsView {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationSubmittedDecoder submitted = new ApplicationSubmittedDecoder();
    private final ReentrantLock turn = new ReentrantLock();
    private CoreMemory memory;
    private Chains chains;

    public LivePersons() {
        begin();
    }

    private void begin() {
        memory = new CoreMemory(new SecureRandom().nextLong());
        chains = new Chains(memory);
    }

    // ---- feed: one thread ----

    /** What follows is all there is. Readers find what has followed so far. */
    public void beginRebuild() {
        turn.lock();
        try {
            memory.close();
            begin();
        } finally {
            turn.unlock();
        }
    }

    /** Of the core's state: applications in ascending order. @param personKey 0 = nobody */
    public void named(final long application, final long personKey) {
        turn.lock();
        try {
            if (!memory.isClosed()) {
                chains.add(personKey, application);
            }
        } finally {
            turn.unlock();
        }
    }

    /** One event with its header; what opens no application is passed over. */
    public void onMessage(final DirectBuffer buffer, final int offset) {
        if ((buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF) == ApplicationSubmittedDecoder.TEMPLATE_ID) {
            submitted.wrapAndApplyHeader(buffer, offset, header);
            named(submitted.applicationId(), submitted.applicant());
            for (final ApplicationSubmittedDecoder.LinesDecoder line : submitted.lines()) {
                named(submitted.applicationId(), line.personKey());
            }
        }
    }

    /** Gives the memory back; from then on nobody has any. */
    public void close() {
        turn.lock();
        try {
            memory.close();
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
            return Arrays.copyOf(found, memory.isClosed() ? 0 : chains.newest(personKey, found));
        } finally {
            turn.unlock();
        }
    }

    @Override
    public long count() {
        turn.lock();
        try {
            return memory.isClosed() ? 0 : chains.persons();
        } finally {
            turn.unlock();
        }
    }
}
