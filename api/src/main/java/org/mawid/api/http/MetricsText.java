package org.mawid.api.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.HexFormat;
import java.util.function.ToDoubleFunction;
import org.mawid.api.gateway.Gateway;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.readmodel.EventLog;

/**
 * All figures as Prometheus reads them: our counters, where the pipeline stands, and what Micrometer knows of JVM and Netty. Made on a
 * worker thread after the server is ready, for its classes take longer to load than the rest of the edge.
 */
final class MetricsText implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    MetricsText(final EdgeMetrics metrics, final Gateway gateway, final EventLoopGroup eventLoops) {
        final Engine engine = gateway.engine();
        final PrometheusRegistry own = registry.getPrometheusRegistry();
        own.register((Collector) metrics::commands);
        own.register((Collector) metrics::requests);
        own.register((Collector) metrics::commandLatency);
        own.register((Collector) metrics::syncLatency);
        own.register((Collector) () -> stateHash(engine.status()));
        own.register(new HallMetrics(() -> engine.readModel().hall(), gateway::nowMs));
        own.register(new RetentionMetrics(metrics::retention, gateway::nowMs));
        own.register(new WorkMetrics(engine::readModel, gateway::nowMs));
        own.register(new MoneyMetrics(() -> engine.readModel().money(), gateway::nowMs));
        counter("mawid.journal.records", "Commands made durable.", metrics, EdgeMetrics::journalRecords);
        counter("mawid.http.connections.refused", "Connections closed because there were too many.", metrics, EdgeMetrics::connectionsRefused);
        counter("mawid.http.streams.cut.off", "Event streams ended because their client did not read.", metrics, EdgeMetrics::streamsCutOff);
        Gauge.builder("mawid.http.connections", metrics, EdgeMetrics::connections).description("Connections that are open.").register(registry);
        own.register((Collector) metrics::terminalIncidents);
        Gauge.builder("mawid.cooling.rooms", metrics, of -> of.cooling().rooms()).description("Visits and holds that were given back and whose room is kept for those who wait.").register(registry);
        Gauge.builder("mawid.cooling.untold", metrics, of -> of.cooling().untold()).description("Of those, the ones of which nobody has said when that ends.").register(registry);
        Gauge.builder("mawid.terminals.configured", metrics, of -> of.terminals().configured()).description("Payment terminals in the list that is in force.").register(registry);
        Gauge.builder("mawid.terminals.ready", metrics, of -> of.terminals().ready()).description("Payment terminals that are connected and ready to be asked.").register(registry);
        Gauge.builder("mawid.payments.in.doubt", engine, of -> of.readModel().money().inDoubt(0).size())
                .description("Payments of which nobody knows yet whether they were made.").register(registry);
        Gauge.builder("mawid.closings.overdue", metrics, EdgeMetrics::closingsOverdue).description("Posts with a day that has ended and could not be closed.").register(registry);
        Gauge.builder("mawid.tariff.differences", metrics, EdgeMetrics::tariffDifferences).description("Prices of the treasury that are not those of the catalogue.").register(registry);
        Gauge.builder("mawid.tariff.feed.refused", metrics, EdgeMetrics::tariffsRefused).description("Reasons why the treasury's last prices are not taken.").register(registry);
        own.register((Collector) metrics::notificationCounts);
        own.register((Collector) metrics::capabilityRefusals);
        own.register((Collector) metrics::limitsSpent);
        Gauge.builder("mawid.notifications.waiting", metrics, of -> of.notifications().waiting()).description("Letters to applicants that are still to be sent.").register(registry);
        Gauge.builder("mawid.notifications.lag", metrics, of -> Math.max(0, engine.readModel().events().position() - of.notifications().position()))
                .description("Log positions of which nobody was told yet.").register(registry);
        Gauge.builder("mawid.trail.lag", metrics, of -> Math.max(0, engine.status().durablePosition() - of.trail().position())).description("Log positions that are not in the index of what was done.").register(registry);
        Gauge.builder("mawid.trail.bytes", metrics, of -> of.trail().bytes()).description("Bytes of the index of what was done.").register(registry);
        pipeline(engine);
        Gauge.builder("mawid.wall.clock.ahead.seconds", gateway, of -> (System.currentTimeMillis() - of.nowMs()) / 1e3)
                .description("How far the machine's wall clock is ahead of the engine's time, which follows it slowly.").register(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new NettyAllocatorMetrics(PooledByteBufAllocator.DEFAULT).bindTo(registry);
        new NettyEventExecutorMetrics(eventLoops).bindTo(registry);
        collections.bindTo(registry);
    }

    private void pipeline(final Engine engine) {
        status("mawid.position.applied", "Last log position applied.", engine, EngineStatus::appliedPosition);
        status("mawid.position.durable", "Last log position on disk.", engine, EngineStatus::durablePosition);
        status("mawid.position.read.model", "Last log position that availability reflects.", engine, EngineStatus::readModelPosition);
        status("mawid.position.records", "Last log position that the records reflect.", engine, EngineStatus::recordsPosition);
        status("mawid.position.snapshot", "Log position of the newest snapshot.", engine, EngineStatus::snapshotPosition);
        status("mawid.read.model.lag", "Positions applied and not yet reflected by availability.", engine,
                status -> Math.max(0, status.appliedPosition() - status.readModelPosition()));
        Gauge.builder("mawid.records.lag", engine, of -> of.readModel().records().lag())
                .description("Positions not yet reflected by the records.").register(registry);
        events("mawid.position.events", "Last log position that the event log reflects.", engine, EventLog::position);
        events("mawid.events.kept.from", "Cursors up to this log position are told START_AGAIN.", engine, EventLog::keptFrom);
        events("mawid.events.kept.from.seconds", "Log time of the oldest event kept, seconds since 1970 UTC.", engine, log -> log.keptFromMs() / 1e3);
        events("mawid.events.bytes", "Bytes of events in files.", engine, EventLog::bytesOnDisk);
        status("mawid.log.time.seconds", "Log time, seconds since 1970 UTC.", engine, status -> status.nowMs() / 1e3);
        status("mawid.ring.depth", "Entries of the ring that are not finished.", engine, EngineStatus::ringDepth);
        status("mawid.ring.size", "Entries that the ring holds.", engine, EngineStatus::ringSize);
        status("mawid.storage.full", "1 while commands are answered STORAGE_FULL: no room for the next journal segment, or for a snapshot.", engine, status -> status.storageFull() ? 1 : 0);
        status("mawid.running", "1 until stopped or halted.", engine, status -> status.running() ? 1 : 0);
    }

    /** Published so that any copy of the log can be compared with it; a hash is not a number that could be plotted. */
    private static MetricSnapshot stateHash(final EngineStatus status) {
        return GaugeSnapshot.builder().name("mawid_state_hash").help("Position of the newest state hash; the hash is its label.")
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(status.hashPosition())
                        .labels(Labels.of("hash", HexFormat.of().toHexDigits(status.stateHash()))).build()).build();
    }

    private void status(final String name, final String help, final Engine engine, final ToDoubleFunction<EngineStatus> value) {
        Gauge.builder(name, engine, of -> value.applyAsDouble(of.status())).description(help).register(registry);
    }

    private void events(final String name, final String help, final Engine engine, final ToDoubleFunction<EventLog> value) {
        Gauge.builder(name, engine, of -> value.applyAsDouble(of.readModel().events())).description(help).register(registry);
    }

    private void counter(final String name, final String help, final EdgeMetrics metrics, final ToDoubleFunction<EdgeMetrics> value) {
        FunctionCounter.builder(name, metrics, value).description(help).register(registry);
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
