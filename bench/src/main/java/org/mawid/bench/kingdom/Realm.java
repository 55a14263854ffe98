package org.mawid.bench.kingdom;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Measure;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Resource;
import org.mawid.api.network.Network.Share;
import org.mawid.api.network.Network.VisitSize;
import org.mawid.sbe.PoolKind;

/** The network and its modelled demand as arrays by number, so that drawing an application costs nanoseconds. Immutable once made. */
final class Realm {
    /** A desk and the three kinds of resources, as {@link PoolKind} numbers them. */
    static final int KINDS = 4;
    static final int SEATS = PoolKind.RECEPTION_SEAT.value();
    /** Most lines that one application is given: the data ends with "four or more", on average 4.0. */
    static final int MOST_LINES = 6;
    /** Applications with a stamp are as many as give 2.8 million stamps for 3.2 million appointments (demand.md). */
    static final double STAMPS_PER_APPOINTMENT = 2.8 / 3.2;
    /** Steps in which shares of services are kept. */
    private static final int MIX = 4_096;
    /** January to December, mean 1 (demand.md, section 2). */
    private static final double[] SEASON = {.85, .90, 1.00, 1.20, 1.45, 1.50, 1.15, .60, .85, .90, .85, .75};
    private static final double DAYS_A_YEAR = 365;

    private final Network network;
    private final int[] posts;
    private final double[] perDay;
    private final byte[][] mix;
    private final int[][] deskOf;
    private final int[][] resources;
    private final int[] postOf;
    private final int[] capacity;
    private final int[] minutes;
    private final int[] kinds;
    private final boolean[] needsValidation;
    private final long[] centimes;
    private final double[] serviceSizes;
    private final double[] personSizes;
    private final double stampShare;

    /** @param appointmentsPerApplication above 1, because who cancelled or did not come may come back; @throws IllegalArgumentException without modelled demand */
    Realm(final Network network, final double appointmentsPerApplication) {
        if (network.mix().isEmpty() || network.visitSizes().isEmpty() || network.loads().isEmpty()) {
            throw new IllegalArgumentException("the network has no modelled demand: service-mix.csv, visit-size.csv and posts-load.csv are needed");
        }
        if (network.services().size() > Byte.MAX_VALUE || network.pools().size() > Short.MAX_VALUE) {
            throw new IllegalArgumentException("at most 127 services and 32 767 desks and resources fit the generator's arrays");
        }
        this.network = network;
        final int postCount = network.posts().size() + 1;
        final int serviceCount = network.services().size() + 1;
        final int poolCount = network.pools().size() + 1;
        perDay = new double[postCount];
        mix = new byte[postCount][];
        deskOf = new int[postCount][serviceCount];
        resources = new int[postCount][KINDS];
        postOf = new int[poolCount];
        capacity = new int[poolCount];
        for (final Pool pool : network.pools()) {
            postOf[pool.id()] = pool.postId();
            capacity[pool.id()] = pool.capacity();
            if (pool instanceof Desk desk) {
                desk.serviceIds().forEach(service -> deskOf[pool.postId()][service] = pool.id());
            } else if (pool instanceof Resource resource) {
                resources[pool.postId()][PoolKind.valueOf(resource.kind().name()).value()] = pool.id();
            }
        }
        minutes = new int[serviceCount];
        kinds = new int[serviceCount];
        needsValidation = new boolean[serviceCount];
        centimes = new long[serviceCount];
        for (final Network.Service service : network.services()) {
            minutes[service.id()] = service.minutes();
            needsValidation[service.id()] = service.validationRequired();
            centimes[service.id()] = service.feeCentimes();
            service.resourceKinds().forEach(kind -> kinds[service.id()] |= 1 << PoolKind.valueOf(kind.name()).value());
        }
        final List<Integer> open = new ArrayList<>();
        for (final Network.Load load : network.loads()) {
            if (!network.poolsOf(load.postId()).isEmpty() && load.appointmentsPerYear() > 0) {
                mix[load.postId()] = mixOf(load.postId());
                perDay[load.postId()] = load.appointmentsPerYear() / DAYS_A_YEAR / appointmentsPerApplication;
                open.add(load.postId());
            }
        }
        posts = open.stream().mapToInt(Integer::intValue).sorted().toArray();
        serviceSizes = sizes(Measure.SERVICES);
        personSizes = sizes(Measure.PERSONS);
        stampShare = Math.min(1, STAMPS_PER_APPOINTMENT * appointmentsPerApplication / (mean(serviceSizes) * paidShare()));
    }

    /** What the post offers by appointment, each service as often as its share; where it does not offer all, the rest is scaled up. */
    private byte[] mixOf(final int postId) {
        double offered = 0;
        for (final Share share : network.mix()) {
            offered += isOffered(postId, share) ? share.percent().doubleValue() : 0;
        }
        final byte[] steps = new byte[MIX];
        double sum = 0;
        int at = 0;
        for (final Share share : network.mix()) {
            if (isOffered(postId, share)) {
                sum += share.percent().doubleValue();
                final int until = (int) Math.round(sum / offered * MIX);
                while (at < until) {
                    steps[at++] = (byte) share.serviceId();
                }
            }
        }
        return steps;
    }

    private boolean isOffered(final int postId, final Share share) {
        return deskOf[postId][share.serviceId()] != 0 && network.service(share.serviceId()).appointmentRequired() && share.percent().signum() > 0;
    }

    private double paidShare() {
        double paid = 0;
        double all = 0;
        for (final Share share : network.mix()) {
            all += share.percent().doubleValue();
            paid += network.service(share.serviceId()).feeCentimes() > 0 ? share.percent().doubleValue() : 0;
        }
        return paid / all;
    }

    /** Shares by size, index 0 unused. A class without an upper end is two sizes, so that its mean is kept. */
    private double[] sizes(final Measure measure) {
        final double[] shares = new double[MOST_LINES + 1];
        for (final VisitSize size : network.visitSizes()) {
            if (size.measure() == measure) {
                final double share = size.percent().doubleValue() / 100;
                final double mean = size.orMore() ? size.mean().doubleValue() : size.size();
                final int below = Math.min((int) Math.floor(mean), MOST_LINES);
                final double above = below == MOST_LINES ? 0 : mean - below;
                shares[below] += share * (1 - above);
                if (above > 0) {
                    shares[below + 1] += share * above;
                }
            }
        }
        return shares;
    }

    private static double mean(final double[] shares) {
        double mean = 0;
        for (int size = 1; size < shares.length; size++) {
            mean += size * shares[size];
        }
        return mean;
    }

    Network network() {
        return network;
    }

    /** Ids of the posts that people come to, ascending. */
    int[] posts() {
        return posts;
    }

    int pools() {
        return capacity.length - 1;
    }

    int postIds() {
        return perDay.length - 1;
    }

    /** Applications on one date. @param month 1 to 12 */
    double applications(final int postId, final int month) {
        return perDay[postId] * SEASON[month - 1];
    }

    int capacity(final int poolId) {
        return capacity[poolId];
    }

    int postOf(final int poolId) {
        return postOf[poolId];
    }

    /** 0 = the post has none. */
    int resource(final int postId, final int kind) {
        return resources[postId][kind];
    }

    boolean isDesk(final int poolId) {
        return network.pools().get(poolId - 1) instanceof Desk;
    }

    int desk(final int postId, final int serviceId) {
        return deskOf[postId][serviceId];
    }

    int minutes(final int serviceId) {
        return minutes[serviceId];
    }

    /** Bit k = needs a place of kind k for its whole duration. */
    int kinds(final int serviceId) {
        return kinds[serviceId];
    }

    boolean needsValidation(final int serviceId) {
        return needsValidation[serviceId];
    }

    /** Price of one, centimes of dirham; 0 = free, and no stamp is issued. */
    long centimes(final int serviceId) {
        return centimes[serviceId];
    }

    int drawService(final int postId, final SplittableRandom random) {
        return mix[postId][random.nextInt(MIX)];
    }

    /** Share of applications whose stamps are issued with their hold; the others pay at the counter as before. */
    double stampShare() {
        return stampShare;
    }

    /** @param draw 0 to 1, the same for both: who comes with many persons comes for many services */
    int services(final double draw) {
        return size(serviceSizes, draw);
    }

    int persons(final double draw) {
        return size(personSizes, draw);
    }

    private static int size(final double[] shares, final double draw) {
        double sum = 0;
        int last = 1;
        for (int size = 1; size < shares.length; size++) {
            if (shares[size] > 0) {
                last = size;
                sum += shares[size];
                if (draw < sum) {
                    return size;
                }
            }
        }
        return last;
    }
}
