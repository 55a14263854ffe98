package org.mawid.engine;

import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordConsumer;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.core.UnderWay;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.ring.OwnWork;

/** Answers the read side's questions about the core's state, slice by slice between commands. */
final class RecordsFromCore implements RecordsSource {
    private final OwnWork ring;

    RecordsFromCore(final OwnWork ring) {
        this.ring = ring;
    }

    @Override
    public boolean request(final Table table, final long from, final int max, final Slice slice) {
        return ring.ask(core -> {
            final RecordConsumer record = (templateId, buffer, offset, length) -> slice.onRecord(buffer, offset, length);
            final long next = tell(core, table, from, max, record);
            slice.onEnd(core.position(), next);
        });
    }

    private static long tell(final EngineCore core, final Table table, final long from, final int max, final RecordConsumer record) {
        return switch (table) {
            case APPLICATIONS -> core.dumpApplications(from, max, record);
            case HOLDS -> core.dump(RecordKind.HOLDS, from, max, record);
            case PAYMENTS -> core.dump(RecordKind.PAYMENTS, from, max, record);
            case BATCHES -> core.dumpUnderWay(UnderWay.BATCHES, from, max, record);
            case ALL_BATCHES -> core.dump(RecordKind.BATCHES, from, max, record);
            case BREAKS -> core.dump(RecordKind.BREAKS, from, max, record);
            case RETURNS -> core.dump(RecordKind.RETURNS, from, max, record);
            case BOOKS -> core.dumpBooks(from, max, record);
        };
    }
}
