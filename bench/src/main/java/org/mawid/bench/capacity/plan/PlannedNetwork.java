package org.mawid.bench.capacity.plan;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mawid.api.network.Calendars;
import org.mawid.api.network.Calendars.Hours;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.Resource;
import org.mawid.api.network.Network.ResourceKind;
import org.mawid.api.network.Release;

/** A network as a plan would have it: other counters, other shared places, other hours. The rest is as in the files. */
public final class PlannedNetwork {
    /** Dates are released so many days before; no plan says otherwise. */
    public static final int AHEAD_DAYS = ((Release.Rolling) Release.DEFAULT).daysAhead();
    private static final int MOST_PLACES = 255;

    private final Network files;
    private final Plan plan;

    private PlannedNetwork(final Network files, final Plan plan) {
        this.files = files;
        this.plan = plan;
    }

    /** @throws PlanRefusedException when the plan names what the network does not have */
    public static Network of(final Network files, final Plan plan) {
        return new PlannedNetwork(files, plan).network();
    }

    /** The posts of a plan, in the order of the files. */
    public static List<Post> posts(final Network network, final Plan plan) {
        final Map<String, Post> withDesks = new TreeMap<>();
        for (final Post post : network.posts()) {
            if (!network.poolsOf(post.id()).isEmpty()) {
                withDesks.put(post.code(), post);
            }
        }
        for (final String code : plan.posts()) {
            if (!withDesks.containsKey(code)) {
                final String last = code.substring(code.lastIndexOf('-') + 1);
                final String start = last.substring(0, Math.min(3, last.length()));
                final List<String> near = withDesks.keySet().stream().filter(known -> known.contains("-" + start)).toList();
                throw plan.refusal(PlanKey.POSTS, "there is no post " + code + " with public slots" + (near.isEmpty() ? "; the codes are in posts.csv" : ": there is " + String.join(", ", near)));
            }
        }
        return network.posts().stream().filter(post -> withDesks.containsKey(post.code()) && (plan.posts().isEmpty() || plan.posts().contains(post.code()))).toList();
    }

    /** @throws PlanRefusedException for a shock of which nobody would hear: at no post of the plan, or at no time of it */
    public static void requireShocksFelt(final Network network, final Plan plan) {
        final List<Post> posts = posts(network, plan);
        final LocalDate first = plan.from().minusWeeks(plan.warmUpWeeks());
        for (final Shock shock : plan.shocks()) {
            if (posts.stream().noneMatch(shock::isAt)) {
                throw plan.refusal(PlanKey.SHOCK, "no post of the plan is " + shock.where() + " or in that country; the first is " + posts.get(0).code() + ", in " + posts.get(0).country());
            }
            if (!shock.from().isBefore(plan.to()) || !shock.to().isAfter(first)) {
                throw plan.refusal(PlanKey.SHOCK, "the plan lives " + first + " to " + plan.to().minusDays(1) + ", its warm-up included, and the shock is from " + shock.from() + " to " + shock.to().minusDays(1));
            }
        }
    }

    private Network network() {
        final List<Post> planned = posts(files, plan);
        final Map<Integer, Integer> capacities = new HashMap<>();
        final Map<String, Integer> unused = new TreeMap<>(plan.counters());
        final Map<String, Integer> unusedResources = new TreeMap<>(plan.resources());
        for (final Post post : planned) {
            final List<Pool> pools = files.poolsOf(post.id());
            for (final Pool pool : pools) {
                if (pool instanceof Desk desk) {
                    put(capacities, desk.id(), said(plan.counters(), unused, post, desk.code(), planned.size() == 1));
                }
            }
            for (final Pool pool : pools) {
                if (pool instanceof Resource resource) {
                    final Integer said = said(plan.resources(), unusedResources, post, resource.kind().name(), planned.size() == 1);
                    put(capacities, resource.id(), said != null ? said : grown(resource, pools, capacities));
                }
            }
        }
        refuseUnused(PlanKey.COUNTERS, unused, planned, "desk");
        refuseUnused(PlanKey.RESOURCES, unusedResources, planned, "resource");
        final List<Pool> pools = new ArrayList<>();
        for (final Pool pool : files.pools()) {
            pools.add(with(pool, capacities.getOrDefault(pool.id(), pool.capacity())));
        }
        return new Network(files.posts(), files.services(), pools, files.rates(), calendars(planned), files.mix(), files.visitSizes(), files.loads(), files.notices());
    }

    private static void put(final Map<Integer, Integer> capacities, final int poolId, final Integer capacity) {
        if (capacity != null) {
            capacities.put(poolId, capacity);
        }
    }

    private static Integer said(final Map<String, Integer> all, final Map<String, Integer> unused, final Post post, final String code, final boolean alone) {
        final String full = post.code() + "/" + code;
        final String name = all.containsKey(full) ? full : alone && all.containsKey(code) ? code : null;
        unused.remove(name == null ? full : name);
        return name == null ? null : all.get(name);
    }

    private void refuseUnused(final PlanKey key, final Map<String, Integer> unused, final List<Post> planned, final String what) {
        for (final String name : unused.keySet()) {
            final Post only = planned.get(0);
            if (planned.size() > 1 && !name.contains("/")) {
                throw plan.refusal(key, "with several posts say whose " + what + " it is, as " + only.code() + "/" + name);
            }
            final List<String> known = files.poolsOf(only.id()).stream().filter(pool -> pool instanceof Desk == (key == PlanKey.COUNTERS)).map(PlannedNetwork::code).toList();
            throw plan.refusal(key, planned.size() > 1 ? "there is no " + what + " " + name + " in this plan"
                    : only.code() + " has no " + what + " " + name + ": it has " + String.join(", ", known));
        }
    }

    public static String code(final Pool pool) {
        return pool instanceof Desk desk ? desk.code() : ((Resource) pool).kind().name();
    }

    /** As many more as the counters that need them: a counter without its station serves nobody. Never fewer than there are. */
    private int grown(final Resource resource, final List<Pool> pools, final Map<Integer, Integer> capacities) {
        int before = 0;
        int now = 0;
        for (final Pool pool : pools) {
            if (pool instanceof Desk desk && (resource.kind() == ResourceKind.RECEPTION_SEAT || needs(desk, resource.kind()))) {
                before += desk.capacity();
                now += capacities.getOrDefault(desk.id(), desk.capacity());
            }
        }
        return now <= before ? resource.capacity() : Math.min(MOST_PLACES, (int) ((resource.capacity() * (long) now + before - 1) / before));
    }

    private boolean needs(final Desk desk, final ResourceKind kind) {
        return desk.serviceIds().stream().map(files::service).map(Network.Service::resourceKinds).anyMatch((final Set<ResourceKind> kinds) -> kinds.contains(kind));
    }

    private static Pool with(final Pool pool, final int capacity) {
        return pool instanceof Desk desk ? new Desk(desk.id(), desk.postId(), desk.code(), desk.groups(), capacity, desk.serviceIds())
                : new Resource(pool.id(), pool.postId(), ((Resource) pool).kind(), capacity);
    }

    private Calendars calendars(final List<Post> planned) {
        final Calendars old = files.calendars();
        final LocalTime until = plan.openUntil();
        if (until == null) {
            return old;
        }
        final Map<Integer, Map<DayOfWeek, Hours>> weeks = new TreeMap<>(old.weeks());
        for (final Post post : planned) {
            final Map<DayOfWeek, Hours> week = new EnumMap<>(DayOfWeek.class);
            weeks.get(post.id()).forEach((day, hours) -> {
                if (!hours.open().isBefore(until)) {
                    throw plan.refusal(PlanKey.OPEN_UNTIL, post.code() + " opens at " + hours.open() + " on " + day + ", not before " + until);
                }
                week.put(day, new Hours(hours.open(), until, hours.ramadanOpen(), hours.ramadanClose()));
            });
            weeks.put(post.id(), week);
        }
        return new Calendars(weeks, old.exceptional(), old.moroccan(), old.host(), old.ramadans(), old.provisional());
    }

    /** The first date from {@code from} back to {@code wanted} on which a post's calendars say something. */
    public static LocalDate earliest(final Network network, final Post post, final LocalDate from, final LocalDate wanted) {
        LocalDate earliest = wanted;
        for (int year = from.getYear(); year >= wanted.getYear(); year--) {
            if (network.calendars().whyNotCovered(post, year).isPresent()) {
                earliest = LocalDate.of(year + 1, 1, 1);
                break;
            }
        }
        return earliest;
    }
}
