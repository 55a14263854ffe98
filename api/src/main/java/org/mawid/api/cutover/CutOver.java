package org.mawid.api.cutover;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.upkeep.Rehearsal;

/**
 * Dry run first: everything is done on a copy of the state, and told. Then, where nothing was refused and the balances agree, or when that is accepted, the same is done in the log: each application whole or not at all,
 * none twice, also after the process was killed, and the books are held against the older system's once more. One thread.
 */
public final class CutOver {
    /** Applications whose commands are under way together; as many at most are gone through again after a crash. */
    private static final int WINDOW = 64;
    private static final int TOLD = 100;
    private static final int NEEDED_CORE_VERSION = 6;

    private final CutOverFiles files;
    private final Path folder;
    private final Function<String, ZoneId> zones;
    private final Progress progress;

    /** @param zones of a post's code, null = not known */
    public CutOver(final Path folder, final Function<String, ZoneId> zones, final Progress progress) throws IOException {
        this.files = CutOverFiles.read(folder);
        this.folder = folder;
        this.zones = zones;
        this.progress = progress;
    }

    /** Where commands go when all is well. @param nowMs of the log, ms since 1970-01-01 UTC @param books as they stand, of all posts */
    public record Live(Engine engine, References references, LongSupplier nowMs, Supplier<List<MoneyView.Book>> books) {
    }

    /**
     * What would be, and nothing is written.
     *
     * @throws CutOverRefusedException the files name what is not there, or persons at two places
     */
    public JsonObject rehearse(final Rehearsal rehearsal, final long nowMs) throws IOException {
        return rehearse(rehearsal, nowMs, new Journal(folder, files.hash())).told();
    }

    /** @param earlier what was done before, as the state had it before anything was tried */
    private record Rehearsed(JsonObject told, List<Planned> all, Earlier earlier) {
    }

    private Rehearsed rehearse(final Rehearsal rehearsal, final long nowMs, final Journal journal) {
        if (rehearsal.coreVersion() < NEEDED_CORE_VERSION) {
            throw new CutOverRefusedException("cut-over refused", List.of("the log is at core version " + rehearsal.coreVersion() + ", and takes over from " + NEEDED_CORE_VERSION
                    + " on: 'mawid core-version' puts it in force"), 1);
        }
        final Planning planning = new Planning(rehearsal, zones);
        final List<Planned> all = planning.plan(files);
        final Map<String, Long> before = Balances.of(rehearsal.books(), rehearsal.catalogue());
        final Messages messages = new Messages(files.hash());
        final Door door = new RehearsalDoor(rehearsal, nowMs);
        final Earlier earlier = Taking.had(door, messages) == 0 ? Earlier.NOTHING : Earlier.of(rehearsal, all.subList(first(journal) * WINDOW, all.size()), journal.windowMs());
        final Taking taking = new Taking(door, messages, earlier, journal.sequence());
        final Tally tally = new Tally();
        for (int window = first(journal); window * WINDOW < all.size(); window++) {
            messages.createdMs(journal.createdMs(window, nowMs));
            taking.take(window(all, window)).stream().filter(taken -> !journal.knows(taken.planned.said().reference())).forEach(tally::add);
            progress.at("rehearse", Math.min(all.size(), (window + 1) * WINDOW), all.size());
        }
        rehearsal.check();
        final Map<String, Long> base = journal.isBegun() ? journal.base() : before;
        return new Rehearsed(tally.told(all.size() - tally.seen, planning.otherLengths(),
                Balances.compare(files.balances(), base, Balances.of(rehearsal.books(), rehearsal.catalogue()), rehearsal.catalogue())), all, earlier);
    }

    /** All windows before it are done and noted; of the one that was begun last it is not known how much of it was done, so it is gone through again as a whole. */
    private static int first(final Journal journal) {
        return Math.max(0, journal.window());
    }

    /**
     * Takes over what the rehearsal was told.
     *
     * @param accept also when something would be refused, or a balance differs
     * @return as {@link #rehearse}, of what was done, with "taken" true; or what the rehearsal says, with "taken" false: then nothing was done
     * @throws CutOverStoppedException the engine stopped in the middle
     */
    public JsonObject run(final Rehearsal rehearsal, final Live live, final boolean accept) throws IOException {
        final Journal journal = new Journal(folder, files.hash());
        final Rehearsed rehearsed = rehearse(rehearsal, live.nowMs().getAsLong(), journal);
        if (!rehearsed.told().getBoolean("well") && !accept) {
            return rehearsed.told().put("taken", false);
        }
        final List<Planned> all = rehearsed.all();
        if (!journal.isBegun()) {
            journal.begin(files.hash(), Balances.of(live.books().get(), rehearsal.catalogue()));
        }
        final Messages messages = new Messages(files.hash());
        final Taking taking = new Taking(new EngineDoor(live.engine()), messages, rehearsed.earlier(), journal.sequence());
        final Tally tally = new Tally();
        for (int window = first(journal); window * WINDOW < all.size(); window++) {
            final long createdMs = journal.createdMs(window, live.nowMs().getAsLong());
            journal.window(window, createdMs, taking.sequence());
            messages.createdMs(createdMs);
            final Map<String, String> rows = new LinkedHashMap<>();
            for (final Taking.Taken taken : taking.take(window(all, window))) {
                if (!journal.knows(taken.planned.said().reference())) {
                    tally.add(taken);
                    rows.put(taken.planned.said().reference(), row(taken, live.references()));
                }
            }
            journal.done(rows);
            progress.at("take over", Math.min(all.size(), (window + 1) * WINDOW), all.size());
        }
        return tally.told(all.size() - tally.seen, 0, Balances.compare(files.balances(), journal.base(), Balances.of(live.books().get(), rehearsal.catalogue()), rehearsal.catalogue()))
                .put("taken", true).put("refusedBefore", journal.refused());
    }

    private static List<Planned> window(final List<Planned> all, final int window) {
        return all.subList(window * WINDOW, Math.min(all.size(), (window + 1) * WINDOW));
    }

    /** Its new references; a stamp's with its serial number and secret code. */
    private static String row(final Taking.Taken taken, final References references) {
        final List<String> visits = new ArrayList<>();
        final List<String> stamps = new ArrayList<>();
        if (taken.isDone()) {
            for (final long visit : taken.visits) {
                visits.add(references.text(ReferenceKind.APPOINTMENT, visit));
            }
            for (int group = 0; group < taken.firstStamps.length; group++) {
                final List<Planned.Stamp> of = taken.planned.payments().get(group).stamps();
                for (int i = 0; i < of.size(); i++) {
                    final long number = taken.firstStamps[group] + i;
                    stamps.add(of.get(i).serial() + "=" + references.text(ReferenceKind.STAMP, number) + ":" + references.secret().of(number));
                }
            }
        }
        return taken.planned.said().reference() + "," + (taken.application == 0 ? "" : references.text(ReferenceKind.APPLICATION, taken.application)) + ","
                + String.join(";", visits) + "," + String.join(";", stamps) + "," + (taken.isDone() ? "" : taken.refusal);
    }

    /** What came of them, by post; "" = of any post. */
    private static final class Tally {
        private static final String[] COLUMNS = {"applications", "lines", "appointments", "stampsPaid", "stampsUnpaid", "refused"};
        private final Map<String, int[]> byPost = new TreeMap<>();
        private final JsonArray refusals = new JsonArray();
        private int seen;
        private int refused;

        void add(final Taking.Taken taken) {
            seen++;
            final Planned one = taken.planned;
            final int[] sums = byPost.computeIfAbsent(one.said().post(), key -> new int[COLUMNS.length]);
            if (!taken.isDone()) {
                refused++;
                sums[5]++;
                if (refusals.size() < TOLD) {
                    refusals.add(new JsonObject().put("reference", one.said().reference()).put("why", taken.refusal));
                }
                return;
            }
            sums[0]++;
            sums[1] += one.said().lines().size();
            sums[2] += one.visits().size();
            one.said().stamps().forEach(stamp -> sums[stamp.isPaid() ? 3 : 4]++);
        }

        JsonObject told(final int before, final int otherLengths, final JsonArray balances) {
            final JsonArray posts = new JsonArray();
            byPost.forEach((post, sums) -> {
                final JsonObject row = new JsonObject().put("post", post);
                for (int i = 0; i < COLUMNS.length; i++) {
                    row.put(COLUMNS[i], sums[i]);
                }
                posts.add(row);
            });
            final boolean agree = balances.stream().allMatch(row -> ((JsonObject) row).getBoolean("agrees"));
            return new JsonObject().put("well", refused == 0 && agree).put("posts", posts).put("refused", refused).put("refusals", refusals).put("takenBefore", before)
                    .put("otherLengths", otherLengths).put("balances", balances);
        }
    }
}
