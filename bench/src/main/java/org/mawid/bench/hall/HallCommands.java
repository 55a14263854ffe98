package org.mawid.bench.hall;

import org.agrona.MutableDirectBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CallNextEncoder;
import org.mawid.sbe.DefinePoolEncoder;
import org.mawid.sbe.DefinePostEncoder;
import org.mawid.sbe.DefineServiceEncoder;
import org.mawid.sbe.EndTicketEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.SetDeskServiceEncoder;
import org.mawid.sbe.TakeTicketEncoder;
import org.mawid.sbe.TicketEnd;
import org.mawid.sbe.TransferTicketEncoder;

/** The commands of a hall, and those that make one, at the beginning of one buffer; each gives its length. One thread. */
final class HallCommands {
    /** An appointment is needed for the first, nothing but a counter for the second. */
    static final int SERVICES = 2;

    private final MutableDirectBuffer buffer;
    private final Commands requests;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TakeTicketEncoder take = new TakeTicketEncoder();
    private final CallNextEncoder next = new CallNextEncoder();
    private final TransferTicketEncoder transfer = new TransferTicketEncoder();
    private final EndTicketEncoder end = new EndTicketEncoder();

    HallCommands(final MutableDirectBuffer buffer, final long idHigh) {
        this.buffer = buffer;
        this.requests = new Commands(idHigh);
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    int coreVersion(final long nowMs, final int version) {
        return requests.setCoreVersion(buffer, 0, nowMs, version);
    }

    int post(final long nowMs, final int postId) {
        final DefinePostEncoder post = new DefinePostEncoder().wrapAndApplyHeader(buffer, 0, header);
        requests.request(post.request(), nowMs);
        post.postId(postId).currency("EUR").minorDigits((short) 2).roundToMinor(50).code("POST-" + postId);
        return length(post.encodedLength());
    }

    int desk(final long nowMs, final int deskId, final int postId) {
        final DefinePoolEncoder pool = new DefinePoolEncoder().wrapAndApplyHeader(buffer, 0, header);
        requests.request(pool.request(), nowMs);
        pool.poolId(deskId).postId(postId).kind(PoolKind.DESK).code("DESK-" + deskId);
        return length(pool.encodedLength());
    }

    int service(final long nowMs, final int serviceId) {
        final DefineServiceEncoder service = new DefineServiceEncoder().wrapAndApplyHeader(buffer, 0, header);
        requests.request(service.request(), nowMs);
        service.serviceId(serviceId).durationMinutes(15).code("SERVICE-" + serviceId).scope(ServiceScope.ANY_POST).validationRequired(BooleanType.NO)
                .appointmentRequired(serviceId == 1 ? BooleanType.YES : BooleanType.NO).urgent(BooleanType.NO).resourceKinds((short) 0).quantityMax((short) 1);
        return length(service.encodedLength());
    }

    int serves(final long nowMs, final int deskId, final int serviceId) {
        final SetDeskServiceEncoder serves = new SetDeskServiceEncoder().wrapAndApplyHeader(buffer, 0, header);
        requests.request(serves.request(), nowMs);
        serves.deskId(deskId).serviceId(serviceId).serves(BooleanType.YES);
        return length(serves.encodedLength());
    }

    int take(final long nowMs, final int epochDay, final int postId, final int deskId, final int serviceId, final int priority) {
        take.wrapAndApplyHeader(buffer, 0, header);
        requests.request(take.request(), nowMs);
        take.epochDay(epochDay).postId(postId).deskId(deskId).serviceId(serviceId).priority(Priority.get((short) priority));
        return length(take.encodedLength());
    }

    /** @param desks as many from the first on */
    int next(final long nowMs, final int counter, final int firstDesk, final int desks) {
        next.wrapAndApplyHeader(buffer, 0, header);
        requests.request(next.request(), nowMs);
        final CallNextEncoder.DesksEncoder group = next.counter((short) counter).desksCount(desks);
        for (int i = 0; i < desks; i++) {
            group.next().deskId(firstDesk + i);
        }
        return length(next.encodedLength());
    }

    int transfer(final long nowMs, final long ticketId, final int deskId) {
        transfer.wrapAndApplyHeader(buffer, 0, header);
        requests.request(transfer.request(), nowMs);
        transfer.ticketId(ticketId).deskId(deskId);
        return length(transfer.encodedLength());
    }

    int served(final long nowMs, final long ticketId) {
        end.wrapAndApplyHeader(buffer, 0, header);
        requests.request(end.request(), nowMs);
        end.ticketId(ticketId).end(TicketEnd.SERVED);
        return length(end.encodedLength());
    }

    private static int length(final int body) {
        return MessageHeaderEncoder.ENCODED_LENGTH + body;
    }
}
