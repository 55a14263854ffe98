package org.mawid.engine.twin;

import static org.mawid.sbe.Result.CONFLICT;
import static org.mawid.sbe.Result.COOLING_UNKNOWN;
import static org.mawid.sbe.Result.ERAS_FULL;
import static org.mawid.sbe.Result.ERA_IN_FORCE;
import static org.mawid.sbe.Result.ERA_UNKNOWN;
import static org.mawid.sbe.Result.OUT_OF_RANGE;
import static org.mawid.sbe.Result.RULES_INVALID;
import static org.mawid.sbe.Result.SECRET_DOES_NOT_MATCH;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.CoolingEnd;
import org.mawid.sbe.EraState;

/** Room that was given back is kept for a while for those who wait. */
final class NaiveCooling {
    private static final long DEFAULT_MIN = 300_000;
    private static final long DEFAULT_MAX = 1_800_000;
    private static final int MOST_TOGETHER = 64;
    private static final int MOST_OF_DAY = 512;
    private static final int MOST_ERAS = 16;
    private static final int ENDED_AT_ONCE = 128;
    /** A closure that leaves so many leaves all. */
    private static final int ALL = 255;

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveClosures closures;
    private final NaiveEvents plainEvents;
    private final NaiveWaitingEvents events;

    NaiveCooling(final Model model, final NaiveCatalogue catalogue, final NaiveClosures closures, final NaiveEvents plainEvents, final NaiveWaitingEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.closures = closures;
        this.plainEvents = plainEvents;
        this.events = events;
    }

    // ---- commands

    Answer endAt(final Command.EndCoolingAt c) {
        final List<CoolingModel.Run> runs = model.cooling.runs.values().stream().filter(run -> run.cooling == c.coolingId()).toList();
        Refusal.when(runs.isEmpty(), COOLING_UNKNOWN);
        final CoolingModel.Run run = runs.get(0);
        Refusal.when(run.era == 0, ERA_UNKNOWN, model.cooling.era);
        Refusal.when(c.delayMs() < run.minMs || c.delayMs() > run.maxMs, OUT_OF_RANGE);
        final long endMs = run.sinceMs + c.delayMs();
        if (run.answered) {
            Refusal.when(c.delayMs() != run.delayMs, CONFLICT, run.dueMs);
            return Answer.done(run.dueMs, 0, 0);
        }
        for (final CoolingModel.Run each : runs) {
            each.dueMs = Math.min(endMs, each.dueMs);
            each.answered = true;
            each.delayMs = c.delayMs();
        }
        events.coolingDueSet(run, c.delayMs());
        model.displacement.saw("cooling answered");
        return Answer.done(run.dueMs, 0, 0);
    }

    Answer set(final Command.SetCooling c) {
        catalogue.service(c.serviceId());
        Refusal.when(c.minMs() < 0 || c.minMs() > c.maxMs() || c.maxMs() > Model.DAY_MS, RULES_INVALID);
        model.cooling.services.put(c.serviceId(), c);
        events.coolingSet(c);
        return Answer.DONE;
    }

    Answer commit(final Command.CommitCoolingSecret c) {
        Refusal.when(c.era() != model.cooling.era + 1, ERA_UNKNOWN, model.cooling.era);
        if (model.cooling.eras.size() >= MOST_ERAS) {
            final OptionalLong idle = model.cooling.eras.keySet().stream().mapToLong(Long::longValue).filter(era -> era != model.cooling.era && countOf(era) == 0).findFirst();
            Refusal.when(idle.isEmpty(), ERAS_FULL);
            events.eraChanged(idle.getAsLong(), model.cooling.eras.remove(idle.getAsLong()), EraState.ABANDONED);
            model.displacement.saw("secret abandoned");
        }
        model.cooling.era = c.era();
        model.cooling.eras.put(c.era(), c.hash());
        events.eraChanged(c.era(), c.hash(), EraState.COMMITTED);
        return Answer.DONE;
    }

    Answer reveal(final Command.RevealCoolingSecret c) {
        final Command.Words hash = model.cooling.eras.get(c.era());
        Refusal.when(hash == null, ERA_UNKNOWN, model.cooling.era);
        Refusal.when(c.era() == model.cooling.era || countOf(c.era()) > 0, ERA_IN_FORCE);
        Refusal.when(!hashOf(c.secret()).equals(hash), SECRET_DOES_NOT_MATCH);
        model.cooling.eras.remove(c.era());
        events.eraChanged(c.era(), c.secret(), EraState.REVEALED);
        return Answer.DONE;
    }

    long countOf(final long era) {
        return model.cooling.runs.values().stream().filter(run -> run.era == era).count();
    }

    /** SHA-256 as the JDK has it. */
    static Command.Words hashOf(final Command.Words secret) {
        try {
            final ByteBuffer bytes = ByteBuffer.allocate(32).putLong(secret.word1()).putLong(secret.word2()).putLong(secret.word3()).putLong(secret.word4());
            final ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
            return new Command.Words(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    // ---- given back

    /** @param startMs of the visit @param given what came back, as it was told @param taken what was taken in the same moment, likewise */
    void keep(final Model.Application application, final int lines, final Model.Post post, final long startMs, final NaiveRoom.Moved given,
              final NaiveRoom.Moved taken) {
        final long least = NaiveApplications.linesOf(application, lines).stream().mapToLong(line -> least(line.serviceId)).max().orElse(0);
        final long most = NaiveApplications.linesOf(application, lines).stream().mapToLong(line -> most(line.serviceId)).max().orElse(0);
        if (model.coreVersion < 7 || most == 0) {
            return;
        }
        if (startMs < model.nowMs + model.cooling.rules.coolingLeadMs()) {
            model.displacement.saw("too soon to cool");
            return;
        }
        final List<NaiveEvents.Room> runs = new ArrayList<>();
        given.rooms().stream().map(room -> new Model.DayKey(room.poolId(), room.epochDay())).distinct().forEach(key -> collect(key, given.rooms(), taken.rooms(), runs));
        if (runs.isEmpty() || model.cooling.runs.size() + runs.size() > model.cooling.rules.maxCoolings()) {
            return;
        }
        final long cooling = model.cooling.lastRun + 1;
        final long dueMs = Math.min(model.nowMs + most, startMs);
        for (final NaiveEvents.Room each : runs) {
            final long id = ++model.cooling.lastRun;
            begin(new CoolingModel.Run(id, cooling, post, each, model.nowMs, least, most, model.cooling.era, dueMs, id));
        }
        tellBegun(cooling, runs);
        model.displacement.saw("cooling");
    }

    private void begin(final CoolingModel.Run run) {
        model.cooling.runs.put(run.id, run);
        hold(run, 1);
    }

    private void tellBegun(final long cooling, final List<NaiveEvents.Room> runs) {
        final CoolingModel.Run first = model.cooling.runs.get(cooling);
        events.coolingBegun(first, runs);
        plainEvents.roomChanged(first.post, runs);
    }

    private void collect(final Model.DayKey key, final List<NaiveEvents.Room> given, final List<NaiveEvents.Room> taken, final List<NaiveEvents.Room> runs) {
        final Model.Day day = model.days.get(key);
        if (day.staged != null) {
            model.displacement.saw("staged and so not cooling");
            return;
        }
        final int[] kept = new int[Model.UNITS];
        add(key, given, kept);
        add(key, taken, kept);
        final List<NaiveEvents.Room> here = new ArrayList<>();
        for (int unit = 0; unit < day.live.unitCount; unit++) {
            final int places = isClosed(key, day, unit) ? 0 : Math.min(kept[unit], day.open(day.live, unit) - day.taken(unit));
            addUnit(key, unit, places, here);
        }
        final long there = model.cooling.runs.values().stream().filter(run -> run.key.equals(key)).count();
        if (here.size() + there <= MOST_OF_DAY && runs.size() + here.size() <= MOST_TOGETHER) {
            runs.addAll(here);
        }
    }

    /** Units side by side with as many places are one run. */
    private static void addUnit(final Model.DayKey key, final int unit, final int places, final List<NaiveEvents.Room> runs) {
        final NaiveEvents.Room last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (places > 0 && last != null && last.startUnit() + last.units() == unit && -last.delta() == places) {
            runs.set(runs.size() - 1, new NaiveEvents.Room(key.poolId(), key.epochDay(), last.startUnit(), last.units() + 1, -places, 0));
        } else if (places > 0) {
            runs.add(new NaiveEvents.Room(key.poolId(), key.epochDay(), unit, 1, -places, 0));
        }
    }

    private static void add(final Model.DayKey key, final List<NaiveEvents.Room> rooms, final int[] into) {
        for (final NaiveEvents.Room room : rooms) {
            for (int unit = room.startUnit(); key.equals(new Model.DayKey(room.poolId(), room.epochDay())) && unit < room.startUnit() + room.units(); unit++) {
                into[unit] += room.delta();
            }
        }
    }

    private boolean isClosed(final Model.DayKey key, final Model.Day day, final int unit) {
        return model.displacement.closures.values().stream().anyMatch(closure -> closure.capacity() < ALL
                && closure.covers(model.pools.get(key.poolId()), day.live.startMs + unit * Model.UNIT_MS));
    }

    private long least(final int service) {
        return model.cooling.services.containsKey(service) ? model.cooling.services.get(service).minMs() : DEFAULT_MIN;
    }

    private long most(final int service) {
        return model.cooling.services.containsKey(service) ? model.cooling.services.get(service).maxMs() : DEFAULT_MAX;
    }

    private void hold(final CoolingModel.Run run, final int sign) {
        final Model.Day day = model.days.get(run.key);
        for (int unit = run.from; unit < run.from + run.units; unit++) {
            day.held[unit] += sign * run.places;
        }
    }

    // ---- over

    long nextDueMs() {
        return model.cooling.runs.values().stream().mapToLong(run -> run.dueMs).min().orElse(Long.MAX_VALUE);
    }

    void tick() {
        for (int i = 0; i < ENDED_AT_ONCE && nextDueMs() <= model.nowMs && plainEvents.told() < NaiveDisplacement.TOLD_AT_ONCE; i++) {
            final long dueMs = nextDueMs();
            end(model.cooling.runs.values().stream().filter(run -> run.dueMs == dueMs).findFirst().orElseThrow(), CoolingEnd.DUE);
        }
    }

    private void end(final CoolingModel.Run run, final CoolingEnd how) {
        end(List.of(run), how);
    }

    /** @param runs of one day */
    private void end(final List<CoolingModel.Run> runs, final CoolingEnd how) {
        events.coolingEnded(runs, how);
        final Model.DayKey key = runs.get(0).key;
        final int[] places = new int[Model.UNITS];
        for (final CoolingModel.Run run : runs) {
            hold(run, -1);
            model.cooling.runs.remove(run.id);
            for (int unit = run.from; unit < run.from + run.units; unit++) {
                places[unit] += run.places;
            }
        }
        final int from = runs.stream().mapToInt(run -> run.from).min().orElseThrow();
        final int end = runs.stream().mapToInt(run -> run.from + run.units).max().orElseThrow();
        final List<NaiveEvents.Room> taken = new ArrayList<>();
        for (int unit = from; unit < end; unit++) {
            addUnit(key, unit, places[unit], taken);
        }
        final NaiveRoom.Moved given = NaiveRoom.Moved.none();
        taken.forEach(each -> given.rooms().add(new NaiveEvents.Room(key.poolId(), key.epochDay(), each.startUnit(), each.units(), -each.delta(), 0)));
        given.spans().add(new NaiveRoom.Span(key.poolId(), key.epochDay(), from, end - from));
        closures.tellGivenBack(runs.get(0).post, given);
        model.displacement.saw("cooling " + how);
        if (runs.size() > 1) {
            model.displacement.saw("cooling over together");
        }
    }

    void endOn(final Model.DayKey key, final int from, final int end, final CoolingEnd how) {
        final List<CoolingModel.Run> over = model.cooling.runs.values().stream()
                .filter(run -> run.key.equals(key) && run.from < end && from < run.from + run.units).toList();
        if (!over.isEmpty()) {
            end(over, how);
        }
    }

    /** Places that cool, unit by unit. */
    int[] on(final Model.DayKey key) {
        final int[] places = new int[Model.UNITS];
        for (final CoolingModel.Run run : model.cooling.runs.values()) {
            for (int unit = run.from; run.key.equals(key) && unit < run.from + run.units; unit++) {
                places[unit] += run.places;
            }
        }
        return places;
    }

    // ---- for offers

    /** @param sign -1 = what cools there on that date counts as free, 1 = no more */
    long count(final Model.Post post, final int epochDay, final int sign, final long newest) {
        return model.cooling.runs.values().stream().filter(run -> run.seenAs <= newest && run.post == post && run.key.epochDay() == epochDay)
                .peek(run -> hold(run, sign)).toList().size();
    }

    /** What cools ends where these legs need it, the oldest first; what they leave of it cools on. */
    void makeRoom(final List<Model.TakenLeg> legs, final long newest) {
        final Map<Model.DayKey, int[]> wanted = new LinkedHashMap<>();
        for (final Model.TakenLeg leg : legs) {
            for (int kind = 0; kind < leg.pools().length; kind++) {
                final Model.DayKey key = new Model.DayKey(leg.pools()[kind], leg.leg().epochDay());
                if (leg.places()[kind] > 0) {
                    final int from = Math.toIntExact((leg.startMs() - model.days.get(key).live.startMs) / Model.UNIT_MS);
                    for (int unit = from; unit < from + leg.leg().units(); unit++) {
                        wanted.computeIfAbsent(key, each -> new int[Model.UNITS])[unit] += leg.places()[kind];
                    }
                }
            }
        }
        wanted.forEach((key, places) -> model.cooling.runs.values().stream().filter(run -> run.key.equals(key) && run.seenAs <= newest).toList()
                .forEach(run -> offer(run, model.days.get(key), places)));
    }

    private void offer(final CoolingModel.Run run, final Model.Day day, final int[] wanted) {
        final List<NaiveEvents.Room> left = new ArrayList<>();
        boolean needed = false;
        for (int unit = run.from; unit < run.from + run.units; unit++) {
            final int taken = Math.max(0, Math.min(run.places, wanted[unit] - (day.open(day.live, unit) - day.taken(unit))));
            needed |= taken > 0;
            addUnit(run.key, unit, run.places - taken, left);
        }
        if (!needed) {
            return;
        }
        end(run, CoolingEnd.OFFERED);
        final long there = model.cooling.runs.values().stream().filter(each -> each.key.equals(run.key)).count();
        if (!left.isEmpty() && there + left.size() <= MOST_OF_DAY && model.cooling.runs.size() + left.size() <= model.cooling.rules.maxCoolings()) {
            final long cooling = model.cooling.lastRun + 1;
            left.forEach(each -> begin(new CoolingModel.Run(++model.cooling.lastRun, cooling, run.post, each, run.sinceMs, run.minMs, run.maxMs, run.era, run.dueMs, run.seenAs)));
            tellBegun(cooling, left);
            model.displacement.saw("cools on");
        }
    }
}
