package org.mawid.api.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.mawid.api.retention.RetentionFigures;
import org.mawid.api.retention.RetentionKind;
import org.mawid.api.retention.Tally;

/** What is deleted by rule as Prometheus reads it, by kind. Nothing is looked at for a scrape: it is what the last sweep has found. */
final class RetentionMetrics implements MultiCollector {
    private static final String DELETED = "mawid_retention_deleted";
    private static final String HELD = "mawid_retention_held";
    private static final String OLDEST = "mawid_retention_oldest_seconds";
    private static final String SWEPT = "mawid_retention_swept_seconds";

    private final Supplier<RetentionFigures> figures;
    private final LongSupplier nowMs;

    /** @param nowMs the engine's time */
    RetentionMetrics(final Supplier<RetentionFigures> figures, final LongSupplier nowMs) {
        this.figures = figures;
        this.nowMs = nowMs;
    }

    @Override
    public MetricSnapshots collect() {
        final RetentionFigures of = figures.get();
        final CounterSnapshot.Builder deleted = CounterSnapshot.builder().name(DELETED).help("Things of persons that were deleted since the start because they were kept long enough, by kind.");
        for (final RetentionKind kind : RetentionKind.values()) {
            deleted.dataPoint(CounterDataPointSnapshot.builder().labels(Labels.of("kind", kind.name())).value(of.deleted(kind)).build());
        }
        final GaugeSnapshot swept = GaugeSnapshot.builder().name(SWEPT).help("Since the last whole sweep began; -1 = there was none since the start.")
                .dataPoint(GaugeDataPointSnapshot.builder().value(of.sweptMs() == 0 ? -1 : age(of.sweptMs())).build()).build();
        return MetricSnapshots.builder().metricSnapshot(deleted.build()).metricSnapshot(gauge(HELD, "Of those that were kept long enough, the ones that a legal hold keeps, by kind.", of::held))
                .metricSnapshot(gauge(OLDEST, "How old the oldest is that is kept, by kind.", kind -> of.oldestMs(kind) == Tally.NONE ? 0 : age(of.oldestMs(kind)))).metricSnapshot(swept).build();
    }

    private double age(final long sinceMs) {
        return Math.max(0, nowMs.getAsLong() - sinceMs) / 1e3;
    }

    private static GaugeSnapshot gauge(final String name, final String help, final ToDoubleFunction<RetentionKind> value) {
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        for (final RetentionKind kind : RetentionKind.values()) {
            gauge.dataPoint(GaugeDataPointSnapshot.builder().labels(Labels.of("kind", kind.name())).value(value.applyAsDouble(kind)).build());
        }
        return gauge.build();
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of(DELETED, HELD, OLDEST, SWEPT);
    }
}
