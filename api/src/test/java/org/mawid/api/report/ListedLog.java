package org.mawid.api.report;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.fake.FakeReadModel;
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
import org.mawid.engine.readmodel.Records;
import org.mawid.engine.readmodel.WorkView;
import org.mawid.sbe.ConfirmedEncoder;
import org.mawid.sbe.MessageHeaderEncoder;

/** A log of visits that were agreed, as far back as a test says, of a journal as it says. */
final class ListedLog implements ReadModel, EventLog {
    static final long FIRST_MS = 1_700_000_000_000L;

    final FakeReadModel fake = new FakeReadModel();
    volatile String journal = "ours";
    volatile boolean restoring;
    volatile long keptFromMs = FIRST_MS;

    ListedLog() {
        fake.position(0);
    }

    /** One visit at each position up to this one, each so long after the one before. */
    void goOn(final long position, final long eachMs) {
        for (long at = fake.position() + 1; at <= position; at++) {
            final UnsafeBuffer event = new UnsafeBuffer(ByteBuffer.allocate(256));
            final ConfirmedEncoder confirmed = new ConfirmedEncoder().wrapAndApplyHeader(event, 0, new MessageHeaderEncoder());
            confirmed.head().position(at).nowMs(FIRST_MS + at * eachMs).ordinal(0).postId(FakeReadModel.POST);
            confirmed.legsCount(0);
            fake.append(at, Cursor.ALL, event);
            fake.position(at);
        }
    }

    @Override
    public Availability availability() {
        return fake;
    }

    @Override
    public CatalogueView catalogue() {
        return fake;
    }

    @Override
    public Records records() {
        return fake;
    }

    @Override
    public CoolingView cooling() {
        return fake.cooling();
    }

    @Override
    public PersonsView persons() {
        return fake.persons();
    }

    @Override
    public HallView hall() {
        return fake.hall();
    }

    @Override
    public WorkView work() {
        return fake.work();
    }

    @Override
    public ClosuresView closures() {
        return fake.closures();
    }

    @Override
    public MoneyView money() {
        return fake.money();
    }

    @Override
    public Agenda agenda() {
        return fake.agenda();
    }

    @Override
    public EventLog events() {
        return this;
    }

    @Override
    public long position() {
        return fake.position();
    }

    @Override
    public long epoch() {
        return fake.epoch();
    }

    @Override
    public String journal() {
        return journal;
    }

    @Override
    public boolean isRestoring() {
        return restoring;
    }

    @Override
    public long keptFrom() {
        return fake.keptFrom();
    }

    @Override
    public long keptFromMs() {
        return keptFromMs;
    }

    @Override
    public long bytesOnDisk() {
        return 0;
    }

    @Override
    public Subscription subscribe(final Cursor from, final int postId) {
        return fake.subscribe(from, postId);
    }
}
