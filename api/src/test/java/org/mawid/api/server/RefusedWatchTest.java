package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.testkit.OnePost;
import org.mawid.client.MawidClient;
import org.mawid.client.MawidException;
import org.mawid.client.Watch;
import org.mawid.client.WatchListener;
import org.mawid.grpc.Command;
import org.mawid.grpc.Day;
import org.mawid.grpc.DefinePost;
import org.mawid.grpc.Event;
import org.mawid.grpc.Result;

/** A watch that the server will never have ends, and says so once. */
@Timeout(60)
class RefusedWatchTest extends ServiceFixture {
    private static final int DAYS_MAX = 500;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<MawidException> refusals = new CopyOnWriteArrayList<>();
    private final WatchListener listener = new WatchListener() {
        @Override
        public void onSnapshot() {
            heard.add("snapshot");
        }

        @Override
        public void onDays(final List<Day> days) {
            heard.add("days");
        }

        @Override
        public void onSnapshotComplete() {
            heard.add("complete");
        }

        @Override
        public void onEvents(final List<Event> events) {
            heard.add("events");
        }

        @Override
        public void onRefused(final MawidException refusal) {
            refusals.add(refusal);
            heard.add("refused");
        }
    };

    @Test
    void givenNoSuchPost_whenWatched_thenToldOnceAndItHasEndedAlsoWhenThereIsOneLater() {
        try (Watch watch = client.watch(OnePost.POST, OnePost.FIRST_DAY, 1, listener)) {
            assertRefused(Result.POST_UNKNOWN);
            OnePost.make(client, 1, 1);
            assertNothingMore();
            assertThat(watch.cursor()).isNull();
        }
        heard.clear();
        try (Watch watch = client.watch(OnePost.POST, OnePost.FIRST_DAY, 1, listener)) {
            await().until(() -> watch.cursor() != null);
            assertThat(heard).startsWith("snapshot", "days", "complete").doesNotContain("refused");
        }
    }

    @Test
    void givenAPostThatWasDefinedJustNow_whenWatched_thenItIsKnown() {
        OnePost.done(client, Command.newBuilder().setDefinePost(DefinePost.newBuilder().setPostId(OnePost.POST).setCode("paris").setCurrency("EUR").setMinorDigits(2).setRoundToMinor(50)));
        try (Watch watch = client.watch(OnePost.POST, OnePost.FIRST_DAY, 1, listener)) {
            await().until(() -> watch.cursor() != null);
            assertThat(refusals).isEmpty();
        }
    }

    @Test
    void givenMoreDaysThanASnapshotHas_whenWatched_thenToldOnceAndItHasEnded() {
        OnePost.define(client);
        try (Watch watch = client.watch(OnePost.POST, OnePost.FIRST_DAY, DAYS_MAX + 1, listener)) {
            assertRefused(Result.OUT_OF_RANGE);
            assertNothingMore();
            assertThat(watch.cursor()).isNull();
        }
    }

    @Test
    void givenAServerThatKnowsNoWatches_whenWatched_thenToldOnceWithoutAReason() throws Exception {
        final Server other = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).build().start();
        try (MawidClient mistaken = MawidClient.connect("127.0.0.1", other.getPort()); Watch watch = mistaken.watch(0, 0, 0, listener)) {
            assertRefused(null);
            assertThat(refusals.get(0)).hasMessageContaining("UNIMPLEMENTED");
            assertNothingMore();
            assertThat(watch.cursor()).isNull();
        } finally {
            other.shutdownNow().awaitTermination();
        }
    }

    private void assertRefused(final Result reason) {
        await().until(() -> !refusals.isEmpty());
        assertThat(refusals.get(0).reason()).isEqualTo(reason);
        assertThat(refusals.get(0).request()).as("no command").isNull();
    }

    /** A watch that goes on comes again after fifty milliseconds, and a little later each time. */
    private void assertNothingMore() {
        await().during(500, TimeUnit.MILLISECONDS).until(() -> heard.equals(List.of("snapshot", "refused")));
    }
}
