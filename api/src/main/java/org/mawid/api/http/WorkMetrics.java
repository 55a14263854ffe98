package org.mawid.api.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.WorkView.Totals;

/** What officers have to decide as Prometheus reads it, by post. A scrape looks at what is overdue, and at nothing else. */
final class WorkMetrics implements MultiCollector {
    private static final String WAITING = "mawid_work_waiting";
    private static final String OVERDUE = "mawid_work_overdue";
    private static final String OLDEST = "mawid_work_oldest_seconds";

    private final Supplier<ReadModel> model;
    private final LongSupplier nowMs;

    /** @param nowMs the engine's time */
    WorkMetrics(final Supplier<ReadModel> model, final LongSupplier nowMs) {
        this.model = model;
        this.nowMs = nowMs;
    }

    @Override
    public MetricSnapshots collect() {
        final long now = nowMs.getAsLong();
        final Map<String, Totals> byPost = new TreeMap<>();
        model.get().catalogue().posts().forEach(post -> byPost.put(post.code(), model.get().work().totals(post.postId(), now)));
        return MetricSnapshots.builder()
                .metricSnapshot(gauge(WAITING, "Applications that wait for an officer; one that any post may decide counts at each.", byPost, Totals::waiting))
                .metricSnapshot(gauge(OVERDUE, "Of those, the ones that have waited for more than two days.", byPost, Totals::overdue))
                .metricSnapshot(gauge(OLDEST, "Since the oldest of them waits.", byPost, totals -> totals.oldestMs() == 0 ? 0 : Math.max(0, now - totals.oldestMs()) / 1e3))
                .build();
    }

    @Override
    public List<String> getPrometheusNames() {
        return List.of(WAITING, OVERDUE, OLDEST);
    }

    private static GaugeSnapshot gauge(final String name, final String help, final Map<String, Totals> byPost, final ToDoubleFunction<Totals> value) {
        final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        byPost.forEach((post, totals) -> gauge.dataPoint(GaugeDataPointSnapshot.builder().labels(Labels.of("post", post)).value(value.applyAsDouble(totals)).build()));
        return gauge.build();
    }
}
