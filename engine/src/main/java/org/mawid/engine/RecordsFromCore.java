package org.mawid.engine;

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
        final RecordKind kind = switch (table) {
            case APPLICATIONS -> RecordKind.APPLICATIONS;
            case HOLDS -> RecordKind.HOLDS;
            case APPOINTMENTS -> RecordKind.APPOINTMENTS;
            case STAMPS -> RecordKind.STAMPS;
        };
        return pipeline.query(core -> {
            final long next = core.dump(kind, from, max, (templateId, buffer, offset, length) -> slice.onRecord(buffer, offset, length));
            slice.onEnd(core.position(), next);
        });
    }
}
