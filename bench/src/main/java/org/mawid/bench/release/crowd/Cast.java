package org.mawid.bench.release.crowd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.mawid.bench.load.Lives;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.wire.Search;
import org.mawid.bench.release.visit.Start;

/** Draws who wants what where: by seed, so that the same server gets the same crowd. Persons alone differ from run to run. */
public final class Cast {
    private static final int BOT_HANDS = 3;
    private static final int BOT_GUESSES = 32;
    private static final int PAGES = 2_000;
    /** How many look for the first day there is; the others from some date on. */
    private static final double FIRST_DAY_SHARE = 0.4;
    /** What one person asks for in one visit, so that it fits in a day of any post. */
    private static final int MOST_MINUTES = 90;
    private static final int PERCENT = 100;

    private final Demand demand;
    private final Ground ground;
    private final Sizes sizes;
    private final int monthFrom;
    private final int monthDays;
    private final long persons;
    private final SplittableRandom random;
    private final List<Ground.Post> posts = new ArrayList<>();
    private final double[] postShares;
    private long person;

    /**
     * @param sizes     of visits
     * @param monthFrom first date that is released
     * @param persons   what tells this run's persons from those of others
     */
    public Cast(final Demand demand, final Ground ground, final Sizes sizes, final int monthFrom, final int monthDays, final long persons) {
        this.demand = demand;
        this.ground = ground;
        this.sizes = sizes;
        this.monthFrom = monthFrom;
        this.monthDays = monthDays;
        this.persons = persons;
        this.random = new SplittableRandom(demand.seed() ^ 0x5DEE_CE66DL);
        ground.posts().stream().filter(post -> ground.placesOf(post, monthFrom, monthDays) > 0).forEach(posts::add);
        if (posts.isEmpty()) {
            throw new IllegalStateException("no desk has days between " + java.time.LocalDate.ofEpochDay(monthFrom) + " and " + monthDays + " days later");
        }
        posts.sort(Comparator.comparingLong((Ground.Post post) -> ground.placesOf(post, monthFrom, monthDays)).reversed());
        this.postShares = cumulative(posts.stream().mapToDouble(post -> ground.placesOf(post, monthFrom, monthDays)).toArray());
    }

    /** The post with the most capacity in the month. */
    public Ground.Post hottest() {
        return posts.get(0);
    }

    /** One who wants an appointment. @param isHottest at the hottest post, on its first two days */
    public record Seeking(Applicant applicant, Search search, boolean isHottest) {
    }

    /** As many as the plan has arrivals, in their order. */
    public List<Seeking> seekers(final int count) {
        final List<Seeking> seekers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final boolean isHottest = random.nextDouble() < Demand.HOTTEST_SHARE;
            final Applicant applicant = applicant("user-" + i, isHottest ? hottest() : anotherPost(), isHttp());
            seekers.add(new Seeking(applicant, isHottest ? hottestSearch(applicant) : search(applicant, monthFrom, monthDays), isHottest));
        }
        return seekers;
    }

    /** Those who want days that were released before. */
    public List<Seeking> earlier(final int count, final int fromEpochDay, final int days) {
        final List<Seeking> seekers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final Applicant applicant = applicant("earlier-" + i, anyPost(), isHttp());
            seekers.add(new Seeking(applicant, search(applicant, fromEpochDay, days), false));
        }
        return seekers;
    }

    /** One person with one wish on days that were released before. */
    public Seeking one(final String name, final int fromEpochDay, final int days) {
        final Ground.Desk desk = deskOf(hottest());
        final Applicant applicant = Applicant.alone(name, nextPerson(), desk, List.of(serviceOf(desk.services())), false);
        return new Seeking(applicant, new Search(applicant.post().id(), applicant.soughtServiceIds(), fromEpochDay, days), false);
    }

    /** A thousand who want one slot. @param round counted from 1 */
    public List<Applicant> takers(final int round, final Ground.Desk desk, final Ground.Service service) {
        final List<Applicant> takers = new ArrayList<>(demand.takers());
        for (int i = 0; i < demand.takers(); i++) {
            takers.add(Applicant.alone("taker-" + round + "-" + i, nextPerson(), desk, List.of(service), isHttp()));
        }
        return takers;
    }

    /** One person with several applications at one post, what its page asks, and slots that it guesses while nothing can be seen. */
    public record Automaton(String name, List<Applicant> hands, Search search, List<Start> guesses) {
    }

    public List<Automaton> bots(final int count) {
        final List<Automaton> bots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final Ground.Desk desk = deskOf(anyPost());
            final long key = nextPerson();
            final boolean isHttp = isHttp();
            final List<Applicant> hands = new ArrayList<>();
            for (final Ground.Service asked : distinct(desk.services(), BOT_HANDS)) {
                hands.add(Applicant.alone("bot-" + i + "-hand-" + hands.size(), key, desk, List.of(asked), isHttp));
            }
            bots.add(new Automaton("bot-" + i + "-eye", hands, search(hands.get(0), monthFrom, monthDays), guesses(desk)));
        }
        return bots;
    }

    /** @param isHttp how the pages' users speak */
    public record Page(Search search, boolean isHttp) {
    }

    /** Pages that people look at again and again. */
    public List<Page> pages() {
        final Map<String, Search> known = new HashMap<>();
        final List<Page> pages = new ArrayList<>(PAGES);
        for (int i = 0; i < PAGES; i++) {
            final Ground.Desk desk = deskOf(anyPost());
            final int serviceId = serviceOf(desk.services()).id();
            pages.add(new Page(known.computeIfAbsent(desk.post().id() + "/" + serviceId,
                    nothing -> new Search(desk.post().id(), new int[] {serviceId}, monthFrom, monthDays)), isHttp()));
        }
        return pages;
    }

    // ---- draws

    private Applicant applicant(final String name, final Ground.Post post, final boolean isHttp) {
        final double size = random.nextDouble();
        final int persons = sizes.persons(size);
        final long[] keys = LongStream.range(0, persons).map(each -> nextPerson()).toArray();
        final List<Applicant.Line> lines = new ArrayList<>();
        final int[] minutes = new int[persons];
        for (int i = 0; i < sizes.services(size); i++) {
            final int who = i % persons;
            final List<Ground.Service> left = new ArrayList<>(servicesOf(post));
            lines.stream().filter(line -> line.person() == who).forEach(line -> left.remove(line.service())); // a person asks for a service once
            final Ground.Service service = left.isEmpty() ? null : serviceOf(left);
            if (service != null && (lines.size() < persons || minutes[who] + service.minutes() <= MOST_MINUTES)) {
                minutes[who] += service.minutes();
                lines.add(new Applicant.Line(who, service, deskOf(post, service)));
            }
        }
        return new Applicant(name, keys, lines, isHttp);
    }

    private Search search(final Applicant applicant, final int fromEpochDay, final int days) {
        final int later = random.nextDouble() < FIRST_DAY_SHARE ? 0 : random.nextInt(days);
        return new Search(applicant.post().id(), applicant.soughtServiceIds(), fromEpochDay + later, days - later);
    }

    private Search hottestSearch(final Applicant applicant) {
        final List<Integer> dates = ground.openDates(hottest(), monthFrom, monthDays);
        final int last = dates.get(Math.min(Demand.HOTTEST_DATES, dates.size()) - 1);
        return new Search(applicant.post().id(), applicant.soughtServiceIds(), dates.get(0), last - dates.get(0) + 1);
    }

    private List<Start> guesses(final Ground.Desk desk) {
        final List<Integer> dates = ground.openDates(desk.post(), monthFrom, monthDays);
        final List<Start> guesses = new ArrayList<>(BOT_GUESSES);
        for (int i = 0; i < BOT_GUESSES; i++) {
            final int date = dates.get(random.nextInt(dates.size()));
            final PoolDay day = ground.day(desk.id(), date);
            if (day != null) {
                guesses.add(new Start(desk.id(), date, random.nextInt(Math.max(1, day.units() / 2)) / day.alignUnits() * day.alignUnits()));
            }
        }
        return guesses;
    }

    private Ground.Post anyPost() {
        return posts.get(drawn(postShares));
    }

    /** Any but the hottest, unless there is only one. */
    private Ground.Post anotherPost() {
        Ground.Post post = anyPost();
        while (posts.size() > 1 && post == hottest()) {
            post = anyPost();
        }
        return post;
    }

    private static List<Ground.Service> servicesOf(final Ground.Post post) {
        return post.desks().stream().flatMap(desk -> desk.services().stream()).distinct().toList();
    }

    private static Ground.Desk deskOf(final Ground.Post post, final Ground.Service service) {
        return post.desks().stream().filter(desk -> desk.services().contains(service)).findFirst().orElseThrow();
    }

    /** The desk that serves what somebody at the post asks for. */
    private Ground.Desk deskOf(final Ground.Post post) {
        return deskOf(post, serviceOf(servicesOf(post)));
    }

    private Ground.Service serviceOf(final List<Ground.Service> services) {
        return services.get(drawn(cumulative(services.stream().mapToDouble(Ground.Service::share).toArray())));
    }

    /** Some of these services, as many as there are at most. */
    private List<Ground.Service> distinct(final List<Ground.Service> of, final int wanted) {
        final List<Ground.Service> left = new ArrayList<>(of);
        final List<Ground.Service> services = new ArrayList<>();
        while (services.size() < wanted && !left.isEmpty()) {
            final Ground.Service service = serviceOf(left);
            left.remove(service);
            services.add(service);
        }
        return services;
    }

    private boolean isHttp() {
        return random.nextInt(PERCENT) < demand.httpPercent();
    }

    private long nextPerson() {
        return Lives.personKey(++person, persons);
    }

    private int drawn(final double[] cumulative) {
        final double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int i = 0;
        while (i < cumulative.length - 1 && cumulative[i] <= at) {
            i++;
        }
        return i;
    }

    private static double[] cumulative(final double[] shares) {
        for (int i = 1; i < shares.length; i++) {
            shares[i] += shares[i - 1];
        }
        return shares;
    }
}
