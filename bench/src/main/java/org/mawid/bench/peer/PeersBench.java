package org.mawid.bench.peer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.mawid.bench.load.Output;
import org.mawid.bench.load.PersonsOption;
import org.mawid.bench.load.Planned;
import org.mawid.bench.load.Rounds;
import org.mawid.bench.load.Schedule;
import org.mawid.bench.load.SecondsOption;
import org.mawid.bench.peer.foreign.Installed;
import org.mawid.bench.peer.mawid.MawidPeer;
import org.mawid.bench.peer.postgres.PostgresPeer;
import org.mawid.bench.peer.redis.RedisPeer;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.Peer;
import org.mawid.bench.peer.work.PeerName;
import org.mawid.bench.peer.work.Taken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The same work by PostgreSQL, by Redis and by Mawid, in turn on the same machine and the same file system, each waiting for the disk
 * before it answers.
 */
@Command(name = "peers", mixinStandardHelpOptions = true,
        description = "The same work by PostgreSQL, Redis and Mawid side by side, all durable: holds over all posts, on one hot day, batched; and searches.",
        footer = {"", "The others are started on loopback in a temporary folder and are gone afterwards; those that are not installed are left out:",
            "  " + Installed.INSTALL_POSTGRES + "    " + Installed.INSTALL_REDIS,
            "", "Takes about 110 s, with --seconds 5 four and a half minutes.", "", "Examples:",
            "  bench peers --all --report out      all loads, one page with plots",
            "  bench peers --modes hot --clients 64 --seconds 10 --rounds 5",
            "  bench peers --modes search          on which dates a post has room",
            "  bench peers --seed 42 --modes spread    the same work again, or on another machine",
            "  bench peers --peers redis,mawid --modes batched"})
public final class PeersBench implements Callable<Integer>, Planned {
    private static final int MOST_CLIENTS = 200;
    /** So many clients with so many each must find a place in the ring; and a message has no more than 4 MiB. */
    private static final int MOST_BATCH = 8_000;

    @Mixin
    private Output output;

    /** Rounds are short here: there are many. */
    @Mixin
    private final SecondsOption part = new SecondsOption(1);

    @Option(names = "--peers", paramLabel = "NAME", split = ",", description = "Which: ${COMPLETION-CANDIDATES}; default all that are installed.")
    private Set<PeerName> named;

    @Option(names = "--modes", paramLabel = "MODE", split = ",", description = "${COMPLETION-CANDIDATES}; default spread, hot, batched.")
    private Set<Mode> modes;

    @Option(names = "--clients", paramLabel = "N", split = ",", description = "Clients at once, one or several loads, 1 to " + MOST_CLIENTS + "; default 1, 16 and 64, batched and search 16.")
    private List<Integer> clients;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds in turn, of loads that a floor hangs on (64 clients, batched 16); of others a third: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--all", description = "Every mode, also searches, with 1, 16 and 64 clients; batches of Mawid also as large as PostgreSQL's: three minutes.")
    private boolean all;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder on the disk to use, for all of them; default: the temporary folder.")
    private Path data;

    @Option(names = "--threads", description = "Give each client of Mawid a thread that waits for its answers, as those of the others have.")
    private boolean threads;

    @Option(names = "--batch", paramLabel = "N", description = "Commands that a client of Mawid has in one call where many go in one, 2 to " + MOST_BATCH + "; default 512.")
    private Integer batch;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "4", description = "TCP connections that the clients of Mawid share, 1 to " + MOST_CLIENTS + ": ${DEFAULT-VALUE}.")
    private int connections;

    @Mixin
    private PersonsOption people;

    @Option(names = "--program", paramLabel = "FILE", description = "Launcher or jar of Mawid; default: the launcher api/target/mawid.")
    private Path program;

    private final List<Peer> peers = new ArrayList<>();
    private final JsonArray loads = new JsonArray();
    private final JsonObject floors = new JsonObject();
    private final List<String> lines = new ArrayList<>();
    private final List<String> ratios = new ArrayList<>();
    private Streams streams;
    private Course course;
    private Schedule schedule;

    @Override
    public Integer call() throws Exception {
        output.require(rounds >= 1, "--rounds must be 1 or more");
        output.require(clients == null || clients.stream().allMatch(many -> many >= 1 && many <= MOST_CLIENTS), "--clients must be 1 to " + MOST_CLIENTS);
        output.require(batch == null || batch >= 2 && batch <= MOST_BATCH, "--batch must be 2 to " + MOST_BATCH);
        output.require(connections >= 1 && connections <= MOST_CLIENTS, "--connections must be 1 to " + MOST_CLIENTS);
        output.require(data == null || Files.isDirectory(data), "--data must be a folder that is there");
        final JsonObject install = missing();
        install.forEach(one -> output.note("%s is left out, it is not installed: %s", one.getKey(), one.getValue()));
        final JsonObject about = new JsonObject();
        final JsonObject durability = new JsonObject();
        course = course(wanted().stream().filter(name -> !install.containsKey(name.name())).toList());
        schedule = course.schedule();
        streams = new Streams(people.seed(output));
        try {
            if (isWorthIt(install.fieldNames())) {
                final FileStore store = disk();
                start();
                for (final Peer peer : peers) {
                    durability.put(peer.name().name(), peer.durability());
                    about.put(peer.name().name(), peer.about());
                }
                about.put("fileSystem", store.type() + " on " + store.name());
                measureAll();
                requireNothingLeft();
            }
        } catch (final ParameterException notRight) {
            throw notRight;
        } catch (final Exception e) {
            output.failed(String.valueOf(e.getMessage()).lines().findFirst().orElseGet(e::toString));
            return 1;
        } finally {
            closeAll();
        }
        output.result(result(install, about, durability));
        System.out.print(text());
        return 0;
    }

    @Override
    public double plannedSeconds() {
        return course(List.copyOf(wanted())).schedule().seconds();
    }

    private Set<PeerName> wanted() {
        return named != null ? named : EnumSet.allOf(PeerName.class);
    }

    private Course course(final List<PeerName> those) {
        return new Course(those.stream().sorted().toList(), modes, clients, rounds, part.seconds(), all, batch());
    }

    private int batch() {
        return batch == null ? PeerName.mawid.batch() : batch;
    }

    /** Nobody is there to be compared with, when Mawid alone is left of several. */
    private boolean isWorthIt(final Set<String> missing) {
        final int here = wanted().size() - missing.size();
        return here > 1 || here == 1 && (wanted().size() == 1 || !wanted().contains(PeerName.mawid));
    }

    /** Those that were asked for and are not here, and how they get here. */
    private JsonObject missing() throws IOException {
        final JsonObject install = new JsonObject();
        for (final PeerName name : wanted()) {
            if (name == PeerName.postgres && Installed.postgres().isEmpty()) {
                install.put(name.name(), Installed.INSTALL_POSTGRES);
            } else if (name == PeerName.redis && Installed.redis().isEmpty()) {
                install.put(name.name(), Installed.INSTALL_REDIS);
            }
        }
        return install;
    }

    /** The one that all are on. What is kept in memory only makes every sync a lie. */
    private FileStore disk() throws IOException {
        final FileStore store = Files.getFileStore(data == null ? Path.of(System.getProperty("java.io.tmpdir")) : data);
        output.require(!store.type().equals("tmpfs") && !store.type().equals("ramfs"), "the folder is in memory (" + store.type() + "), where a sync means nothing: name one on a disk with --data");
        return store;
    }

    private void start() throws Exception {
        for (final PeerName name : course.peers()) {
            schedule.begin();
            output.progressLeft(schedule.leftNs(), "starting %s", name);
            final Calendar calendar = course.calendar(name);
            final Peer peer = switch (name) {
                case postgres -> PostgresPeer.start(Installed.postgres().orElseThrow(), data, calendar);
                case redis -> RedisPeer.start(Installed.redis().orElseThrow(), data, calendar);
                default -> MawidPeer.start(program, data, calendar, connections, threads);
            };
            peers.add(peer);
            schedule.begin();
            output.progressLeft(schedule.leftNs(), "bringing %,d validated applications to %s", course.applications(name), name);
            peer.prepare(course.applications(name), 0);
        }
    }

    /** Begins anew when all that there is to hold was held: a compiler is not through because of that. */
    private void warmUp(final Peer peer, final Course.Load load) throws Exception {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(course.warmUpSeconds(peer.name()));
        boolean isWarm = false;
        for (long left = course.warmUpSeconds(peer.name()); !isWarm && left > 0; left = TimeUnit.NANOSECONDS.toSeconds(untilNs - System.nanoTime())) {
            try (Bout bout = bout(peer, load, course.batches(load.mode(), peer.name()).get(0))) {
                isWarm = bout.warmUp((int) left, progress(bout, load, "warming up"));
            }
        }
    }

    private void measureAll() throws Exception {
        for (final Peer peer : peers) {
            for (final Course.Load load : course.warmUps()) {
                schedule.begin();
                warmUp(peer, load);
            }
        }
        for (final Course.Load load : course.loads()) {
            measure(load);
        }
        schedule.begin();
        output.progressLeft(schedule.leftNs(), "looking whether everything was given back");
    }

    private Bout bout(final Peer peer, final Course.Load load, final int batch) throws Exception {
        return Bout.of(peer, load.mode(), load.clients(), batch, Course.POSTS, course.applications(peer.name()), streams);
    }

    private void measure(final Course.Load load) throws Exception {
        final List<Bout> bouts = new ArrayList<>();
        try {
            for (final Peer peer : peers) {
                for (final int batch : course.batches(load.mode(), peer.name())) {
                    bouts.add(bout(peer, load, batch));
                }
            }
            for (int round = 1; round <= course.rounds(load); round++) {
                for (final Bout bout : bouts) {
                    schedule.begin();
                    bout.round(part.seconds(), progress(bout, load, "round " + round + " of " + course.rounds(load)));
                }
            }
            keep(load.mode(), load.clients(), bouts);
        } finally {
            for (final Bout bout : bouts) {
                bout.close();
            }
        }
    }

    private Bout.Progress progress(final Bout bout, final Course.Load load, final String what) {
        final String many = bout.batch() > 1 ? " with " + bout.batch() + " in a call" : "";
        return perSecond -> output.progressLeft(schedule.leftNs(), "%s %s, %d clients%s, %s: %,.0f/s", bout.peer().name(), load.mode(), load.clients(), many, what, perSecond);
    }

    /** Of one load: what each came to, and ours against the others. */
    void keep(final Mode mode, final int many, final List<Bout> bouts) {
        final JsonObject load = new JsonObject().put(mode + "Clients", many);
        final Optional<Bout> ours = bouts.stream().filter(bout -> bout.peer().name() == PeerName.mawid).findFirst();
        for (final Bout bout : bouts) {
            final boolean isFirst = ours.isEmpty() || bout.peer() != ours.get().peer() || bout == ours.get();
            load.put(bout.peer().name() + (isFirst ? "" : "By" + bout.batch()), bout.figures());
            lines.add(bout.line());
            output.note("%s", bout.line());
        }
        for (final Bout own : bouts) {
            for (final Bout other : bouts) {
                if (ours.isPresent() && own.peer() == ours.get().peer() && other.peer() != own.peer()) {
                    keep(load, mode, many, own, other, own == ours.get());
                }
            }
        }
        loads.add(load);
    }

    private void keep(final JsonObject load, final Mode mode, final int many, final Bout own, final Bout other, final boolean isFirst) {
        final Rounds ratio = own.ratesAgainst(other);
        final String name = other.peer().name() + (isFirst ? "" : "By" + own.batch());
        load.put(name + "Ratio", ratio.median()).put(name + "RatioRounds", ratio.all()).put(name + "CpuRatio", own.cpuAgainst(other));
        if (isFirst && many == mode.clients()) {
            floors.put(mode + capital(other.peer().name().name()) + "Ratio", ratio.median());
        }
        ratios.add(String.format(Locale.ROOT, "%-8s %7d %8d  %-9s %8d %11.3g× %11.3g×", mode, many, own.batch(), other.peer().name(), other.batch(), ratio.median(), own.cpuAgainst(other)));
    }

    private static String capital(final String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** Everything was given back, everywhere. */
    private void requireNothingLeft() throws Exception {
        for (final Peer peer : peers) {
            final BitSet everywhere = new BitSet();
            everywhere.set(0, peer.calendar().days());
            peer.taken(everywhere).requireSameAs(new Taken(peer.calendar()), peer.name().name());
        }
    }

    private void closeAll() throws IOException {
        IOException failure = null;
        for (final Peer peer : peers) {
            try {
                peer.close();
            } catch (final IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private JsonObject result(final JsonObject install, final JsonObject about, final JsonObject durability) {
        return new JsonObject().put("benchmark", "peers")
                .put("load", new JsonObject().put("work", Course.POSTS + " posts × " + Course.DATES + " dates × " + Course.SLOTS + " slots, capacity " + Course.CAPACITY
                                + "; a hot day has 40 slots with " + Calendar.HOT_CAPACITY + " places; when half of them were given away, everyone goes on to the next")
                        .put("mix", "70 % hold 1, 2, 3, 4 consecutive slots (50, 30, 15, 5 %) for 600 s, 20 % confirm, 10 % cancel; applications validated before")
                        .put("loop", "closed; only what was done counts").put("rounds", rounds).put("roundsOfOtherLoads", Math.max(1, rounds / 3)).put("secondsEach", part.seconds()).put("seed", Long.toString(people.seed(output)))
                        .put("sameForAll", "what a client asks for, as far as it does not follow from what it was answered; request ids differ from load to load")
                        .put("clientsOfOthers", "a thread and a connection each").put("clientsOfMawid", (threads ? "a thread and a blocking call each" : "a call at a time each, without a thread of its own") + ", on shared HTTP/2 connections")
                        .put("threadsOfMawid", threads).put("connectionsOfMawid", connections).put("batchOfMawid", batch())
                        .put("servers", "a process or processes of their own, clients in another, on the same processors").put("readModel", "availability"))
                .put("leftOut", "network (loopback); checkpoints, rewrites and snapshots; the compilers of the JVMs, which are told apart, of every peer's clients too. Mawid does more for a command: seats, limits of persons, events")
                .put("install", install).put("durability", durability).put("peers", about)
                .mergeIn(floors).put("loads", loads);
    }

    /** A line for each load and peer, and the table of ratios. */
    String text() {
        final StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(System.lineSeparator()));
        if (!ratios.isEmpty()) {
            text.append(String.format(Locale.ROOT, "%n%-8s %7s %8s  %-9s %8s %12s %12s%n", "mode", "clients", "in call", "against", "in call", "rate", "less cpu"));
            ratios.forEach(ratio -> text.append(ratio).append(System.lineSeparator()));
        }
        return text.toString();
    }
}
