package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.ServiceScope;

/** A small network with everything that is awkward: odd zones, scarce resources, services of all kinds, narrow tables. */
final class WorldCommands {
    static final int POSTS = 4;
    static final int[] SERVICES = {1, 2, 3, 4, 5, 6, 7, 8, 64, 65, 128};
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    /** Minutes ahead of UTC, per post; the second post's clock changes on even weeks, as if a law had been passed. */
    private static final int[] OFFSET_MINUTES = {0, 60, -300, 570, 840};
    private static final String[] CURRENCIES = {"", "EUR", "JPY", "TND", "USD"};
    private static final int[] DIGITS = {0, 2, 0, 3, 2};
    private static final int[] ROUNDS = {0, 10, 100, 1, 25};

    private final Dice dice;
    private final Model model;
    private final boolean wide;
    private final OverbookedPlans overbooked;

    /** @param wide with room for everything in every table */
    WorldCommands(final Dice dice, final Model model, final boolean wide) {
        this.dice = dice;
        this.model = model;
        this.wide = wide;
        this.overbooked = new OverbookedPlans(model);
    }

    static int desk(final int post, final int number) {
        return post * 10 + number;
    }

    static int resource(final int post, final PoolKind kind) {
        return post * 10 + 4 + kind.value();
    }

    /** Everything that has to be said before traffic makes sense, each command with the request that the caller makes. */
    List<Command> opening(final Supplier<Request> requests, final boolean crowded) {
        final List<Command> commands = new ArrayList<>();
        commands.add(new Command.SetCoreVersion(requests.get(), 1));
        for (int post = 1; post <= POSTS; post++) {
            commands.add(definePost(requests.get(), post));
            for (int number = 1; number <= 3; number++) {
                commands.add(new Command.DefinePool(requests.get(), desk(post, number), post, PoolKind.DESK, "desk-" + post + "-" + number));
            }
        }
        for (final PoolKind kind : List.of(PoolKind.BIOMETRIC_STATION, PoolKind.ADOUL_PAIR, PoolKind.RECEPTION_SEAT)) {
            commands.add(definePool(requests.get(), 1, kind));
        }
        commands.add(definePool(requests.get(), 2, PoolKind.BIOMETRIC_STATION));
        commands.add(definePool(requests.get(), 3, PoolKind.RECEPTION_SEAT));
        for (final int service : SERVICES) {
            commands.add(defineService(requests.get(), service, false));
            if (service != 6) {
                commands.add(new Command.SetTariff(requests.get(), service, 1, 0, components(service == 5 ? 0 : 2)));
            }
            for (int post = 1; post <= POSTS; post++) {
                for (int number = 1; number <= 3; number++) {
                    if (number == 1 || dice.percent(60)) {
                        commands.add(new Command.SetDeskService(requests.get(), desk(post, number), service, true));
                    }
                }
            }
        }
        for (int post = 1; post < POSTS; post++) {
            commands.add(new Command.SetRate(requests.get(), post, rate()));
        }
        for (int extra = 0; crowded && extra < 64; extra++) {
            commands.add(new Command.DefinePool(requests.get(), 64_900 + extra, POSTS, PoolKind.DESK, "crowd-" + extra));
            if (extra < 61) {
                commands.add(new Command.SetDeskService(requests.get(), 64_900 + extra, SERVICES[extra % SERVICES.length], true)); // more desks than a Tick looks at
            }
        }
        return commands;
    }

    Command definePost(final Request request, final int post) {
        return new Command.DefinePost(request, post, "post-" + post, CURRENCIES[post], DIGITS[post], ROUNDS[post]);
    }

    /** Another currency, other decimals, or only another rounding. */
    private Command withOtherMoney(final Request request, final int post) {
        final int as = dice.between(1, POSTS);
        final int digits = dice.percent(30) ? dice.oneOf(0, 2, 3) : DIGITS[as];
        return new Command.DefinePost(request, post, "post-" + post, dice.percent(70) ? CURRENCIES[as] : CURRENCIES[post], digits, ROUNDS[as]);
    }

    /** Mostly where there is none. */
    private Command setRate(final Request request) {
        final List<Integer> without = new ArrayList<>();
        model.posts.values().stream().filter(post -> post.id < POSTS && post.microMadPerUnit == 0).forEach(post -> without.add(post.id));
        return new Command.SetRate(request, without.isEmpty() || dice.percent(20) ? dice.between(1, POSTS) : dice.of(without), rate());
    }

    private Command definePool(final Request request, final int post, final PoolKind kind) {
        return new Command.DefinePool(request, resource(post, kind), post, kind, kind + "-" + post);
    }

    Command defineService(final Request request, final int service, final boolean changed) {
        final boolean validation = service == 2 || service == 3 || service == 4;
        final int minutes = switch (service) {
            case 2 -> 15;
            case 3 -> 20;
            case 4 -> 30;
            case 5, 65, 128 -> 5;
            case 6 -> 7;
            case 7 -> 25;
            case 8 -> 65;
            default -> 10;
        };
        final int kinds = switch (service) {
            case 2, 64 -> 0b0010;
            case 3 -> 0b1010;
            case 4 -> 0b0100;
            default -> 0;
        };
        return new Command.DefineService(request, service, changed ? dice.between(3, 40) : minutes, "service-" + service,
                service == 4 ? ServiceScope.REGISTERED_POST : ServiceScope.ANY_POST, validation, service != 5, service == 6,
                changed && dice.percent(50) ? dice.below(8) << 1 : kinds, service == 8 ? 20 : service == 7 ? 3 : 1);
    }

    /** At the post again as often as not, or nobody would ever be checked in. */
    Command setFeeTime(final Request request) {
        return new Command.SetFeeTime(request, SERVICES[dice.below(SERVICES.length)],
                dice.percent(45) ? FeeTime.AT_POST : dice.oneOf(FeeTime.BEFORE_VISIT, FeeTime.BEFORE_CONFIRM));
    }

    /** Something about the catalogue moves on. */
    Command change(final Request request) {
        final int service = SERVICES[dice.below(SERVICES.length)];
        switch (dice.below(8)) {
            case 0: {
                final Model.Service known = model.services.get(service);
                final long newest = known == null || known.newest == null ? 0 : known.newest.version();
                final long from = dice.percent(50) ? model.nowMs : Math.max(0, model.nowMs + dice.between(-60, 120) * MINUTE);
                return new Command.SetTariff(request, service, newest + dice.between(dice.percent(20) ? 0 : 1, 2), from,
                        components(service == 5 && dice.percent(70) ? 0 : dice.below(4)));
            }
            case 1:
                return setRate(request);
            case 2:
                return new Command.SetDeskService(request, desk(dice.between(1, POSTS), dice.between(1, 3)), service, dice.percent(80));
            case 3:
                return defineService(request, service, dice.percent(40));
            case 4:
                return dice.percent(50) ? definePost(request, dice.between(1, POSTS)) : withOtherMoney(request, dice.between(1, POSTS));
            case 5:
                return definePool(request, dice.between(1, POSTS), dice.oneOf(PoolKind.BIOMETRIC_STATION, PoolKind.ADOUL_PAIR,
                        PoolKind.RECEPTION_SEAT));
            case 6:
                return new Command.SetCoreVersion(request, dice.percent(70) ? model.coreVersion
                        : dice.oneOf(0, model.coreVersion - 1, NaiveCatalogue.NEWEST_CORE_VERSION + 1));
            default:
                return new Command.SetTariff(request, service, dice.between(1, 3), model.nowMs, components(2));
        }
    }

    /** Odd ones, extreme ones, and round ones that make prices end exactly between two steps. */
    private long rate() {
        return dice.percent(10) ? 1 + dice.upTo(1_000_000_000_000_000L - 1)
                : dice.percent(50) ? dice.oneOf(1L, 500_000L, 2_000_000L, 10_000_000L) : 1 + dice.upTo(20_000_000);
    }

    private List<Command.Component> components(final int count) {
        final List<Command.Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            components.add(new Command.Component(dice.oneOf(Beneficiary.RECEIPT, Beneficiary.CHANCERY, Beneficiary.ADOUL),
                    dice.percent(5) ? 100_000_000 : dice.between(0, 50_000)));
        }
        return components;
    }

    /** Mostly a day that nobody can book yet. */
    Command publishDay(final Request request) {
        int pool = pool(0);
        int ahead = dice.below(3);
        for (int retry = 0; retry < 12 && model.visibleDay(pool, model.today() + ahead) != null; retry++) {
            pool = pool(0);
            ahead = dice.below(3);
        }
        return new Command.PublishDay(request, dice.percent(60) ? day(pool, model.today() + ahead) : day(pool));
    }

    /** Staged changes, from opening to their end. */
    Command changeStep(final Request request) {
        final Long change = dice.of(model.changes.keySet());
        if (change == null || dice.percent(10)) {
            return new Command.BeginChange(request, dice.between(1, POSTS));
        }
        final Model.Post post = model.changes.get(change).post;
        final int choice = dice.below(100);
        if (choice < 65) {
            return new Command.AddToChange(request, change, day(dice.percent(95) ? pool(post.id) : pool(0)));
        }
        if (choice < 88) {
            return new Command.ApplyChange(request, change, dice.percent(85) ? post.version : dice.below(50));
        }
        return new Command.AbandonChange(request, dice.percent(90) ? change : change - 1);
    }

    Command setCapacity(final Request request) {
        final Model.DayKey key = dice.of(model.days.keySet());
        if (key == null) {
            return publishDay(request);
        }
        final Model.Grid grid = model.days.get(key).live;
        final int count = grid == null ? 12 : grid.unitCount;
        final int start = dice.below(count);
        final int units = dice.percent(95) ? dice.between(1, count - start) : Math.min(192 - start, count);
        final int capacity = dice.percent(3) ? 255 : dice.below(5);
        return new Command.SetCapacity(request, key.poolId(), key.epochDay(), start, units, capacity,
                dice.percent(75) ? 0 : dice.between(0, capacity));
    }

    /** @param post 0 = any */
    private int pool(final int post) {
        final List<Integer> pools = new ArrayList<>();
        for (final Model.Pool pool : model.pools.values()) {
            if (pool.id < 100 && (post == 0 || pool.post.id == post)) {
                pools.add(pool.id);
            }
        }
        return pools.isEmpty() ? desk(1, 1) : dice.of(pools);
    }

    private Command.DayPlan day(final int poolId) {
        final int furthest = dice.percent(8) ? model.rules.horizonDays() + 1 : 12;
        final int ahead = dice.percent(70) ? dice.between(0, 3) : dice.between(-1, furthest);
        return day(poolId, model.today() + ahead);
    }

    private Command.DayPlan day(final int poolId, final int epochDay) {
        final Model.Pool pool = model.pools.get(poolId);
        final boolean desk = pool == null || pool.kind == PoolKind.DESK;
        final Model.Day known = model.visibleDay(poolId, epochDay);
        if (known != null && dice.percent(60)) {
            return again(poolId, epochDay, known);
        }
        final int post = pool == null ? 1 : pool.post.id;
        final boolean summer = post == 1 && epochDay / 14 % 2 == 0;
        final long openingMinutes = 8 * 60 - OFFSET_MINUTES[post] - (summer ? 60 : 0);
        final long shift = dice.percent(6) ? dice.between(-6, 6) * 5L : 0;
        final long startMs = epochDay * Model.DAY_MS + (openingMinutes + shift + (desk ? 0 : -30)) * MINUTE;
        final int unitCount = dice.percent(4) ? 192 : desk ? dice.between(12, 80) : dice.between(40, 120);
        final long releasedAtMs = dice.percent(85) ? dice.upTo(model.nowMs) : model.nowMs + dice.between(1, 180) * MINUTE;
        return overbooked.on(withQuotas(new Command.DayPlan(poolId, epochDay, startMs, releasedAtMs, unitCount, dice.percent(50) ? 1 : dice.between(1, 4),
                runs(unitCount, desk ? 3 : 6))));
    }

    /** The same grid with other capacities, as a consulate does when a clerk is ill. */
    private Command.DayPlan again(final int poolId, final int epochDay, final Model.Day known) {
        final Model.Grid grid = known.live;
        final int unitCount = dice.percent(80) ? grid.unitCount : dice.between(1, 192);
        final int align = dice.percent(90) ? grid.alignUnits : dice.between(1, 4);
        final long startMs = grid.startMs + (dice.percent(8) ? 5 * MINUTE : 0);
        return overbooked.on(withQuotas(new Command.DayPlan(poolId, epochDay, startMs, grid.releasedAtMs, unitCount, align, runs(unitCount, dice.between(2, 8)))));
    }

    /** From core version 6 on half of the desks' days keep something for channels; now and then more than there is, or of a resource. */
    private Command.DayPlan withQuotas(final Command.DayPlan day) {
        if (model.coreVersion < 6) {
            return day;
        }
        final Model.Pool pool = model.pools.get(day.poolId());
        final boolean desk = pool == null || pool.kind == PoolKind.DESK;
        if (!dice.percent(desk ? 50 : 3)) {
            return day;
        }
        final List<Command.Quota> quotas = new ArrayList<>();
        final int[] room = new int[Model.UNITS];
        day.runs().forEach(run -> Arrays.fill(room, run.startUnit(), run.startUnit() + run.units(), run.capacity() - run.withheld()));
        for (int quotaClass = 1; quotaClass < Model.CLASSES; quotaClass++) {
            if (dice.percent(50)) {
                final long spillMs = dice.percent(25) ? 0 : dice.percent(10) ? dice.upTo(model.nowMs) : model.nowMs + dice.upTo(dice.oneOf(HOUR, 8 * HOUR, 3 * Model.DAY_MS));
                addQuotas(day, quotas, quotaClass, room, spillMs);
            }
        }
        return day.withQuotas(quotas);
    }

    private void addQuotas(final Command.DayPlan day, final List<Command.Quota> quotas, final int quotaClass, final int[] room, final long spillMs) {
        int unit = dice.percent(60) ? 0 : dice.below(day.unitCount());
        for (int run = 0; run < 3 && unit < day.unitCount(); run++) {
            final int end = dice.percent(40) ? day.unitCount() : dice.between(unit + 1, day.unitCount());
            final int least = Arrays.stream(room, unit, end).min().orElse(0);
            final int places = dice.percent(2) ? least + 1 : dice.between(0, least);
            if (places > 0) {
                quotas.add(new Command.Quota(unit, end - unit, QuotaClass.get((short) quotaClass), places, spillMs));
                for (int each = unit; each < end; each++) {
                    room[each] = Math.max(0, room[each] - places);
                }
            }
            unit = end + dice.below(3);
        }
    }

    private List<Command.Run> runs(final int unitCount, final int mostPlaces) {
        final List<Command.Run> runs = new ArrayList<>();
        int unit = dice.percent(90) ? 0 : dice.below(unitCount);
        while (unit < unitCount && runs.size() < 24) {
            final int units = dice.percent(50) ? unitCount - unit : dice.between(1, unitCount - unit);
            final int capacity = dice.percent(5) ? 0 : dice.between(1, mostPlaces);
            runs.add(new Command.Run(unit, units, capacity, dice.percent(85) ? 0 : dice.between(0, capacity)));
            unit += units + (dice.percent(20) ? dice.below(4) : 0);
        }
        return runs;
    }

    /** New rules: mostly roomy, and now and then one table exactly as large as what is in it. */
    Command setRules(final Request request, final int clients) {
        final long tight = wide ? -1 : dice.below(24);
        final long roomy = wide || dice.percent(85) ? 100_000 : 40;
        return new Command.SetRules(request, new Command.Rules(
                dice.between(30, 3_600) * 1_000L, dice.percent(5) ? 7 * Model.DAY_MS : dice.oneOf(1_000L, 60_000L, 600_000L),
                dice.oneOf(1L, 1L, 3L, 90L, 731L) * Model.DAY_MS, dice.percent(10) ? 1_000L : dice.oneOf(300_000L, HOUR, Model.DAY_MS, Model.DAY_MS),
                dice.oneOf(0L, 1_000L, 60_000L, HOUR), dice.oneOf(0L, HOUR, 4 * HOUR, Model.DAY_MS),
                dice.oneOf(0L, 15 * MINUTE, HOUR), dice.oneOf(0L, 0L, HOUR, Model.DAY_MS),
                table(tight == 0, model.applications.size(), roomy), table(tight == 1, model.linesInUse, roomy),
                table(tight == 2, model.persons.size(), roomy), table(tight == 3, model.appointments.size(), roomy),
                table(tight == 4, model.holds.size(), roomy), table(tight == 5, model.legsInUse, roomy),
                table(tight == 6, model.stamps.size(), roomy), table(tight == 7, model.daysInUse(), roomy),
                wide ? 100_000 : dice.percent(10) ? 1 : dice.oneOf(60, 400, 5_000, 5_000), table(tight == 8, clients, 100), table(tight == 9, model.changes.size(), 20),
                dice.percent(80) ? 30 : dice.between(1, 500), dice.between(1, 32), dice.between(1, 4), dice.between(2, 12),
                dice.between(3, 20), dice.below(5)));
    }

    private static long table(final boolean tight, final int inUse, final long roomy) {
        return tight ? Math.max(1, inUse) : inUse + roomy;
    }
}
