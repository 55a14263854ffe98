package org.mawid.api.server;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.mawid.api.control.Control;
import org.mawid.api.control.ControlException;
import org.mawid.api.cutover.CutOverRefusedException;
import org.mawid.api.cutover.CutOverStoppedException;
import org.mawid.api.network.LiveNetwork;
import org.mawid.api.network.NetworkFiles;
import org.mawid.api.network.NetworkImport;
import org.mawid.api.network.NetworkImportException;
import org.mawid.api.network.NetworkRefusedException;
import org.mawid.api.network.ScheduleRefusedException;
import org.mawid.api.retention.Retention;
import org.mawid.api.retention.RetentionBusyException;
import org.mawid.api.retention.TallyText;
import org.mawid.engine.EmbeddedEngine;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.SnapshotTrouble;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.upkeep.UpkeepException;
import org.mawid.sbe.Result;

/** What the operator asks of the running service. */
final class Operations implements Control {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Less needs nobody, and nothing in the log. */
    private static final long APART_MS = 1_000;
    private static final long SNAPSHOT_NANOS = TimeUnit.MINUTES.toNanos(30);
    private static final String ROOM_IS_LACKING = ". Commands are refused until there is room, reads go on. Make some on that disk: 'mawid archive' moves old journal"
            + " segments to another one. The server then makes the snapshot by itself and admits commands again; 'mawid status' says so";

    private final EmbeddedEngine engine;
    private final LiveNetwork network;
    private final Reporting reporting;
    private final TakingOver takingOver;
    private final int daysAhead;
    private final boolean simulated;
    private final Supplier<JsonObject> notifications;
    /** Null when nothing is kept of persons. */
    private final Retention retention;
    private final PersonTraces persons;
    private volatile JsonObject addresses = new JsonObject();

    Operations(final EmbeddedEngine engine, final LiveNetwork network, final Reporting reporting, final TakingOver takingOver, final int daysAhead, final boolean simulated,
               final Supplier<JsonObject> notifications, final Retention retention, final PersonTraces persons) {
        this.engine = engine;
        this.network = network;
        this.reporting = reporting;
        this.takingOver = takingOver;
        this.daysAhead = daysAhead;
        this.simulated = simulated;
        this.notifications = notifications;
        this.retention = retention;
        this.persons = persons;
    }

    /** Shown with the status. */
    void listening(final int httpPort, final int grpcPort) {
        addresses = new JsonObject().put("httpPort", httpPort).put("grpcPort", grpcPort);
    }

    @Override
    public JsonObject status() {
        final EngineStatus status = engine.status();
        final SnapshotTrouble trouble = engine.lastSnapshotTrouble();
        return new JsonObject()
                .put("pid", ProcessHandle.current().pid())
                .put("running", status.running())
                .put("admission", engine.admission().name())
                .put("position", status.appliedPosition())
                .put("durablePosition", status.durablePosition())
                .put("nowMs", status.nowMs())
                .put("snapshotPosition", status.snapshotPosition())
                .put("hashPosition", status.hashPosition())
                .put("stateHash", HexFormat.of().toHexDigits(status.stateHash()))
                .put("storageFull", status.storageFull())
                .mergeIn(trouble == null ? new JsonObject() : new JsonObject().put("snapshotTrouble", trouble.why()))
                .mergeIn(notifications.get())
                .mergeIn(addresses);
    }

    @Override
    public JsonObject report(final ReportOf wanted) {
        return reporting.report(wanted);
    }

    @Override
    public SnapshotTaken snapshot() {
        final long target = engine.status().durablePosition();
        final long beganNanos = System.nanoTime();
        final long request = engine.requestSnapshot();
        while (true) {
            final SnapshotTrouble trouble = engine.snapshotTrouble(request); // before the position: what is in its way now may be gone by then
            final EngineStatus status = engine.status();
            if (status.hashPosition() >= target) {
                return new SnapshotTaken(status.hashPosition(), status.stateHash());
            }
            if (!status.running()) {
                throw new ControlException("the engine has stopped");
            }
            if (Thread.interrupted()) {
                throw new ControlException("the server is stopping; one that stops cleanly writes a snapshot as its last act");
            }
            if (trouble != null && trouble.isNotMade()) {
                throw new ControlException(trouble.kind() == SnapshotTrouble.Kind.NO_ROOM ? Result.STORAGE_FULL + ": " + trouble.why() + ROOM_IS_LACKING : trouble.why());
            }
            if (System.nanoTime() - beganNanos > SNAPSHOT_NANOS) {
                throw new ControlException("no snapshot of position " + target + " within 30 min; the server's log says why");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public long backup(final Path to) {
        try {
            return engine.backup(to);
        } catch (final UpkeepException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }

    @Override
    public List<Path> archive(final Path to) {
        try {
            return engine.archiveSegments(to);
        } catch (final UpkeepException e) {
            throw new ControlException(e.getMessage(), e);
        }
    }

    @Override
    public Clocks clocks() {
        final long wallMs = engine.wallMs();
        return new Clocks(wallMs, engine.nowMs(), holdsDueBy(wallMs), simulated);
    }

    @Override
    public TakenOver takeOverWallClock() {
        final long behindMs = engine.nowMs() - engine.wallMs();
        if (behindMs >= APART_MS) {
            throw new ControlException("the wall clock is " + behindMs + " ms behind the engine's time, which never goes back: nothing was done. If the wall"
                    + " clock is right, wait: the engine's time is slower by mawid.clock.slew.ppm until they meet. If it is"
                    + " wrong, mend it");
        }
        if (!simulated && behindMs > -APART_MS) {
            return new TakenOver(0, engine.nowMs(), 0, 0);
        }
        final long due = holdsDueBy(engine.wallMs());
        try {
            final org.mawid.engine.TakenOver taken = engine.takeOverWallClock();
            return new TakenOver(taken.forwardMs(), taken.nowMs(), taken.position(), due);
        } catch (final IllegalStateException e) {
            throw new ControlException(e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException("the server is stopping", e);
        }
    }

    @Override
    public CoreVersions coreVersions() {
        try {
            return new CoreVersions(engine.coreVersion(), engine.newestCoreVersion());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException("the server is stopping", e);
        }
    }

    @Override
    public long setCoreVersion(final int version) {
        try {
            return engine.setCoreVersion(version);
        } catch (final IllegalStateException e) {
            throw new ControlException(e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException("the server is stopping", e);
        }
    }

    private long holdsDueBy(final long ms) {
        try {
            return engine.holdsDueBy(ms);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException("the server is stopping", e);
        }
    }

    @Override
    public JsonObject cutOver(final Path from, final boolean dryRun, final boolean accept, final Progress progress) {
        try {
            return takingOver.run(from, dryRun, accept, snapshot().position(), progress::at);
        } catch (final CutOverRefusedException | CutOverStoppedException | UpkeepException | IOException e) {
            throw new ControlException(FileTrouble.of(e), e);
        }
    }

    @Override
    public JsonObject retention(final boolean dryRun, final Progress progress) {
        if (retention == null) {
            throw new ControlException("nothing is kept of persons here: " + EdgeSetting.PERSON_MASTER_KEY.key() + " is not set");
        }
        try {
            return TallyText.of(retention.sweep(dryRun, (done, total) -> progress.at("books", done, total)), engine.nowMs());
        } catch (final RetentionBusyException | ReadModelBehindException | IOException notNow) {
            throw new ControlException(FileTrouble.of(notNow), notNow);
        }
    }

    @Override
    public JsonObject traces(final long person, final Progress progress) {
        return persons.traces(person, progress);
    }

    @Override
    public void tell(final String act, final long person, final int things, final boolean isDone) {
        persons.tell(act, person, things, isDone);
    }

    @Override
    public String bring(final Import wanted) {
        try {
            final NetworkFiles files = NetworkFiles.directory(wanted.from());
            final LocalDate today = today(engine, wanted.first());
            final NetworkImport.Report report = network.bring(files, publication(wanted, today, daysAhead), (phase, done, total) -> { });
            return describe(files, report);
        } catch (final NetworkRefusedException | ScheduleRefusedException | NetworkImportException | IllegalArgumentException | IOException e) {
            throw new ControlException(FileTrouble.of(e), e);
        }
    }

    /**
     * The date at the engine. A simulation that has not been told what time it is begins with the first date that is to be opened.
     *
     * @param first null = none was given
     * @throws IllegalArgumentException in one line, when nothing says where a simulation is to begin
     */
    static LocalDate today(final EmbeddedEngine engine, final LocalDate first) {
        if (engine.nowMs() == 0) {
            if (first == null) {
                throw new IllegalArgumentException("this simulation has not been told yet what time it is: give --from DATE, and its time begins there");
            }
            engine.advanceTo(first.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
        }
        return LocalDate.ofInstant(Instant.ofEpochMilli(engine.nowMs()), ZoneOffset.UTC);
    }

    /** Without a last date: a calendar of {@code daysAhead}, or as far as holidays are known. With one: that, or nothing. */
    static NetworkImport.Publication publication(final Import wanted, final LocalDate today, final int daysAhead) {
        final LocalDate first = wanted.first() == null ? today : wanted.first();
        final LocalDate last = wanted.last() == null ? today.plusDays(daysAhead) : wanted.last();
        return new NetworkImport.Publication(first, last.isBefore(first) && wanted.last() == null ? first : last, today,
                wanted.keep() ? NetworkImport.Existing.KEEP : NetworkImport.Existing.REPLACE,
                wanted.takeOver() ? NetworkImport.Others.TAKE_OVER : NetworkImport.Others.REFUSE, wanted.last() == null);
    }

    /** One line. */
    static String describe(final NetworkFiles files, final NetworkImport.Report report) {
        return files.network().posts().size() + " posts, " + files.network().services().size() + " services; days of pools: "
                + report.published() + " published, " + report.kept() + " kept as they are"
                + (report.leftOpen() == 0 ? "" : ", " + report.leftOpen() + " stay open although the files close them");
    }
}
