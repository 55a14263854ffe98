package org.mawid.api.http;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.mawid.api.audit.trail.TrailFigures;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.LocalAnswers;
import org.mawid.api.limit.Limits;
import org.mawid.api.notification.Figures;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.retention.RetentionFigures;
import org.mawid.engine.EngineMetrics;
import org.mawid.sbe.Result;

/**
 * What is counted while the server runs. Made before the engine, which is started with it, and then given to the HTTP edge, which
 * shows it. Counting is cheap and never blocks; any thread, but for {@link EngineMetrics}, whose methods have a thread each.
 */
public final class EdgeMetrics implements EngineMetrics {
    private static final int TEMPLATES = CommandTemplate.IDS;
    private static final int RESULTS = 256;
    private static final int STATUSES = 600;
    private static final int TICK = 1;
    private static final int SET_CORE_VERSION = 2;
    private static final int RETIRE = 4;

    /** By template, then result. Core thread writes. */
    private final AtomicLongArray commands = new AtomicLongArray(TEMPLATES * RESULTS);
    private final LocalAnswers localAnswers = new LocalAnswers();
    private final Histogram commandLatency = new Histogram();
    private final Histogram syncLatency = new Histogram();
    private final AtomicLong journalRecords = new AtomicLong();
    private final Map<String, AtomicReferenceArray<LongAdder>> http = new ConcurrentHashMap<>();
    private final LongAdder connectionsRefused = new LongAdder();
    private final LongAdder streamsCutOff = new LongAdder();
    private volatile TerminalFigures terminals = TerminalFigures.NONE;
    private volatile CoolingFigures cooling = CoolingFigures.NONE;
    private volatile Figures notifications = new Figures();
    private volatile RetentionFigures retention = new RetentionFigures();
    private volatile TrailFigures trail = new TrailFigures();
    private volatile ToLongFunction<CapabilityTrouble> capabilities = trouble -> 0;
    private volatile Consumer<Limits.Count> limits = each -> { };
    private volatile IntSupplier closingsOverdue = () -> 0;
    private volatile IntSupplier tariffDifferences = () -> 0;
    private volatile IntSupplier tariffsRefused = () -> 0;
    private final AtomicInteger connections = new AtomicInteger();

    @Override
    public void onGroup(final long nanos, final int records) {
        syncLatency.record(nanos);
        journalRecords.lazySet(journalRecords.getPlain() + records);
    }

    @Override
    public void onCommand(final int templateId, final Result result, final long nanos) {
        final int template = templateId >= 0 && templateId < TEMPLATES ? templateId : 0;
        final int index = template * RESULTS + (result.value() & RESULTS - 1);
        commands.lazySet(index, commands.getPlain(index) + 1);
        commandLatency.record(nanos);
    }

    /** For the gateway, and for who answers before there is one. */
    public LocalAnswers localAnswers() {
        return localAnswers;
    }

    /** An answer left. @param operation of the contract, or a name for what it does not have */
    void onHttp(final String operation, final int status) {
        AtomicReferenceArray<LongAdder> byStatus = http.get(operation);
        if (byStatus == null) {
            byStatus = http.computeIfAbsent(operation, first -> new AtomicReferenceArray<>(STATUSES));
        }
        LongAdder counter = byStatus.get(status);
        if (counter == null) {
            byStatus.compareAndSet(status, null, new LongAdder());
            counter = byStatus.get(status);
        }
        counter.increment();
    }

    /** @return how many there are now */
    int onConnection() {
        return connections.incrementAndGet();
    }

    void onConnectionClosed() {
        connections.decrementAndGet();
    }

    void onConnectionRefused() {
        connectionsRefused.increment();
    }

    void onStreamCutOff() {
        streamsCutOff.increment();
    }

    /** Told what is counted of terminals; until then there are none. */
    public void countTerminals(final TerminalFigures figures) {
        terminals = figures;
    }

    TerminalFigures terminals() {
        return terminals;
    }

    /** Told what is counted of cooling; until then nothing is. */
    public void countCooling(final CoolingFigures figures) {
        cooling = figures;
    }

    CoolingFigures cooling() {
        return cooling;
    }

    /** Told how often a capability did not do; until then none is asked for. */
    public void countCapabilities(final ToLongFunction<CapabilityTrouble> refused) {
        capabilities = refused;
    }

    CounterSnapshot capabilityRefusals() {
        final CounterSnapshot.Builder all = CounterSnapshot.builder().name("mawid_capability_refusals").help("Calls and commands that brought no capability that covers them, by what was wrong with it.");
        for (final CapabilityTrouble trouble : CapabilityTrouble.values()) {
            all.dataPoint(point(Labels.of(Capabilities.NAME, trouble.name()), capabilities.applyAsLong(trouble)));
        }
        return all.build();
    }

    /** Told what is counted of notifications; until then none are sent. */
    public void countNotifications(final Figures figures) {
        notifications = figures;
    }

    Figures notifications() {
        return notifications;
    }

    CounterSnapshot notificationCounts() {
        final CounterSnapshot.Builder all = CounterSnapshot.builder().name("mawid_notifications").help("Letters to applicants, by way and by what became of them.");
        for (final Channel channel : Channel.values()) {
            for (final Figures.Count count : Figures.Count.values()) {
                all.dataPoint(point(Labels.of("channel", channel.name(), "outcome", count.name()), notifications.of(channel, count)));
            }
        }
        return all.build();
    }

    /** Told what is deleted by rule; until then nothing is. */
    public void countRetention(final RetentionFigures figures) {
        retention = figures;
    }

    RetentionFigures retention() {
        return retention;
    }

    /** Told where the index of what was done stands; until then there is none. */
    public void countTrail(final TrailFigures figures) {
        trail = figures;
    }

    TrailFigures trail() {
        return trail;
    }

    /** Told how often each limit has stood in the way; until then there are none. */
    public void countLimits(final Consumer<Limits.Count> counts) {
        limits = counts;
    }

    CounterSnapshot limitsSpent() {
        final CounterSnapshot.Builder all = CounterSnapshot.builder().name("mawid_limits_spent").help("Calls, and commands of batches and streams, that were refused because a limit was spent, by limit.");
        limits.accept((limit, refused) -> all.dataPoint(point(Labels.of("limit", limit), refused)));
        return all.build();
    }

    CounterSnapshot terminalIncidents() {
        final CounterSnapshot.Builder all = CounterSnapshot.builder().name("mawid_terminal_incidents").help("What should not have happened at a payment terminal, by kind.");
        terminals.incidents().forEach((kind, count) -> all.dataPoint(point(Labels.of("kind", kind.name()), count)));
        return all.build();
    }

    /** Told how many posts have a day that could not be closed. */
    public void countClosings(final IntSupplier overdue) {
        closingsOverdue = overdue;
    }

    int closingsOverdue() {
        return closingsOverdue.getAsInt();
    }

    /** @param differences prices of the treasury that are not the catalogue's @param refused reasons why its last ones are not taken */
    public void countTariffs(final IntSupplier differences, final IntSupplier refused) {
        tariffDifferences = differences;
        tariffsRefused = refused;
    }

    int tariffDifferences() {
        return tariffDifferences.getAsInt();
    }

    int tariffsRefused() {
        return tariffsRefused.getAsInt();
    }

    /** Commands that were made durable, in groups. */
    double journalRecords() {
        return journalRecords.get();
    }

    int connections() {
        return connections.get();
    }

    double connectionsRefused() {
        return connectionsRefused.sum();
    }

    double streamsCutOff() {
        return streamsCutOff.sum();
    }

    HistogramSnapshot commandLatency() {
        return HistogramSnapshot.builder().name("mawid_command_latency_seconds").help("From admission to the answer, durable and applied.")
                .dataPoint(commandLatency.snapshot()).build();
    }

    HistogramSnapshot syncLatency() {
        return HistogramSnapshot.builder().name("mawid_journal_sync_seconds").help("Write and sync of one group of the journal.")
                .dataPoint(syncLatency.snapshot()).build();
    }

    CounterSnapshot commands() {
        final CounterSnapshot.Builder all = CounterSnapshot.builder().name("mawid_commands").help("Commands answered, by command and result; "
                + "UNAVAILABLE also by cause. What was told PENDING is counted again with its result. OTHER: the command could not be told.");
        for (int template = 0; template < TEMPLATES; template++) {
            for (final Result result : Result.values()) {
                final long count = result.value() < RESULTS ? commands.get(template * RESULTS + result.value()) + localAnswers.of(template, result) : 0;
                if (count > 0) {
                    all.dataPoint(point(Labels.of("command", name(template), "result", result.name()), count));
                }
            }
            for (final Cause cause : Cause.values()) {
                final long count = localAnswers.of(template, cause);
                if (count > 0) {
                    all.dataPoint(point(Labels.of("cause", cause.name(), "command", name(template), "result", Result.UNAVAILABLE.name()), count));
                }
            }
        }
        return all.build();
    }

    CounterSnapshot requests() {
        final CounterSnapshot.Builder all = CounterSnapshot.builder().name("mawid_http_requests").help("HTTP answers, by operation and status.");
        http.forEach((operation, byStatus) -> {
            for (int status = 0; status < STATUSES; status++) {
                if (byStatus.get(status) != null) {
                    all.dataPoint(point(Labels.of("operation", operation, "status", Integer.toString(status)), byStatus.get(status).sum()));
                }
            }
        });
        return all.build();
    }

    private static CounterSnapshot.CounterDataPointSnapshot point(final Labels labels, final double value) {
        return CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static String name(final int template) {
        final CommandTemplate known = CommandTemplate.of(template);
        return switch (template) {
            case TICK -> "TICK";
            case SET_CORE_VERSION -> "SET_CORE_VERSION";
            case RETIRE -> "RETIRE";
            default -> known == null ? "OTHER" : known.name();
        };
    }
}
