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
import org.mawid.bench.load.Output;
import org.mawid.bench.load.Rounds;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The same work by PostgreSQL, by Redis and by Mawid, in turn on the same machine and the same file system, each waiting for the disk
 * before it answers.
 */
@Command(name = "peers", mixinStandardHelpOptions = true, defaultValueProvider = PeersBench.Defaults.class,
        description = "The same work by PostgreSQL, Redis and Mawid side by side, all durable: holds over all posts, on one hot day, batched; and searches.",
        footer = {"", "The others are started on loopback in a temporary folder and are gone afterwards; those that are not installed are left out:",
            "  " + Installed.INSTALL_POSTGRES + "    " + Installed.INSTALL_REDIS})
public final class PeersBench implements Callable<Integer> {
    private static final int POSTS = 150;
    private static final int HOT_POSTS = 5;
    private static final int DATES = 60;
    private static final int SLOTS = 40;
    private static final int CAPACITY = 4;
    private static final List<Integer> ALL_CLIENTS = List.of(1, 16, 64);
    private static final int MOST_CLIENTS = 200;
    private static final int WARM_UP_SECONDS = 1;
    private static final int WARM_UPS_MOST = 6;
    /** Share of the processor time below which a compiler, of the server or here, counts as through. */
    private static final double CALM = 0.1;
    /** Of ten commands six leave a hold or an appointment behind. */
    private static final double LEFT_BEHIND = 0.65;
    private static final double HOLDS = 0.7;
    private static final int APPLICATIONS_LEAST = 120_000;
    private static final int APPLICATIONS_MOST = 3_000_000;
    private static final int GROUPS_MOST = 10;

    enum PeerName { postgres, redis, mawid }

    /** Rounds are short here: there are many. */
    static final class Defaults implements IDefaultValueProvider {
        @Override
        public String defaultValue(final ArgSpec argument) {
            return argument instanceof OptionSpec option && "--seconds".equals(option.longestName()) ? "1" : null;
        }
    }

    @Mixin
    private Output output;

    @Option(names = "--peers", paramLabel = "NAME", split = ",", description = "Which: ${COMPLETION-CANDIDATES}; default all that are installed.")
    private Set<PeerName> named;

    @Option(names = "--modes", paramLabel = "MODE", split = ",", description = "${COMPLETION-CANDIDATES}; default spread, hot, batched.")
    private Set<Mode> modes;

    @Option(names = "--clients", paramLabel = "N", split = ",", description = "Clients at once, one or several loads, 1 to " + MOST_CLIENTS + "; default 64, batched and search 16.")
    private List<Integer> clients;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds of each, in turn: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--all", description = "Every mode with 1, 16 and 64 clients: some ten minutes.")
    private boolean all;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder on the disk to use, for all of them; default: the temporary folder.")
    private Path data;

    @Option(names = "--threads", description = "Give each client of Mawid a thread that waits for its answers, as those of the others have.")
    private boolean threads;

    @Option(names = "--program", paramLabel = "FILE", description = "Launcher or jar of Mawid; default: the launcher api/target/mawid.")
    private Path program;

    private final List<Peer> peers = new ArrayList<>();
    private final JsonArray loads = new JsonArray();
    private final JsonObject floors = new JsonObject();
    private final List<String> lines = new ArrayList<>();
    private final List<String> ratios = new ArrayList<>();
    private int applications;
    private long fromNs;
    private int done;
    private int total;

    @Override
    public Integer call() throws Exception {
        output.require(rounds >= 1, "--rounds must be 1 or more");
        output.require(clients == null || clients.stream().allMatch(many -> many >= 1 && many <= MOST_CLIENTS), "--clients must be 1 to " + MOST_CLIENTS);
        output.require(data == null || Files.isDirectory(data), "--data must be a folder that is there");
        final JsonObject install = missing();
        install.forEach(one -> output.note("%s is left out, it is not installed: %s", one.getKey(), one.getValue()));
        final JsonObject about = new JsonObject();
        final JsonObject durability = new JsonObject();
        fromNs = System.nanoTime();
        try {
            if (isWorthIt(install.fieldNames())) {
                final FileStore store = disk();
                start(install.fieldNames());
                for (final Peer peer : peers) {
                    durability.put(peer.name(), peer.durability());
                    about.put(peer.name(), peer.about());
                }
                about.put("fileSystem", store.type() + " on " + store.name());
                measureAll();
                requireNothingLeft();
            }
        } catch (final ParameterException notRight) {
            throw notRight;
        } catch (final Exception e) {
            output.note("%s", String.valueOf(e.getMessage()).lines().findFirst().orElseGet(e::toString));
            return 1;
        } finally {
            closeAll();
        }
        output.result(result(install, about, durability));
        print();
        return 0;
    }

    private Set<PeerName> wanted() {
        return named != null ? named : EnumSet.allOf(PeerName.class);
    }

    /** Nobody is there to be compared with, when Mawid alone is left of several. */
    private boolean isWorthIt(final Set<String> missing) {
        final int here = wanted().size() - missing.size();
        return here > 1 || here == 1 && (wanted().size() == 1 || !wanted().contains(PeerName.mawid));
    }

    /** Those that were asked for and are not here, and how they get here. */
    private JsonObject missing() throws IOException {
        final JsonObject install = new JsonObject();
        if (wanted().contains(PeerName.postgres) && Installed.postgres().isEmpty()) {
            install.put(PostgresPeer.NAME, Installed.INSTALL_POSTGRES);
        }
        if (wanted().contains(PeerName.redis) && Installed.redis().isEmpty()) {
            install.put(RedisPeer.NAME, Installed.INSTALL_REDIS);
        }
        return install;
    }

    /** The one that all are on. What is kept in memory only makes every sync a lie. */
    private FileStore disk() throws IOException {
        final FileStore store = Files.getFileStore(data == null ? Path.of(System.getProperty("java.io.tmpdir")) : data);
        output.require(!store.type().equals("tmpfs") && !store.type().equals("ramfs"), "the folder is in memory (" + store.type() + "), where a sync means nothing: name one on a disk with --data");
        return store;
    }

    private List<Mode> modes() {
        return modes != null ? List.copyOf(modes) : all ? List.of(Mode.values()) : List.of(Mode.spread, Mode.hot, Mode.batched);
    }

    private List<Integer> clients(final Mode mode) {
        return clients != null ? clients : all ? ALL_CLIENTS : List.of(mode.clients());
    }

    private void start(final Set<String> missing) throws Exception {
        for (final PeerName name : PeerName.values()) {
            if (wanted().contains(name) && !missing.contains(name.name())) {
                output.progress("starting %s", name);
                // The slower ones get no larger tables than they have use for.
                final Calendar calendar = calendar(name);
                final Peer peer = switch (name) {
                    case postgres -> PostgresPeer.start(Installed.postgres().orElseThrow(), data, calendar);
                    case redis -> RedisPeer.start(Installed.redis().orElseThrow(), data, calendar);
                    default -> MawidPeer.start(program, data, calendar, threads);
                };
                peers.add(peer);
                output.progress("bringing %,d validated applications to %s", applications(name), name);
                peer.prepare(applications(name), 0);
            }
        }
    }

    /** Commands a second that a peer cannot be expected to exceed: what is prepared lasts for a round. */
    private double most(final PeerName name) {
        return switch (name) {
            case postgres, redis -> 150_000;
            default -> modes().contains(Mode.batched) ? 900_000 : 150_000;
        };
    }

    private int applications(final PeerName name) {
        return (int) Math.max(APPLICATIONS_LEAST, Math.min(APPLICATIONS_MOST, LEFT_BEHIND * most(name) * (output.seconds() + 1)));
    }

    private Calendar calendar(final PeerName name) {
        final double places = HOLDS * Applications.meanUnits() * most(name) * (output.seconds() + 1);
        final double half = POSTS * DATES * SLOTS * CAPACITY / 2.0;
        return new Calendar(POSTS * (int) Math.max(1, Math.min(GROUPS_MOST, Math.ceil(places / half))), HOT_POSTS, DATES, SLOTS, CAPACITY);
    }

    private void measureAll() throws Exception {
        for (final Mode mode : modes()) {
            total += clients(mode).size() * (peers.size() + (all && mode == Mode.batched ? 1 : 0)) * (rounds + 1);
        }
        for (final Mode mode : modes()) {
            for (final int many : clients(mode)) {
                measure(mode, many);
            }
        }
    }

    private void measure(final Mode mode, final int many) throws Exception {
        final List<Bout> bouts = new ArrayList<>();
        try {
            for (final Peer peer : peers) {
                for (final int batch : batches(mode, peer)) {
                    output.progress("%s %s: connecting %d clients", peer.name(), mode, many);
                    final Bout bout = Bout.of(peer, mode, many, batch, POSTS, applications(PeerName.valueOf(peer.name())));
                    bouts.add(bout);
                    warmUp(bout, mode, many);
                }
            }
            for (int round = 1; round <= rounds; round++) {
                for (final Bout bout : bouts) {
                    bout.round(output.seconds(), output, what(bout, mode, many) + ", round " + round + " of " + rounds + left());
                    done++;
                }
            }
            keep(mode, many, bouts);
        } finally {
            for (final Bout bout : bouts) {
                bout.close();
            }
        }
    }

    /** Where many go in one call, each peer as many as suit it; of all loads Mawid also as many as PostgreSQL. */
    private List<Integer> batches(final Mode mode, final Peer peer) {
        return mode != Mode.batched ? List.of(1) : all && peer.name().equals(MawidPeer.NAME) ? List.of(peer.batch(), PostgresPeer.BATCH) : List.of(peer.batch());
    }

    private void warmUp(final Bout bout, final Mode mode, final int many) throws Exception {
        double share = 1;
        for (int i = 0; i < WARM_UPS_MOST && share > CALM; i++) {
            share = bout.warmUp(WARM_UP_SECONDS, output, what(bout, mode, many) + ", warming up" + left());
        }
        done++;
    }

    private static String what(final Bout bout, final Mode mode, final int many) {
        return bout.peer().name() + " " + mode + ", " + many + " clients" + (bout.batch() > 1 ? " with " + bout.batch() + " in a call" : "");
    }

    private String left() {
        final long leftNs = Output.leftNs(fromNs, done, total);
        return done < 2 || leftNs < 0 ? "" : "; " + Output.inWords(leftNs) + " left";
    }

    private void keep(final Mode mode, final int many, final List<Bout> bouts) {
        final JsonObject load = new JsonObject().put(mode + "Clients", many);
        final Optional<Bout> ours = bouts.stream().filter(bout -> bout.peer().name().equals(MawidPeer.NAME)).findFirst();
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
            floors.put(mode + (Character.toUpperCase(other.peer().name().charAt(0)) + other.peer().name().substring(1)) + "Ratio", ratio.median());
        }
        ratios.add(String.format(Locale.ROOT, "%-8s %7d %8d  %-9s %8d %11.3g× %11.3g×", mode, many, own.batch(), other.peer().name(), other.batch(), ratio.median(), own.cpuAgainst(other)));
    }

    /** Everything was given back, everywhere. */
    private void requireNothingLeft() throws Exception {
        for (final Peer peer : peers) {
            final BitSet everywhere = new BitSet();
            everywhere.set(0, peer.calendar().days());
            peer.taken(everywhere).requireSameAs(new Taken(peer.calendar()), peer.name());
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
                .put("load", new JsonObject().put("work", POSTS + " posts × " + DATES + " dates × " + SLOTS + " slots, capacity " + CAPACITY
                                + "; a hot day has 40 slots with " + Calendar.HOT_CAPACITY + " places; when half of them were given away, everyone goes on to the next")
                        .put("mix", "70 % hold 1, 2, 3, 4 consecutive slots (50, 30, 15, 5 %) for 600 s, 20 % confirm, 10 % cancel; applications validated before")
                        .put("loop", "closed; only what was done counts").put("rounds", rounds).put("secondsEach", output.seconds())
                        .put("servers", "a process or processes of their own, clients in another, on the same processors").put("readModel", "availability"))
                .put("leftOut", "network (loopback); checkpoints, rewrites and snapshots; of Mawid's compiler, which is told apart. Mawid does more for a command: seats, limits of persons, events")
                .put("install", install).put("durability", durability).put("peers", about)
                .mergeIn(floors).put("loads", loads);
    }

    private void print() {
        final StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(System.lineSeparator()));
        if (!ratios.isEmpty()) {
            text.append(String.format("%n%-8s %7s %8s  %-9s %8s %12s %12s%n", "mode", "clients", "in call", "against", "in call", "rate", "less cpu"));
            ratios.forEach(ratio -> text.append(ratio).append(System.lineSeparator()));
        }
        System.out.print(text);
    }
}
