package org.mawid.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.mawid.engine.archive.Archive;
import org.mawid.engine.archive.Retirement;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.NewerProgramException;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.core.SchemaWord;
import org.mawid.engine.core.UnderWay;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.memory.Spares;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.ReadModelConfig;
import org.mawid.engine.readmodel.ReadModelFeed;
import org.mawid.engine.ring.Pipeline;
import org.mawid.engine.ring.SimulatedClock;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.PoisonedPositionException;
import org.mawid.engine.snapshot.Recovery;
import org.mawid.engine.snapshot.SnapshotHeader;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.engine.snapshot.Snapshotter;
import org.mawid.engine.upkeep.Backup;
import org.mawid.engine.upkeep.Repair;
import org.mawid.engine.upkeep.Unfinished;
import org.mawid.engine.upkeep.UpkeepException;
import org.mawid.sbe.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine in one process, needing nothing installed: {@link #start} recovers what the directory holds and admits commands.
 * Any thread, except that {@link #close} must not be called from a {@link Reply} or a {@link CoreQuery}.
 */
public final class EmbeddedEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedEngine.class);

    private static final HexFormat HEX = HexFormat.of();
    private static final int REBUILD_SLICE = 1_000;
    private static final List<RecordKind> SHOWN_AT_START = List.of(
            RecordKind.RULES, RecordKind.POSTS, RecordKind.POOLS, RecordKind.SERVICES, RecordKind.CHANGES, RecordKind.DAYS, RecordKind.QUOTAS, RecordKind.OVERBOOKED, RecordKind.TERMINALS,
            RecordKind.BOOKS, RecordKind.CLOSURES, RecordKind.WAITERS, RecordKind.ACCEPTED_POSTS, RecordKind.COOLINGS, RecordKind.COOLING_ERAS, RecordKind.TICKETS, RecordKind.DESK_PACES, RecordKind.SERVICE_TIMES);
    private static final List<UnderWay> ALSO_SHOWN = List.of(UnderWay.PAYMENTS, UnderWay.BREAKS, UnderWay.RETURNS, UnderWay.PROPOSALS, UnderWay.REFUNDS,
            UnderWay.VISITS, UnderWay.REVIEWS);

    private final EngineConfig config;
    private final DataDirectory directory;
    private final Host host;
    private final Journal journal;
    private final Snapshots snapshots;
    private static final int LOG_SLICE = 1_000;

    private final EngineCore core;
    private final Spares spares;
    private final ReadModelFeed readModel;
    private final Pipeline pipeline;
    private final Snapshotter snapshotter;
    private final Retirement retirement;
    private final EventRestorer restorer;
    private boolean recordsBegun;
    private boolean closed;

    /**
     * Opens the directory, recovers, and admits commands.
     *
     * @throws EngineStartException in one line: locked by another process, damaged, of a newer program, or not meant for this
     */
    public static EmbeddedEngine start(final EngineConfig config) throws EngineStartException {
        return start(config, EngineMetrics.NONE);
    }

    /** As {@link #start(EngineConfig)}, with somebody who listens how it is doing. */
    public static EmbeddedEngine start(final EngineConfig config, final EngineMetrics metrics) throws EngineStartException {
        final EmbeddedEngine engine = startWithoutRecords(config, metrics);
        engine.keepRecords();
        return engine;
    }

    /** As {@link #start(EngineConfig, EngineMetrics)} for who has more to start first: records are kept from {@link #keepRecords} on. */
    public static EmbeddedEngine startWithoutRecords(final EngineConfig config, final EngineMetrics metrics) throws EngineStartException {
        try {
            return start(config, metrics, Host.real(config));
        } catch (final IOException e) {
            throw new EngineStartException("cannot use " + config.data() + ": " + FileTrouble.of(e), e);
        }
    }

    static EmbeddedEngine start(final EngineConfig config, final EngineMetrics metrics, final Host host) throws EngineStartException {
        Journal journal = null;
        EmbeddedEngine engine = null;
        try {
            Unfinished.refuse(host.files(), config.data());
            Archive.refuseNewer(host.files(), new DataDirectory(config.data()).archive()); // at once, not when there is somebody to retire
            journal = Journal.open(journalConfig(config, host));
            engine = new EmbeddedEngine(config, metrics, host, journal);
            engine.readModel.askFrom(new RecordsFromCore(engine.pipeline)); // what is asked of it is answered once the next line has run
            engine.pipeline.start();
            engine.snapshotter.start();
            engine.restorer.start();
            if (engine.retirement != null) {
                engine.retirement.start();
            }
            return engine;
        } catch (final IOException | JournalException | UpkeepException | PoisonedPositionException | NewerProgramException e) {
            throw new EngineStartException(FileTrouble.of(e), e);
        } finally {
            if (engine == null && journal != null) {
                journal.close();
            }
        }
    }

    private EmbeddedEngine(final EngineConfig config, final EngineMetrics metrics, final Host host, final Journal journal) throws IOException {
        this.config = config;
        this.directory = new DataDirectory(config.data());
        this.host = host;
        this.journal = journal;
        snapshots = Snapshots.open(host.files(), directory.snapshots());
        core = Recovery.begin(snapshots, journal, journal.recoveredPosition(), Pace.full());
        readModel = host.readModels().open(readModelConfig(config, nameOf(journal)));
        spares = new Spares();
        core.takeSparesFrom(spares);
        try {
            Recovery.finish(core, journal, readModel::onReplayed);
            rebuild(core, readModel);
        } catch (final RuntimeException e) {
            readModel.close();
            core.close();
            spares.close();
            throw e;
        }
        host.clock().notBefore(core.nowMs());
        pipeline = new Pipeline(config, host.clock(), journal.writer(), core, readModel, metrics);
        snapshotter = new Snapshotter(
                snapshots, journal, config.number(Setting.SNAPSHOT_RECORDS), config.number(Setting.SNAPSHOT_EVERY_MS),
                config.integer(Setting.SNAPSHOT_SHARE), this::forceEvents, pipeline::roomForSnapshot, pipeline::halt);
        restorer = new EventRestorer(journal, readModel.missingEvents(), config.integer(Setting.SNAPSHOT_SHARE));
        retirement = config.number(Setting.RETIRE_EVERY_MS) == 0 ? null : new Retirement(
                pipeline, host.clock(), host.files(), directory.archive(), journal.id(), config.number(Setting.RETIRE_EVERY_MS), pipeline::halt);
    }

    /** Begins to keep the records, in the background: takes seconds of one core the first time. Once; of no effect when they are switched off. */
    public synchronized void keepRecords() {
        if (!recordsBegun && !closed) {
            recordsBegun = true;
            readModel.startRecords(new RecordsFromCore(pipeline));
        }
    }

    @Override
    public Result submit(final CommandSource source, final Reply reply, final long tag) {
        return pipeline.submit(source, reply, tag);
    }

    @Override
    public int submit(final CommandSource source, final int count, final Reply reply, final long tag) {
        return pipeline.submit(source, count, reply, tag);
    }

    @Override
    public Result admission() {
        return pipeline.admission();
    }

    @Override
    public boolean waitsForRecords() {
        return pipeline.waitsForRecords();
    }

    @Override
    public boolean query(final CoreQuery query) {
        return pipeline.query(query);
    }

    @Override
    public long positionOf(final long idHigh, final long idLow, final long from, final long nowMs) {
        return new RequestSearch(idHigh, idLow, nowMs).in(journal, from, besideThePipeline());
    }

    @Override
    public long readLog(final long from, final long fromMs, final LogReader reader) {
        final long last = journal.durablePosition();
        long next = Math.max(from, journal.segmentReaching(fromMs));
        if (next > last) {
            return next;
        }
        final boolean[] isEnough = new boolean[1];
        final long[] read = {next - 1};
        try (JournalReader log = journal.gentleReader(next, besideThePipeline()::restAfterDisk)) {
            for (; !isEnough[0] && next <= last; next += LOG_SLICE) {
                log.read(Math.min(next + LOG_SLICE - 1, last), (position, nowMs, flags, buffer, offset, length) -> {
                    if (!isEnough[0]) {
                        isEnough[0] = !reader.onCommand(position, nowMs, buffer, offset, length);
                        read[0] = position;
                    }
                });
            }
        }
        return read[0] + 1;
    }

    @Override
    public LogFollower followLog(final long from) {
        return new JournalFollower(journal, from, besideThePipeline());
    }

    @Override
    public ReadModel readModel() {
        return readModel.readModel();
    }

    @Override
    public EngineStatus status() {
        final SnapshotHeader newest = snapshots.newest();
        return new EngineStatus(
                pipeline.appliedPosition(), pipeline.durablePosition(), pipeline.projectedPosition(),
                readModel.readModel().records().position(), pipeline.nowMs(), pipeline.ringDepth(), pipeline.ringSize(), newest == null ? 0 : newest.position(),
                newest == null ? 0 : newest.position(), newest == null ? 0 : newest.stateHash(),
                pipeline.isStorageFull(), pipeline.isRunning());
    }

    @Override
    public void onHalt(final Consumer<String> listener) {
        pipeline.onHalt(listener);
    }

    /**
     * What time it is for a command that is submitted now, ms since 1970-01-01 UTC: the host's clock, which no step of the wall clock
     * moves. What is to be compared with log time, such as a deadline, is taken from it. In a simulation what it was told last, there or in
     * the log; 0 = it has not been told yet.
     */
    public long nowMs() {
        return host.clock().nowMs();
    }

    /** What the machine's wall clock says, ms since 1970-01-01 UTC; {@link #nowMs} follows it slowly. In a simulation the same as {@link #nowMs}. */
    public long wallMs() {
        return host.clock().wallMs();
    }

    /**
     * How many live holds would be past their deadline at that time. Asked slice by slice while the engine goes on.
     *
     * @param ms milliseconds since 1970-01-01 UTC
     * @return -1 when the core did not answer in 10 s
     */
    public long holdsDueBy(final long ms) throws InterruptedException {
        return new HoldsDue(pipeline).count(ms);
    }

    /**
     * Goes forward to wall time at once, which is what a restart would do, and says so in the log: from then on no crash and no wall clock can
     * take it back, and a replay does the same. What is due by then ends by Ticks, as ever. Commands on their way whose deadline is past by the
     * new time are DEADLINE_EXCEEDED. Never called by the engine itself: only people can know that a wall clock is right.
     *
     * @throws IllegalStateException in one line: a simulation, or nothing can be kept now; nothing has changed
     */
    public TakenOver takeOverWallClock() throws InterruptedException {
        if (host.clock() instanceof SimulatedClock) {
            throw new IllegalStateException("a simulation is told what time it is, it has no wall clock to take over");
        }
        requireWritable();
        final long forwardMs = host.clock().takeOver();
        if (forwardMs == 0) {
            return new TakenOver(0, host.clock().nowMs(), 0);
        }
        final TakenOver taken = new Patience(pipeline).answer(logged -> {
            final boolean comes = pipeline.tick((tag, outcome, events, offset, length) -> logged.accept(
                    new TakenOver(forwardMs, outcome.position() == 0 ? host.clock().nowMs() : outcome.nowMs(), outcome.position())));
            if (comes) {
                pipeline.timeMoved(); // who slept until something was due slept by the old time
            }
            return comes;
        });
        return taken == null ? new TakenOver(forwardMs, host.clock().nowMs(), 0) : taken;
    }

    /** Newest core version that this program knows. */
    public int newestCoreVersion() {
        return EngineCore.NEWEST_CORE_VERSION;
    }

    /** Version of the rules of behaviour that the log is at. @return 0 when the core did not answer in 10 s */
    public int coreVersion() throws InterruptedException {
        return new CoreVersions(pipeline, host.clock()).inForce();
    }

    /**
     * Goes over to other rules of behaviour, for good: a program that does not know them refuses this log from there on. Never called by the
     * engine itself: only people know that no older program is going to be needed again.
     *
     * @param version the one in force, which changes nothing, or a newer one
     * @return position from which on it is in force, durable
     * @throws IllegalStateException in one line: this program does not know it, it is older than the one in force, or nothing can be kept now
     */
    public long setCoreVersion(final int version) throws InterruptedException {
        requireWritable();
        final long position = new CoreVersions(pipeline, host.clock()).set(version);
        LOG.warn("the operator says that core version {} is in force, from position {} on", version, position);
        return position;
    }

    /**
     * Whoever begins a log today begins it by today's rules: puts the newest core version in force when nothing is in the log yet. Of no effect on
     * a log that has begun, which stays by its rules until {@link #setCoreVersion}. To be called before anybody else submits.
     *
     * @throws EngineStartException in one line: nothing can be written to the log, or the thread was interrupted
     */
    public void beginByNewestRules() throws EngineStartException {
        if (pipeline.appliedPosition() > 0) {
            return;
        }
        try {
            requireWritable();
            new CoreVersions(pipeline, host.clock()).set(EngineCore.NEWEST_CORE_VERSION);
        } catch (final IllegalStateException e) {
            throw new EngineStartException("the rules of a new log cannot be put in force: " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineStartException("interrupted while the rules of a new log were put in force", e);
        }
    }

    private void requireWritable() {
        if (!pipeline.isRunning() || pipeline.isJournalFull()) {
            throw new IllegalStateException("nothing can be written to the log now: " + pipeline.admission() + ". When it can be, ask again");
        }
    }

    /** Soon, beside the traffic; {@link #status} tells when it is there. @return number of the request, for {@link #snapshotTrouble} */
    public long requestSnapshot() {
        return snapshotter.request();
    }

    /** Why the snapshot that was requested was not made, or what it could not remove; null while it may still come, or when it is there and all is well. */
    public SnapshotTrouble snapshotTrouble(final long request) {
        return snapshotter.troubleOf(request);
    }

    /** The same of the last one that was tried, asked for or due by itself. */
    public SnapshotTrouble lastSnapshotTrouble() {
        return snapshotter.troubleOf(0);
    }

    /**
     * A copy that is whole by itself, while the engine goes on.
     *
     * @param target a folder that is empty or missing
     * @return last log position in it
     * @throws org.mawid.engine.upkeep.UpkeepException in one line, when it could not be made
     */
    public long backup(final Path target) {
        return Backup.take(host.files(), besideThePipeline().afterEachStep(), directory, journal, snapshots, target);
    }

    /**
     * Moves journal segments that no kept snapshot needs to another folder. Nothing does this by itself.
     *
     * @return where they are now, oldest first
     * @throws org.mawid.engine.upkeep.UpkeepException in one line, when it cannot be done
     */
    public List<Path> archiveSegments(final Path target) {
        return Repair.archiveSegments(journal, besideThePipeline(), snapshots, target);
    }

    private Pace besideThePipeline() {
        return new Pace(config.integer(Setting.SNAPSHOT_SHARE));
    }

    /**
     * Moves time on; only in a simulation, where the submitter says what time it is. Commands submitted from now on are of that time.
     *
     * @param ms milliseconds since 1970-01-01 UTC; an earlier instant than the present one changes nothing
     * @throws IllegalStateException when the engine is live
     */
    public void advanceTo(final long ms) {
        if (!(host.clock() instanceof SimulatedClock clock)) {
            throw new IllegalStateException("only a simulation is told what time it is");
        }
        clock.advanceTo(ms);
        pipeline.timeMoved();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean coreIsIdle = false;
        try {
            if (retirement != null) {
                retirement.close();
            }
            snapshotter.close();
            restorer.close();
            final boolean whole = pipeline.stop();
            coreIsIdle = true; // and whatever ran on it has ended
            if (whole) {
                saveAtStop();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("interrupted while stopping: the journal is whole, the end of it was not waited for");
        } finally {
            try {
                readModel.close();
                journal.close();
            } finally {
                if (coreIsIdle) {
                    core.close();
                    spares.close();
                }
            }
        }
    }

    /** What the state was is published also when it is not kept: whoever replays the journal can tell whether it is the same. */
    private void saveAtStop() {
        final SnapshotHeader newest = snapshots.newest();
        if (core.position() == (newest == null ? 0 : newest.position())) {
            return;
        }
        if (!config.isOn(Setting.SNAPSHOT_AT_STOP)) {
            LOG.info("no snapshot of position {}: none is wanted at a stop, state hash {}", core.position(), HEX.toHexDigits(core.stateHash()));
            return;
        }
        try {
            readModel.forceEvents();
            snapshots.save(core, journal.id(), journal.isSimulation(), Pace.full(), () -> false);
        } catch (final IOException e) {
            LOG.error("no snapshot of position {}: {}; the next start replays the journal instead, state hash {}", core.position(), e.getMessage(),
                    HEX.toHexDigits(core.stateHash()));
        }
    }

    /** A snapshot must not be ahead of the events on disk: recovery fills in only what it replays. */
    private void forceEvents(final long position) {
        while (pipeline.projectedPosition() < position && pipeline.isRunning()) {
            LockSupport.parkNanos(1_000_000L);
        }
        readModel.forceEvents();
    }

    /** What is read beside the core begins with the core's state. The records come later, and by themselves. */
    private static void rebuild(final EngineCore core, final ReadModelFeed readModel) {
        readModel.beginRebuild(core.position(), core.nowMs());
        for (final RecordKind kind : SHOWN_AT_START) {
            long from = 0;
            do {
                from = core.dump(kind, from, REBUILD_SLICE, (templateId, buffer, offset, length) -> readModel.rebuild(buffer, offset, length));
            } while (from != 0);
        }
        for (final UnderWay what : ALSO_SHOWN) {
            long from = 0;
            do {
                from = core.dumpUnderWay(what, from, REBUILD_SLICE, (templateId, buffer, offset, length) -> readModel.rebuild(buffer, offset, length));
            } while (from != 0);
        }
        core.dumpNamed(readModel::rebuildNamed);
        readModel.endRebuild();
    }

    private static ReadModelConfig readModelConfig(final EngineConfig config, final String journalId) {
        final ReadModelConfig usual = ReadModelConfig.in(new DataDirectory(config.data()).readModel(), journalId);
        return new ReadModelConfig(
                usual.folder(), usual.journal(), usual.eventTailBytes(), usual.eventSegmentBytes(), config.number(Setting.EVENTS_KEEP_MS),
                config.number(Setting.EVENTS_MAX_BYTES), config.isOn(Setting.RECORDS), config.number(Setting.RECORDS_ENTRIES),
                config.number(Setting.RECORDS_LAG_MAX));
    }

    /** Names what the journal brings about: with a position passed over, that is something else from there on. */
    private static String nameOf(final Journal journal) {
        final long[] skips = journal.skips();
        return skips.length == 0 ? journal.id().toString() : journal.id() + " without " + Arrays.toString(skips);
    }

    private static JournalConfig journalConfig(final EngineConfig config, final Host host) {
        return JournalConfig.in(new DataDirectory(config.data()).journal(), host.blocks(), host.ids().get())
                .withOwner("mawid engine")
                .withSimulation(config.isOn(Setting.SIMULATION))
                .withSchemaWord(SchemaWord.OURS, SchemaWord::fault)
                .withSizes(config.number(Setting.SEGMENT_BYTES), config.integer(Setting.GROUP_BYTES))
                .withBackground(host.background());
    }
}
