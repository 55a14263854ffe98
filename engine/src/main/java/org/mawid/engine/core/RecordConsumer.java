package org.mawid.engine.core;

import org.agrona.DirectBuffer;

/** Takes the messages of {@link EngineCore#dump}. */
@FunctionalInterface
public interface RecordConsumer {
    /** @param templateId as in the message's header @param length of the SBE message at {@code offset}, header included; valid during the call */
    void onRecord(int templateId, DirectBuffer buffer, int offset, int length);
}
