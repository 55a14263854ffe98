package org.mawid.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.PeerName;

/** What a peer's clients are offered: the same as those of another one that has more applications and more posts. */
class BoutTest {
    private static final int CLIENTS = 5;
    private static final int POSTS = 10;

    /** What each client was asked for in one round and when everything was given back, and the request ids. */
    private record Played(List<List<String>> asked, List<Long> ids) {
    }

    private static Played play(final PeerName name, final Mode mode, final int size, final Streams streams) throws Exception {
        final Calendar calendar = new Calendar(POSTS * size, 2, 10, 40, 200);
        final Scribe scribe = new Scribe(name, calendar, mode == Mode.hot ? calendar.usualDays() : 0);
        try (Bout bout = Bout.of(scribe, mode, CLIENTS, mode == Mode.batched ? 10 : 1, POSTS, 6_000 * size, streams)) {
            if (mode == Mode.search) {
                scribe.asked.clear(); // how the calendar was filled
            }
            bout.round(0, perSecond -> { });
            return new Played(List.copyOf(scribe.asked), List.copyOf(scribe.ids));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void givenOneSeed_whenTwoPeersClientsAsk_thenEachIsOfferedWhatItsCounterpartIs(final Mode mode) throws Exception {
        final Streams streams = new Streams(42);

        final List<List<String>> one = play(PeerName.postgres, mode, 1, streams).asked();
        final List<List<String>> other = play(PeerName.redis, mode, 3, streams).asked();

        assertThat(one).hasSize(mode == Mode.search ? 2 : CLIENTS).doesNotHaveDuplicates().allSatisfy(client -> assertThat(client).hasSizeGreaterThanOrEqualTo(300));
        assertThat(firstOf(other)).isEqualTo(firstOf(one));
    }

    /** Before they give everything back, which they do in calls of the size that suits the peer. */
    private static List<List<String>> firstOf(final List<List<String>> asked) {
        return asked.stream().map(client -> client.subList(0, 300)).toList();
    }

    @Test
    void givenOneSeed_whenRunAgain_thenTheSameIsOffered_andWithAnotherSeedOrModeSomethingElse() throws Exception {
        final List<List<String>> first = play(PeerName.mawid, Mode.spread, 1, new Streams(42)).asked();

        assertThat(play(PeerName.mawid, Mode.spread, 1, new Streams(42)).asked()).isEqualTo(first);
        assertThat(play(PeerName.mawid, Mode.spread, 1, new Streams(43)).asked().get(0)).isNotEqualTo(first.get(0));
        assertThat(new Streams(42).of(Mode.batched, 0)).isNotEqualTo(new Streams(42).of(Mode.spread, 0));
    }

    @Test
    void givenTheSameWorkTwiceInARun_whenAsked_thenNoRequestIdComesAgain() throws Exception {
        final Streams streams = new Streams(42);

        final List<Long> warmUp = play(PeerName.mawid, Mode.spread, 1, streams).ids();
        final List<Long> measured = play(PeerName.mawid, Mode.spread, 1, streams).ids();

        assertThat(warmUp).hasSize(CLIENTS).doesNotContain(0L).doesNotContainAnyElementsOf(measured);
        assertThat(measured).hasSize(CLIENTS);
    }

    @Test
    void givenAWarmUp_whenAllThatThereIsToHoldWasHeld_thenItEndsAndIsNotTakenForWarm() throws Exception {
        final Scribe scribe = new Scribe(PeerName.mawid, new Calendar(POSTS, 2, 10, 40, 200), 0);
        for (int time = 0; time < 2; time++) { // the next one begins with everything given back
            try (Bout bout = Bout.of(scribe, Mode.spread, CLIENTS, 1, POSTS, 100, new Streams(42 + time))) {
                assertThat(bout.warmUp(600, perSecond -> { })).isFalse();
            }
        }
    }
}
