package org.mawid.engine.readmodel;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.mawid.engine.journal.Disk;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.readmodel.agenda.LiveAgenda;
import org.mawid.engine.readmodel.availability.LiveAvailability;
import org.mawid.engine.readmodel.catalogue.LiveCatalogue;
import org.mawid.engine.readmodel.closures.LiveClosures;
import org.mawid.engine.readmodel.cooling.LiveCooling;
import org.mawid.engine.readmodel.events.LiveEvents;
import org.mawid.engine.readmodel.hall.LiveHall;
import org.mawid.engine.readmodel.money.LiveMoney;
import org.mawid.engine.readmodel.persons.LivePersons;
import org.mawid.engine.readmodel.records.LiveRecords;
import org.mawid.engine.readmodel.work.LiveWork;

/** The read side beside a running core: masks, catalogue, money, closures, what cools, halls, persons, what officers have to decide, agenda and events, and records unless they are switched off. */
public final class LiveReadModel implements ReadModelFeed, ReadModel {
    private final PositionGate gate = new PositionGate();
    private final LiveAvailability availability = new LiveAvailability(gate, System::nanoTime);
    private final LiveCatalogue catalogue = new LiveCatalogue();
    private final LiveMoney money = new LiveMoney();
    private final LiveClosures closures = new LiveClosures();
    private final LiveCooling cooling = new LiveCooling();
    private final LiveHall hall = new LiveHall();
    private final LivePersons persons = new LivePersons();
    private final LiveWork work = new LiveWork();
    private final LiveAgenda agenda = new LiveAgenda(this::dayStartMs);
    private final Records records;
    /** Null when switched off. */
    private final LiveRecords kept;
    private final LiveEvents events;
    private long position;
    private long nowMs;

    private LiveReadModel(final ReadModelConfig config, final Disk disk) {
        this.events = LiveEvents.open(config, disk);
        this.kept = config.recordsOn() ? new LiveRecords(config) : null;
        this.records = kept == null ? new NoRecords() : kept;
    }

    public static LiveReadModel open(final ReadModelConfig config) {
        return open(config, FileDisk.plain());
    }

    /** @param disk where events go */
    public static LiveReadModel open(final ReadModelConfig config, final Disk disk) {
        return new LiveReadModel(config, disk);
    }

    // ---- feed: one thread ----

    @Override
    public ReadModel readModel() {
        return this;
    }

    @Override
    public void onReplayed(final long position, final long nowMs, final DirectBuffer buffer, final int offset, final int length) {
        events.append(position, nowMs, buffer, offset, length);
    }

    @Override
    public void beginRebuild(final long position, final long nowMs) {
        this.position = position;
        this.nowMs = nowMs;
        availability.beginRebuild();
        catalogue.beginRebuild();
        money.beginRebuild();
        closures.beginRebuild();
        cooling.beginRebuild();
        hall.beginRebuild();
        persons.beginRebuild();
        work.beginRebuild();
        agenda.beginRebuild();
    }

    @Override
    public void rebuild(final DirectBuffer message, final int offset, final int length) {
        availability.onMessage(position, message, offset);
        catalogue.onMessage(nowMs, message, offset);
        money.onMessage(position, message, offset);
        closures.onMessage(message, offset);
        cooling.onMessage(message, offset);
        hall.onMessage(message, offset);
        work.onMessage(message, offset);
        agenda.onMessage(nowMs, message, offset);
    }

    @Override
    public void rebuildNamed(final long applicationId, final long personKey) {
        persons.named(applicationId, personKey);
    }

    @Override
    public void endRebuild() {
        availability.endRebuild(position, nowMs);
        catalogue.onBatchEnd();
        money.onBatchEnd();
        closures.onBatchEnd();
        cooling.onBatchEnd();
        hall.onBatchEnd();
        persons.onBatchEnd();
        work.onBatchEnd();
        agenda.onBatchEnd(position, nowMs);
        events.settle(position, nowMs);
        if (kept != null) {
            kept.startAt(position);
        }
        gate.moveTo(position);
    }

    @Override
    public MissingEvents missingEvents() {
        return events.missing();
    }

    @Override
    public void onEvents(final long position, final long nowMs, final DirectBuffer buffer, final int offset, final int length) {
        this.position = position;
        this.nowMs = nowMs;
        try {
            views(buffer, offset, offset + length);
        } catch (final RuntimeException | Error e) {
            work.giveTurn(); // nothing more is fed, and nobody may wait for that
            agenda.giveTurn();
            throw e;
        }
        events.append(position, nowMs, buffer, offset, length);
    }

    private void views(final DirectBuffer buffer, final int offset, final int end) {
        int at = offset;
        while (at < end) {
            final int bytes = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            final int message = at + EventWriter.FRAME_BYTES;
            availability.onMessage(position, buffer, message);
            catalogue.onMessage(nowMs, buffer, message);
            money.onMessage(position, buffer, message);
            closures.onMessage(buffer, message);
            cooling.onMessage(buffer, message);
            hall.onMessage(buffer, message);
            persons.onMessage(buffer, message);
            work.onMessage(buffer, message);
            agenda.onMessage(nowMs, buffer, message);
            if (kept != null) {
                kept.onEvent(buffer, message, bytes);
            }
            at += EventWriter.FRAME_BYTES + bytes + 7 & ~7;
        }
    }

    @Override
    public void onBatchEnd() {
        availability.onBatchEnd(position, nowMs);
        catalogue.onBatchEnd();
        money.onBatchEnd();
        closures.onBatchEnd();
        cooling.onBatchEnd();
        hall.onBatchEnd();
        persons.onBatchEnd();
        work.onBatchEnd();
        agenda.onBatchEnd(position, nowMs);
        events.reflects(position);
        gate.moveTo(position);
        events.show(nowMs);
        if (kept != null) {
            kept.onBatchEnd(position);
        }
    }

    @Override
    public void askFrom(final RecordsSource source) {
        money.start(source);
        closures.start(source);
    }

    @Override
    public void startRecords(final RecordsSource source) {
        money.start(source);
        closures.start(source);
        if (kept != null) {
            kept.start(source);
        }
    }

    @Override
    public boolean recordsTooFarBehind() {
        return kept != null && kept.isTooFarBehind();
    }

    @Override
    public void forceEvents() {
        events.force();
    }

    @Override
    public void close() {
        events.close();
        if (kept != null) {
            kept.close();
        }
        persons.close();
    }

    // ---- readers: any thread ----

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public CatalogueView catalogue() {
        return catalogue;
    }

    @Override
    public Records records() {
        return records;
    }

    @Override
    public MoneyView money() {
        return money;
    }

    private long dayStartMs(final int deskId, final int epochDay) {
        final Availability.DayView day = availability.day(deskId, epochDay);
        return day == null ? -1 : day.startMs();
    }

    @Override
    public Agenda agenda() {
        return agenda;
    }

    @Override
    public ClosuresView closures() {
        return closures;
    }

    @Override
    public CoolingView cooling() {
        return cooling;
    }

    @Override
    public HallView hall() {
        return hall;
    }

    @Override
    public PersonsView persons() {
        return persons;
    }

    @Override
    public WorkView work() {
        return work;
    }

    @Override
    public EventLog events() {
        return events;
    }

    @Override
    public long position() {
        return gate.position();
    }
}
