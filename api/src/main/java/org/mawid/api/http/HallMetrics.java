package org.mawid.api.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mawid.engine.readmodel.HallView;

/** Who stands in all halls, as Prometheus reads it: from what is kept beside the core, nothing of it is asked. */
final class HallMetrics implements MultiCollector {
    private final Supplier<HallView> hall;
    private final LongSupplier nowMs;

    /** @param nowMs the engine's time */
    HallMetrics(final Supplier<HallView> hall, final LongSupplier nowMs) {
        this.hall = hall;
        this.nowMs = nowMs;
    }

    @Override
    public MetricSnapshots collect() {
        final HallView.Load load = hall.get().load(nowMs.getAsLong());
        return MetricSnapshots.of(
                GaugeSnapshot.builder().name("mawid_hall_tickets").help("Tickets that have not ended, by state.")
                        .dataPoint(point(Labels.of("state", "WAITING"), load.waiting())).dataPoint(point(Labels.of("state", "CALLED"), load.called()))
                        .dataPoint(point(Labels.of("state", "PARKED"), load.parked())).build(),
                GaugeSnapshot.builder().name("mawid_hall_longest_wait_seconds").help("Since when the first of those who wait have been there.")
                        .dataPoint(point(Labels.EMPTY, Math.max(0, load.longestWaitMs()) / 1e3)).build());
    }

    private static GaugeDataPointSnapshot point(final Labels labels, final double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of("mawid_hall_tickets", "mawid_hall_longest_wait_seconds");
    }
}
