package org.mawid.bench.capacity.demand;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mawid.api.network.Network.Service;
import org.mawid.api.network.Network.Share;
import org.mawid.api.network.Network.Weekend;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.plan.Site;

/**
 * People as {@code demand.md} models them: a Poisson process whose rate is the post's {@code appointments_per_year}, times the season of the
 * month, the weekday, the hour, and what the plan says.
 * <ul>
 * <li>Season by month: {@code demand.md} section 2 [A there]. Weekday: most ask as the week begins, fewest at the weekend [A]. Hour: 07:00 to 23:00
 * local, most from 09:00 to 13:00 and again in the evening [A].
 * <li>Services by {@code service-mix.csv} among those that the post offers by appointment; services and persons of a visit by
 * {@code visit-size.csv}, or as a journal has them ({@link VisitSizes}). Which services come together no file says: by default each
 * is drawn by itself, as {@code kingdom} does, and a visit goes from desk to desk; {@link PlanKey#ACROSS_DESKS} is the share of visits that do, the others ask for
 * services of one desk [A]. Either way each desk gets the minutes that it was sized for.
 * <li>Persons beyond the number of services only accompany. The others are served one after the other at the same counter, as durations
 * "simply add" (section 3); a second service of the same kind for the same person is a second unit of it where that is allowed.
 * <li>Who needs something urgent comes without an appointment, so that nothing urgent is added to a visit by appointment [A]; so does who asks, in a
 * journal, for something that needs none.
 * <li>Who goes to another post when this one is full asks there too, see {@code Neighbours}; whoever did so before is in the published number there already [A].
 * </ul>
 * The same seed gives the same people whatever the counters, hours and overbooking are.
 */
public final class ModelDemand implements Demand {
    private static final double[] SEASON = {.85, .90, 1.00, 1.20, 1.45, 1.50, 1.15, .60, .85, .90, .85, .75};
    private static final double[] WEEK = {1.25, 1.15, 1.10, 1.10, .90, .80, .70};
    private static final double[] HOURS = {0, 0, 0, 0, 0, 0, 0, 2, 5, 9, 10, 10, 9, 7, 6, 6, 6, 6, 6, 5, 5, 4, 3, 1};
    private static final double YEAR_DAYS = 365.25;
    private static final double HOUR_MS = 3_600_000;
    private static final int ATTEMPTS = 16;
    private static final double UNIT_MINUTES = 5;
    private static final int ANY = -1;

    private final Site site;
    private final Plan plan;
    private final Behaviour behaviour;
    private final Observed observed;
    private final double aDay;
    private final double[] hours;
    private final List<Service> services = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final double[] ofDesk;
    private final VisitSizes sizes;
    private long number;

    /** @param observed what a journal tells instead of the model, null = nothing */
    public ModelDemand(final Site site, final Plan plan, final Observed observed) {
        this.site = site;
        this.plan = plan;
        this.observed = observed;
        this.ofDesk = new double[site.desks().size()];
        this.aDay = (observed != null ? observed.visitsADay() : yearly() / YEAR_DAYS) * plan.demand();
        this.hours = cumulative(HOURS);
        this.sizes = observed != null && observed.sizes() != null ? observed.sizes() : VisitSizes.modelled(site.network().visitSizes());
        double all = 0;
        double paid = 0;
        for (final Share share : site.network().mix()) {
            final Service service = site.network().service(share.serviceId());
            final int desk = site.deskOf(service.id());
            final double weight = observed != null ? observed.shareOf(service.code()) : share.percent().doubleValue();
            if (desk >= 0 && (service.appointmentRequired() || observed != null) && weight > 0) {
                services.add(service);
                weights.add(weight);
                ofDesk[desk] += weight;
                all += weight;
                paid += service.feeCentimes() > 0 ? weight : 0;
            }
        }
        if (all <= 0) {
            throw new PlanRefusedException(site.post().code() + " offers nothing that service-mix.csv has a share of");
        }
        this.behaviour = new Behaviour(plan, paid / all);
    }

    private double yearly() {
        return site.network().loads().stream().filter(load -> load.postId() == site.post().id()).mapToDouble(load -> load.appointmentsPerYear()).findFirst()
                .orElseThrow(() -> new PlanRefusedException("posts-load.csv says nothing of " + site.post().code() + ": how many ask there in a year?"));
    }

    static double[] cumulative(final double[] weights) {
        final double[] sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            sums[i] = sum;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= sum;
        }
        return sums;
    }

    /** Visits that are asked for on a date, in the mean. */
    double expected(final LocalDate date) {
        final int weekday = (date.getDayOfWeek().getValue() - 1 + (site.post().weekend() == Weekend.FRI_SAT ? 1 : 0)) % 7;
        final double season = observed != null ? observed.season(date, SEASON) : SEASON[date.getMonthValue() - 1];
        final double week = observed != null ? observed.weekday(DayOfWeek.from(date)) : WEEK[weekday];
        return aDay * season * week * plan.shockAt(site.post(), date);
    }

    static double season(final LocalDate date) {
        return SEASON[date.getMonthValue() - 1];
    }

    @Override
    public List<Party> on(final LocalDate date, final long startMs) {
        final long daySeed = mixed(plan.seed() * 1_000_003L + site.post().code().hashCode()) ^ date.toEpochDay() * 0x9E3779B97F4A7C15L;
        final SplittableRandom random = new SplittableRandom(daySeed);
        final double most = expected(date);
        final List<Party> parties = new ArrayList<>();
        double at = exponential(random);
        while (at < most) {
            final long seed = mixed(daySeed + parties.size() + 1);
            parties.add(draw(new SplittableRandom(seed), new SplittableRandom(mixed(seed)), startMs + Math.round(hour(at / most) * HOUR_MS)));
            at += exponential(random);
        }
        return parties;
    }

    private static double exponential(final SplittableRandom random) {
        return -StrictMath.log(1 - random.nextDouble());
    }

    /** Neighbouring numbers become far ones. */
    public static long mixed(final long value) {
        long z = value * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 32) * 0x94D049BB133111EBL;
        return z ^ z >>> 29;
    }

    /** How much of a day's requests has come by an hour of it. */
    static double partOfDay(final double hour) {
        final double[] sums = cumulative(HOURS);
        final int whole = (int) Math.min(23, hour);
        final double before = whole == 0 ? 0 : sums[whole - 1];
        return before + (hour - whole) * (sums[whole] - before);
    }

    private double hour(final double part) {
        int hour = 0;
        while (hour < 23 && hours[hour] <= part) {
            hour++;
        }
        final double before = hour == 0 ? 0 : hours[hour - 1];
        return hour + (part - before) / (hours[hour] - before);
    }

    private Party draw(final SplittableRandom random, final SplittableRandom papers, final long askedMs) {
        final Temper temper = behaviour.draw(random, papers);
        final boolean comesAnyhow = random.nextDouble() < plan.share(PlanKey.WALK_IN);
        final int serviceCount = sizes.services(random.nextDouble());
        final int personCount = sizes.persons(serviceCount, random.nextDouble());
        final Service first = any(random);
        final boolean walkIn = comesAnyhow || !isByAppointment(first);
        final boolean isFree = papers.nextDouble() < plan.share(PlanKey.ACROSS_DESKS) && !walkIn; // who walks in takes one ticket, at one desk
        final int desk = site.deskOf(first.id());
        final Lines lines = new Lines(this::minutes, sizes.mostMinutes());
        lines.add(0, first);
        for (int more = 1; more < serviceCount; more++) {
            final int person = walkIn && !sizes.isSeen() ? 0 : more % personCount;
            boolean added = false;
            for (int attempt = 0; attempt < ATTEMPTS && !added; attempt++) {
                final Service service = isFree ? any(random) : at(desk, random);
                added = (walkIn || isByAppointment(service)) && lines.add(person, service);
            }
            if (!added && sizes.isSeen()) {
                addAny(lines, walkIn, isFree ? ANY : desk, random);
            }
        }
        return Party.of(++number, askedMs, walkIn, temper, lines, site::deskOf);
    }

    private static boolean isByAppointment(final Service service) {
        return service.appointmentRequired() && !service.urgent();
    }

    /** As many services as were seen: for another of them or for one more, or else a shorter one. @param desk {@link #ANY} = of any */
    private void addAny(final Lines lines, final boolean walkIn, final int desk, final SplittableRandom random) {
        final int from = services.indexOf(desk == ANY ? any(random) : at(desk, random));
        for (int i = 0; i < services.size(); i++) {
            final Service service = services.get((from + i) % services.size());
            final boolean isMeant = (desk == ANY || site.deskOf(service.id()) == desk) && (walkIn || isByAppointment(service));
            for (int person = 0; isMeant && person < Lines.MOST_LINES; person++) {
                if (lines.add(person, service)) {
                    return;
                }
            }
        }
    }

    /** What a service takes at the counter: as nominal, unless a journal told. */
    private double minutes(final Service service) {
        return observed == null ? service.minutes() : observed.minutes(service.code(), service.minutes());
    }

    private Service any(final SplittableRandom random) {
        double sum = 0;
        for (final double weight : weights) {
            sum += weight;
        }
        return pick(random.nextDouble() * sum, ANY);
    }

    private Service at(final int desk, final SplittableRandom random) {
        return pick(random.nextDouble() * ofDesk[desk], desk);
    }

    /** @param desk {@link #ANY} = of any */
    private Service pick(final double drawn, final int desk) {
        double left = drawn;
        Service last = null;
        for (int i = 0; i < services.size(); i++) {
            if (desk == ANY || site.deskOf(services.get(i).id()) == desk) {
                last = services.get(i);
                left -= weights.get(i);
                if (left < 0) {
                    return last;
                }
            }
        }
        return last;
    }

    @Override
    public String basis() {
        return observed == null ? "" : observed.told();
    }

    @Override
    public int usualUnits(final int desk) {
        double minutes = 0;
        double asked = 0;
        for (int i = 0; i < services.size(); i++) {
            final double weight = site.deskOf(services.get(i).id()) == desk && services.get(i).appointmentRequired() ? weights.get(i) : 0;
            minutes += weight * services.get(i).minutes();
            asked += weight;
        }
        return asked == 0 ? site.shortestUnits(desk) : Math.max(1, (int) Math.ceil(minutes / asked * servicesAt(desk) / UNIT_MINUTES));
    }

    /** Services at a desk of a visit that comes to it, mean: all of the visit, or those that fall to that desk. */
    private double servicesAt(final int desk) {
        double all = 0;
        for (final double weight : weights) {
            all += weight;
        }
        double mean = 0;
        double comes = 0;
        for (int size = 1; size <= sizes.most(); size++) {
            final double chance = sizes.chance(size);
            mean += chance * size;
            comes += chance * (1 - Math.pow(1 - ofDesk[desk] / all, size));
        }
        final double free = plan.share(PlanKey.ACROSS_DESKS);
        return (1 - free) * mean + free * mean * ofDesk[desk] / all / comes;
    }

    @Override
    public int usualKinds(final int desk) {
        int usual = 0;
        for (int kind = 1; kind <= 3; kind++) {
            double needing = 0;
            double asked = 0;
            for (int i = 0; i < services.size(); i++) {
                final double weight = site.deskOf(services.get(i).id()) == desk && services.get(i).appointmentRequired() ? weights.get(i) : 0;
                needing += (Site.kinds(services.get(i)) >>> kind & 1) != 0 ? weight : 0;
                asked += weight;
            }
            usual |= needing > asked / 2 ? 1 << kind : 0;
        }
        return usual;
    }
}
