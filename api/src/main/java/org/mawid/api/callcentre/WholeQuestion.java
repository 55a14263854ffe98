package org.mawid.api.callcentre;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.gateway.AwaitedQuestion;
import org.mawid.engine.core.EngineCore;

/** An application with all that belongs to it, as the core has it at one position: records by number have no list of these. Some tens of microseconds of the core's time. */
final class WholeQuestion extends AwaitedQuestion<WholeQuestion.Whole> {
    private final long application;

    /** @param records each with its header; empty = there is no such application */
    record Whole(long position, List<UnsafeBuffer> records) {
    }

    WholeQuestion(final long application) {
        this.application = application;
    }

    @Override
    public void on(final EngineCore core) {
        final List<UnsafeBuffer> records = new ArrayList<>();
        core.dumpApplications(application, 1, (template, buffer, offset, length) -> {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            records.add(new UnsafeBuffer(copy));
        });
        answer(new Whole(core.position(), records));
    }
}
