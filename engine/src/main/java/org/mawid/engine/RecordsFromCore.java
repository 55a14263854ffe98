package org.mawid.engine;

import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.ring.Pipeline;

/** Answers the read side's questions about the core's state, slice by slice between commands. */
final class RecordsFromCore implements RecordsSource {
    private final Pipeline pipeline;

    RecordsFromCore(final Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public boolean request(final Table table, final long from, final int max, final Slice slice) {
        return pipeline.query(core -> {
            final RecordConsumer record = (templateId, buffer, offset, length) -> slice.onRecord(buffer, offset, length);
            final long next = table == Table.APPLICATIONS
                    ? core.dumpApplications(from, max, record) : core.dump(RecordKind.HOLDS, from, max, record);
            slice.onEnd(core.position(), next);
        });
    }
}
