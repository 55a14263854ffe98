package org.mawid.engine.archive;

import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Reply;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Outcome;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.RetireEncoder;

/**
 * Some applications on their way from memory to the archive: a question finds them, a Retire takes them out of memory. One that is too large
 * for a question takes several steps, and leaves memory with the last of them; the others have no Retire. Used again and again. Belongs to
 * the core's thread while one of the two is on its way, otherwise to the one that archives.
 */
final class Step {
    /** Application numbers looked at by one question. */
    static final int LOOKED_AT = 512;
    /**
     * Applications of one step, at most 64, which is the limit of Retire. So few that question and command take some tens of microseconds of the
     * core each, as anything else may: whoever waits behind them does not notice.
     */
    static final int TOGETHER = 32;
    /** Upper half of the request ids of these commands; the lower half is the place of the records in the archive. */
    private static final long REQUEST_ID_HIGH = 0x5245_5449_5245_0000L; // "RETIRE"

    final CoreQuery question = this::ask;
    final CommandSource command = this::write;
    final Reply reply = this::onOutcome;
    private final Walk walk;
    private final Consumer<Step> back;
    private final ExpandableArrayBuffer records = new ExpandableArrayBuffer(32 * 1024);
    private final long[] applications = new long[TOGETHER];
    private final ApplicationRecordDecoder application = new ApplicationRecordDecoder();
    private final RetireEncoder retire = new RetireEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int count;
    private int bytes;
    private long from;
    private long position;
    private Result result;
    private long place;
    private long createdMs;

    /** @param back told on the core's thread that the question or the command was answered */
    Step(final Walk walk, final Consumer<Step> back) {
        this.walk = walk;
        this.back = back;
    }

    private void ask(final EngineCore core) {
        count = 0;
        bytes = 0;
        result = null;
        position = core.position();
        from = walk.number();
        walk.goOn(core, LOOKED_AT, TOGETHER, this::add);
        back.accept(this);
    }

    private void add(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        if (templateId == ApplicationRecordDecoder.TEMPLATE_ID) {
            application.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, ApplicationRecordDecoder.BLOCK_LENGTH,
                    ApplicationRecordDecoder.SCHEMA_VERSION);
            applications[count++] = application.applicationId();
        }
        records.putInt(bytes, length, ByteOrder.LITTLE_ENDIAN);
        records.putBytes(bytes + Integer.BYTES, buffer, offset, length);
        bytes += Integer.BYTES + length;
    }

    /** Adds the records to the block that is being collected. */
    void addTo(final ArchiveWriter writer) {
        int length;
        for (int at = 0; at < bytes; at += Integer.BYTES + length) {
            length = records.getInt(at, ByteOrder.LITTLE_ENDIAN);
            Invariant.that(writer.add(records, at + Integer.BYTES, length), "what is told at once fits in a block", bytes);
        }
    }

    /** @param number of the place of its records, which no other step has */
    void archivedAt(final long number) {
        place = number;
    }

    /** Before it is submitted: in a simulation time may move by hours until it is written. */
    void createdMs(final long nowMs) {
        createdMs = nowMs;
    }

    private int write(final int index, final MutableDirectBuffer slot, final int offset) {
        retire.wrapAndApplyHeader(slot, offset, header);
        retire.request().deadlineMs(0).idHigh(REQUEST_ID_HIGH).idLow(place).createdMs(createdMs).sequence(0).actor(0).onBehalfOf(0).clientId(0)
                .channel(Channel.SYSTEM);
        final RetireEncoder.ApplicationsEncoder group = retire.applicationsCount(count);
        for (int i = 0; i < count; i++) {
            group.next().applicationId(applications[i]);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + retire.encodedLength();
    }

    private void onOutcome(final long tag, final Outcome outcome, final DirectBuffer events, final int offset, final int length) {
        result = outcome.result();
        back.accept(this);
    }

    /** Of the Retire; null after a question. */
    Result result() {
        return result;
    }

    /** Applications that it takes out of memory. */
    int count() {
        return count;
    }

    /** Of its records. */
    int bytes() {
        return bytes;
    }

    /** Application number at which its question began to look. */
    long from() {
        return from;
    }

    /** Log position at which the records were read. */
    long position() {
        return position;
    }

    long first() {
        return applications[0];
    }

    long last() {
        return applications[count - 1];
    }
}
