package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Result;

/** What {@code /metrics} says of a real engine is what its clients were answered. */
@Timeout(120)
class MetricsOverHttpTest extends ServiceFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DONE = 40;
    private static final int REFUSED = 3;

    @Test
    void givenCommandsThatWereAnswered_whenScraped_thenBothHistogramsHoldThemAndAllPositionsReachTheLast() {
        OnePost.make(client, 1, 5);
        final Map<String, Double> before = scrape();
        long last = 0;
        for (int i = 0; i < DONE; i++) {
            final CommandReply done = client.execute(OnePost.submit(1 + i));
            assertThat(done.getResult()).isEqualTo(Result.OK);
            assertThat(done.getPosition()).isGreaterThan(last);
            last = done.getPosition();
        }
        for (int i = 0; i < REFUSED; i++) {
            assertThat(client.execute(OnePost.validate("nobody")).getResult()).isNotEqualTo(Result.OK);
        }
        final long position = last;
        await().atMost(PATIENCE).untilAsserted(() -> { // the clock's own commands come between, and each figure is read by itself
            final Map<String, Double> now = scrape();
            assertThat(submitted(now) - submitted(before)).isEqualTo(DONE);
            assertThat(now.get("mawid_command_latency_seconds_count") - before.get("mawid_command_latency_seconds_count")).isGreaterThanOrEqualTo(DONE);
            assertThat(now.get("mawid_journal_records_total") - before.get("mawid_journal_records_total")).isGreaterThanOrEqualTo(DONE);
            assertThat(now.get("mawid_journal_sync_seconds_count") - before.get("mawid_journal_sync_seconds_count"))
                    .as("one after the other, so in a group each").isGreaterThanOrEqualTo(DONE);
            assertThat(now.get("mawid_journal_sync_seconds_count")).isLessThanOrEqualTo(now.get("mawid_journal_records_total"));
            for (final String name : List.of("applied", "durable", "read_model")) {
                assertThat(now.get("mawid_position_" + name)).as(name).isGreaterThanOrEqualTo(position);
            }
            assertThat(now.get("mawid_read_model_lag")).isZero();
            assertBuckets(now, "mawid_command_latency_seconds");
            assertBuckets(now, "mawid_journal_sync_seconds");
        });
    }

    private static double submitted(final Map<String, Double> figures) {
        return figures.getOrDefault("mawid_commands_total{command=\"SUBMIT_APPLICATION\",result=\"OK\"}", 0.0);
    }

    /** Bounds and counts rise, the last bucket has no bound and all of the counts, and the sum lies between what the buckets allow. */
    private static void assertBuckets(final Map<String, Double> figures, final String name) {
        final List<Double> bounds = new ArrayList<>();
        final List<Double> counts = new ArrayList<>();
        final String bucket = name + "_bucket{le=\"";
        figures.forEach((figure, value) -> {
            if (figure.startsWith(bucket)) {
                final String bound = figure.substring(bucket.length(), figure.length() - 2);
                bounds.add(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound));
                counts.add(value);
            }
        });
        assertThat(bounds).as(name).hasSizeGreaterThan(2).isSorted().doesNotHaveDuplicates().endsWith(Double.POSITIVE_INFINITY);
        assertThat(counts).as(name).isSorted().endsWith(figures.get(name + "_count"));
        double least = 0;
        double most = 0;
        for (int i = 0; i < counts.size(); i++) {
            final double here = counts.get(i) - (i == 0 ? 0 : counts.get(i - 1));
            least += here * (i == 0 ? 0 : bounds.get(i - 1));
            most += here == 0 ? 0 : here * bounds.get(i);
        }
        assertThat(figures.get(name + "_sum")).as(name).isPositive().isBetween(least, most);
    }

    /** By name and labels, in the order of the text. */
    private Map<String, Double> scrape() {
        final Map<String, Double> figures = new LinkedHashMap<>();
        await().atMost(PATIENCE).untilAsserted(() -> { // made on a worker thread after the server is ready
            final HttpResponse<String> response = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.httpPort() + "/metrics")).build(),
                    BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            figures.clear();
            response.body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                final int space = line.lastIndexOf(' ');
                assertThat(figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)))).as(line).isNull();
            });
        });
        return figures;
    }
}
