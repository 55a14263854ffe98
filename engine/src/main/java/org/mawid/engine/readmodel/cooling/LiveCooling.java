package org.mawid.engine.readmodel.cooling;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.CoolingView;
import org.mawid.sbe.CoolingBegunDecoder;
import org.mawid.sbe.CoolingDueSetDecoder;
import org.mawid.sbe.CoolingEndedDecoder;
import org.mawid.sbe.CoolingEraChangedDecoder;
import org.mawid.sbe.CoolingEraRecordDecoder;
import org.mawid.sbe.CoolingRecordDecoder;
import org.mawid.sbe.CoolingState;
import org.mawid.sbe.EraState;
import org.mawid.sbe.MessageHeaderDecoder;

/** What cools, fed by one thread and read by any. */
public final class LiveCooling implements CoolingView {
    /** Those of all numbers between them are about cooling, or of no concern here. */
    private static final int FIRST_EVENT = CoolingBegunDecoder.TEMPLATE_ID;
    private static final int LAST_EVENT = CoolingEraChangedDecoder.TEMPLATE_ID;

    /** Everything, so that it can be replaced at once. */
    private static final class Present {
        /** Each with how many of its runs cool. */
        private final Map<Long, Integer> runs = new ConcurrentHashMap<>();
        private final ConcurrentSkipListMap<Long, Cooling> all = new ConcurrentSkipListMap<>();
        private final ConcurrentSkipListMap<Long, Cooling> untold = new ConcurrentSkipListMap<>();
        private final Map<Long, Integer> ofEra = new ConcurrentHashMap<>();
        private final ConcurrentSkipListMap<Long, Era> eras = new ConcurrentSkipListMap<>();
        private final CoolingPlaces places = new CoolingPlaces();
        /** Written by the one that feeds. */
        private volatile int count;
        private volatile int untoldCount;
        private volatile long eraInForce;

        void add(final Cooling cooling, final int runCount) {
            if (runs.merge(cooling.coolingId(), runCount, Integer::sum) == runCount) {
                all.put(cooling.coolingId(), cooling);
                ofEra.merge(cooling.era(), 1, Integer::sum);
                count++;
                if (!cooling.told()) {
                    untold.put(cooling.coolingId(), cooling);
                    untoldCount++;
                }
            }
        }

        void told(final long coolingId) {
            all.computeIfPresent(coolingId, (id, one) -> new Cooling(id, one.sinceMs(), one.era(), one.minMs(), one.maxMs(), true));
            untoldCount -= untold.remove(coolingId) != null ? 1 : 0;
        }

        void ended(final long coolingId) {
            if (runs.computeIfPresent(coolingId, (id, left) -> left == 1 ? null : left - 1) == null) {
                final Cooling ended = all.remove(coolingId);
                ofEra.computeIfPresent(ended.era(), (era, left) -> left == 1 ? null : left - 1);
                untoldCount -= untold.remove(coolingId) != null ? 1 : 0;
                count--;
            }
        }

        void committed(final Era era) {
            eras.put(era.era(), era);
            eraInForce = era.era();
        }
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private Present fed = new Present();
    private volatile Present shown = fed;

    // ---- feed: one thread ----

    /** What follows is all there is; readers see the old until {@link #onBatchEnd}. */
    public void beginRebuild() {
        fed = new Present();
    }

    /** One event or record with its header; what says nothing about cooling is passed over. */
    public void onMessage(final DirectBuffer buffer, final int offset) {
        final int templateId = buffer.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (templateId < FIRST_EVENT) {
            return; // nearly all
        }
        if (templateId <= LAST_EVENT) {
            event(templateId, buffer, offset);
        } else if (templateId == CoolingRecordDecoder.TEMPLATE_ID) {
            final CoolingRecordDecoder record = new CoolingRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            fed.add(new Cooling(record.coolingId(), record.sinceMs(), record.era(), record.minMs(), record.maxMs(), record.state() == CoolingState.ANSWERED), 1);
            fed.places.begin(record.runId(), record.poolId(), record.epochDay(), record.startUnit(), record.units(), record.places());
        } else if (templateId == CoolingEraRecordDecoder.TEMPLATE_ID) {
            final CoolingEraRecordDecoder record = new CoolingEraRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
            fed.committed(new Era(record.era(), record.word1(), record.word2(), record.word3(), record.word4()));
        }
    }

    private void event(final int templateId, final DirectBuffer buffer, final int offset) {
        switch (templateId) {
            case CoolingBegunDecoder.TEMPLATE_ID -> {
                final CoolingBegunDecoder event = new CoolingBegunDecoder().wrapAndApplyHeader(buffer, offset, header);
                fed.add(new Cooling(event.coolingId(), event.sinceMs(), event.era(), event.minMs(), event.maxMs(), false), begun(event));
            }
            case CoolingEndedDecoder.TEMPLATE_ID -> {
                for (final CoolingEndedDecoder.RunsDecoder run : new CoolingEndedDecoder().wrapAndApplyHeader(buffer, offset, header).runs()) {
                    fed.ended(run.coolingId());
                    fed.places.end(run.runId());
                }
            }
            case CoolingDueSetDecoder.TEMPLATE_ID -> fed.told(new CoolingDueSetDecoder().wrapAndApplyHeader(buffer, offset, header).coolingId());
            case CoolingEraChangedDecoder.TEMPLATE_ID -> {
                final CoolingEraChangedDecoder event = new CoolingEraChangedDecoder().wrapAndApplyHeader(buffer, offset, header);
                if (event.state() == EraState.COMMITTED) {
                    fed.committed(new Era(event.era(), event.word1(), event.word2(), event.word3(), event.word4()));
                } else {
                    fed.eras.remove(event.era());
                }
            }
            default -> { }
        }
    }

    /** @return of how many runs it is */
    private int begun(final CoolingBegunDecoder event) {
        final CoolingBegunDecoder.RunsDecoder runs = event.runs();
        final int count = runs.count();
        for (int i = 0; i < count; i++) {
            runs.next();
            fed.places.begin(event.coolingId() + i, runs.poolId(), runs.epochDay(), runs.startUnit(), runs.units(), runs.places());
        }
        return count;
    }

    /** Shows what was fed. */
    public void onBatchEnd() {
        if (shown != fed) {
            shown = fed;
        }
    }

    // ---- readers: any thread ----

    @Override
    public int count() {
        return shown.count;
    }

    @Override
    public List<Cooling> untold(final int max, final Predicate<Cooling> wanted) {
        return shown.untold.values().stream().filter(wanted).limit(max).toList();
    }

    @Override
    public int untoldCount() {
        return shown.untoldCount;
    }

    @Override
    public boolean cools(final long era) {
        return shown.ofEra.containsKey(era);
    }

    @Override
    public long eraInForce() {
        return shown.eraInForce;
    }

    @Override
    public int[] on(final int poolId, final int epochDay) {
        return shown.places.on(poolId, epochDay);
    }

    @Override
    public List<Era> unrevealed() {
        return List.copyOf(shown.eras.values());
    }
}
