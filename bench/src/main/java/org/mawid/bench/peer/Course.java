package org.mawid.bench.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.bench.load.Schedule;
import org.mawid.bench.peer.work.Applications;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.PeerName;

/**
 * What one run measures: which loads, how often, and how much has to be there before. And how long that takes.
 *
 * @param peers   in the order in which they take turns
 * @param clients of every mode, null = as many as belong to the mode
 * @param rounds  of a load that a floor hangs on; others get a third of them
 * @param seconds of a round
 * @param all     also what the floors have no use for
 * @param batch   how many go in one call of Mawid where many do
 */
record Course(List<PeerName> peers, Set<Mode> named, List<Integer> clients, int rounds, int seconds, boolean all, int batch) {
    static final int POSTS = 150;
    static final int DATES = 60;
    static final int SLOTS = 40;
    static final int CAPACITY = 4;
    private static final int HOT_POSTS = 5;
    /** Of ten commands six leave a hold or an appointment behind. */
    private static final double LEFT_BEHIND = 0.65;
    private static final double HOLDS = 0.7;
    /** No fewer than are asked for before a search: what is searched is the same for all. */
    private static final int APPLICATIONS_LEAST = 61_000;
    private static final int APPLICATIONS_MOST = 3_000_000;
    private static final int GROUPS_MOST = 10;
    /** Of a round, beside the measured seconds: the clients come to speed, the books are compared, everything is given back. As seen on two quiet cores. */
    private static final double AROUND = 0.5;
    private static final double APPLICATIONS_PER_SECOND = 200_000;

    /** So many clients at once, doing that. */
    record Load(Mode mode, int clients) {
        /** Whether it is the one that the floors of its mode are about. */
        boolean isFloor() {
            return clients == mode.clients();
        }
    }

    private List<Mode> modes() {
        return named != null ? List.copyOf(named) : all ? List.of(Mode.values()) : List.of(Mode.spread, Mode.hot, Mode.batched);
    }

    List<Load> loads() {
        final List<Load> loads = new ArrayList<>();
        for (final Mode mode : modes()) {
            for (final int many : clients != null ? clients : all ? Mode.ALL_CLIENTS : mode.usualClients()) {
                loads.add(new Load(mode, many));
            }
        }
        return loads;
    }

    int rounds(final Load load) {
        return load.isFloor() ? rounds : Math.max(1, rounds / 3);
    }

    /** Where many go in one call, each peer as many as suit it; of all loads Mawid also as many as PostgreSQL. */
    List<Integer> batches(final Mode mode, final PeerName peer) {
        if (mode != Mode.batched) {
            return List.of(1);
        }
        if (peer != PeerName.mawid) {
            return List.of(peer.batch());
        }
        return all && batch != PeerName.postgres.batch() ? List.of(batch, PeerName.postgres.batch()) : List.of(batch);
    }

    /** One of each way to ask, as many clients as the floors are about. With it a server and its clients get warm, once: a day is asked for in the same way whether it is hot or not. */
    List<Load> warmUps() {
        final Map<String, Load> ways = new LinkedHashMap<>();
        for (final Mode mode : modes()) {
            ways.putIfAbsent(mode == Mode.hot ? Mode.spread.name() : mode.name(), new Load(mode, mode.clients()));
        }
        return List.copyOf(ways.values());
    }

    /**
     * Longest, of each way to ask. Where no compiler is at work in the server, only ours has to be through. A server that is asked in one way
     * alone is not warm sooner than with two.
     */
    int warmUpSeconds(final PeerName peer) {
        return peer != PeerName.mawid ? 2 : Math.max(10, 20 / warmUps().size());
    }

    /** The slower ones get no more than they have use for. */
    int applications(final PeerName name) {
        return (int) Math.max(APPLICATIONS_LEAST, Math.min(APPLICATIONS_MOST, LEFT_BEHIND * commands(name)));
    }

    Calendar calendar(final PeerName name) {
        final double places = HOLDS * Applications.meanUnits() * commands(name);
        final double half = POSTS * DATES * SLOTS * CAPACITY / 2.0;
        return new Calendar(POSTS * (int) Math.max(1, Math.min(GROUPS_MOST, Math.ceil(places / half))), HOT_POSTS, DATES, SLOTS, CAPACITY);
    }

    /** That a peer can do in a round. */
    private double commands(final PeerName name) {
        return name.most(modes().contains(Mode.batched)) * (seconds + 0.3);
    }

    /** Each peer is started, prepared and warmed up; then come the loads, round by round. In the order in which they are begun. */
    Schedule schedule() {
        final Schedule schedule = new Schedule();
        for (final PeerName peer : peers) {
            schedule.add(peer.startSeconds()).add(applications(peer) / APPLICATIONS_PER_SECOND);
        }
        for (final PeerName peer : peers) {
            for (int way = 0; way < warmUps().size(); way++) {
                schedule.add(warmUpSeconds(peer) + AROUND);
            }
        }
        for (final Load load : loads()) {
            for (int round = 0; round < rounds(load); round++) {
                peers.forEach(peer -> batches(load.mode(), peer).forEach(batch -> schedule.add(seconds + AROUND)));
            }
        }
        return schedule.add(1 + peers.size()); // nothing may be left anywhere, and everyone stops
    }
}
