package org.mawid.engine;

import org.agrona.DirectBuffer;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.CoolingView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.HallView;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.PersonsView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.cooling.LiveCooling;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.engine.readmodel.persons.LivePersons;
import org.mawid.engine.readmodel.Records;
import org.mawid.engine.readmodel.RecordsSource;
import org.mawid.engine.readmodel.WorkView;

/** Believes nothing: insists on the order that {@link ReadModelFeed} promises, and shows only how far it has been told. */
public final class FakeReadModel implements ReadModelFeed, ReadModel {
    private final LivePersons persons = new LivePersons();
    private long replayed;
    private long position = -1;
    private long nowMs;
    private boolean rebuilding;
    private boolean closed;
    private volatile long shown;
    volatile boolean behind;
    volatile long eventBytes;
    volatile long forced;
    volatile boolean failing;
    volatile Runnable beforeForced = () -> { };

    private static void that(final boolean holds, final String promise) {
        if (!holds) {
            throw new IllegalStateException("the feed broke its promise: " + promise);
        }
    }

    @Override
    public void onReplayed(final long at, final long atMs, final DirectBuffer events, final int offset, final int length) {
        that(position < 0 && (replayed == 0 || at == replayed + 1), "replay in order, before the rebuild");
        replayed = at;
    }

    @Override
    public void beginRebuild(final long at, final long atMs) {
        that(position < 0 && (replayed == 0 || at == replayed), "the rebuild follows the replay");
        rebuilding = true;
        position = at;
        nowMs = atMs;
    }

    @Override
    public void rebuild(final DirectBuffer message, final int offset, final int length) {
        that(rebuilding && length > 0, "state comes between begin and end");
    }

    @Override
    public void endRebuild() {
        that(rebuilding, "an end has a beginning");
        rebuilding = false;
        shown = position;
    }

    @Override
    public void onEvents(final long at, final long atMs, final DirectBuffer events, final int offset, final int length) {
        that(!rebuilding && !closed && at == position + 1 && atMs >= nowMs, "each position once and in order");
        if (failing) {
            throw new IllegalStateException("asked to fail");
        }
        for (int read = 0; read < length; read += (events.getInt(offset + read) + 4 + 7) & ~7) {
            that(events.getInt(offset + read) > 0, "whole frames");
        }
        eventBytes += length;
        position = at;
        nowMs = atMs;
    }

    @Override
    public void onBatchEnd() {
        shown = position;
    }

    @Override
    public void startRecords(final RecordsSource source) {
        that(!closed, "records begin before the end");
    }

    @Override
    public boolean recordsTooFarBehind() {
        return behind;
    }

    @Override
    public void forceEvents() {
        beforeForced.run();
        forced = shown;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public ReadModel readModel() {
        return this;
    }

    @Override
    public long position() {
        return shown;
    }

    @Override
    public Availability availability() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CatalogueView catalogue() {
        throw new UnsupportedOperationException();
    }

    @Override
    public EventLog events() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ClosuresView closures() {
        return null;
    }

    @Override
    public CoolingView cooling() {
        return new LiveCooling();
    }

    @Override
    public PersonsView persons() {
        return persons;
    }

    @Override
    public HallView hall() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MoneyView money() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkView work() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Agenda agenda() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Records records() {
        return new NoRecords();
    }

    /** As when records are switched off. */
    private final class NoRecords implements Records {
        @Override
        public Application application(final long applicationId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Appointment appointment(final long appointmentId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Hold hold(final long holdId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stamp stamp(final long stampId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Payment payment(final long paymentId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return shown;
        }

        @Override
        public boolean awaitPosition(final long at, final long timeoutMs) {
            return shown >= at;
        }

        @Override
        public long lag() {
            return 0;
        }
    }
}
