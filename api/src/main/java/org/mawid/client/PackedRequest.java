package org.mawid.client;

import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.grpc.Request;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RequestDecoder;

/** What {@link Requested} does, in place and with nothing made. Every command's first field is its request. */
final class PackedRequest {
    private static final int BYTES = MessageHeaderDecoder.ENCODED_LENGTH + RequestDecoder.ENCODED_LENGTH;
    private static final int ID_HIGH = at(RequestDecoder.idHighEncodingOffset());
    private static final int ID_LOW = at(RequestDecoder.idLowEncodingOffset());
    private static final int CREATED_MS = at(RequestDecoder.createdMsEncodingOffset());
    private static final int ACTOR = at(RequestDecoder.actorEncodingOffset());
    private static final int ON_BEHALF_OF = at(RequestDecoder.onBehalfOfEncodingOffset());
    private static final int CHANNEL = at(RequestDecoder.channelEncodingOffset());

    private PackedRequest() {
    }

    /** @param message where its header begins @param length header included; what is too short for a request is left to the server to refuse */
    static void complete(final UnsafeBuffer buffer, final int message, final int length, final MawidClient client) {
        if (length >= BYTES && get(buffer, message + ID_HIGH) == 0 && get(buffer, message + ID_LOW) == 0) {
            final ThreadLocalRandom random = ThreadLocalRandom.current();
            buffer.putLong(message + ID_HIGH, random.nextLong(), ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(message + ID_LOW, random.nextLong() | 1, ByteOrder.LITTLE_ENDIAN); // never all zeros
            unlessSaid(buffer, message + CREATED_MS, System.currentTimeMillis());
            unlessSaid(buffer, message + ACTOR, client.options().actor());
            unlessSaid(buffer, message + ON_BEHALF_OF, client.options().onBehalfOf());
            if (buffer.getByte(message + CHANNEL) == 0) {
                buffer.putByte(message + CHANNEL, (byte) client.options().channel().getNumber());
            }
        }
    }

    /** As {@link #complete}. @return what {@link Requested#of} would; all zeros of a message that is too short for a request */
    static Request of(final UnsafeBuffer buffer, final int message, final int length) {
        if (length < BYTES) {
            return Request.getDefaultInstance();
        }
        final RequestDecoder request = new RequestDecoder().wrap(buffer, at(message));
        return Request.newBuilder().setIdHigh(request.idHigh()).setIdLow(request.idLow()).setCreatedMs(request.createdMs())
                .setDeadlineMs(request.deadlineMs()).setActor(request.actor()).setOnBehalfOf(request.onBehalfOf())
                .setClientId((int) request.clientId()).setSequence(request.sequence())
                .setChannelValue(buffer.getByte(message + CHANNEL)).build();
    }

    private static void unlessSaid(final UnsafeBuffer buffer, final int at, final long value) {
        if (get(buffer, at) == 0) {
            buffer.putLong(at, value, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static long get(final UnsafeBuffer buffer, final int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }

    private static int at(final int offsetInRequest) {
        return MessageHeaderDecoder.ENCODED_LENGTH + offsetInRequest;
    }
}
