package org.mawid.bench.capacity.demand;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.mawid.api.network.Network.Measure;
import org.mawid.api.network.Network.VisitSize;

/** How much a request asks for: so many services (units of them), for so many persons. Immutable. */
public final class VisitSizes {
    /** Longest visit of those that only files tell of. Minutes [A]: longer ones would be split over two days. */
    static final int MOST_MINUTES = 180;
    /** No visit is longer than a day, whatever somebody has asked for. */
    private static final int LONGEST_MINUTES = 600;
    private static final int FILE_SIZES = 8;

    private final boolean isSeen;
    private final int mostMinutes;
    /** Chance of each size or a smaller one, from 1 on. */
    private final double[] services;
    /** As above, by services from 1 on; where only files tell of them, one for all. */
    private final double[][] persons;

    private VisitSizes(final boolean isSeen, final int mostMinutes, final double[] services, final double[][] persons) {
        this.isSeen = isSeen;
        this.mostMinutes = mostMinutes;
        this.services = services;
        this.persons = persons;
    }

    /** As in {@code visit-size.csv}: services and persons each by themselves; one each where there is no such file. */
    static VisitSizes modelled(final List<VisitSize> sizes) {
        return new VisitSizes(false, MOST_MINUTES, chances(sizes, Measure.SERVICES), new double[][] {chances(sizes, Measure.PERSONS)});
    }

    /** The last class is spread over the two sizes around its mean. */
    private static double[] chances(final List<VisitSize> sizes, final Measure measure) {
        final double[] chances = new double[FILE_SIZES];
        for (final VisitSize size : sizes) {
            if (size.measure() == measure) {
                final double above = size.orMore() ? Math.max(0, size.mean().doubleValue() - size.size()) : 0;
                chances[Math.min(FILE_SIZES - 1, size.size() - 1)] += size.percent().doubleValue() * (1 - Math.min(1, above));
                chances[Math.min(FILE_SIZES - 1, size.size())] += size.percent().doubleValue() * Math.min(1, above);
            }
        }
        if (chances[0] + chances[1] + chances[2] + chances[3] == 0) {
            chances[0] = 1;
        }
        return ModelDemand.cumulative(chances);
    }

    /**
     * As requests were, so that who comes with others asks for as much as they did.
     *
     * @param requests how many there were, by services, then by persons; not empty
     * @param minutes  nominal, of the longest
     */
    static VisitSizes seen(final SortedMap<Integer, SortedMap<Integer, Long>> requests, final int minutes) {
        final double[] services = new double[requests.lastKey()];
        final double[][] persons = new double[services.length][];
        for (final Map.Entry<Integer, SortedMap<Integer, Long>> size : requests.entrySet()) {
            final double[] counts = new double[size.getValue().lastKey()];
            size.getValue().forEach((number, count) -> counts[number - 1] = count);
            services[size.getKey() - 1] = Arrays.stream(counts).sum();
            persons[size.getKey() - 1] = ModelDemand.cumulative(counts);
        }
        return new VisitSizes(true, Math.max(MOST_MINUTES, Math.min(LONGEST_MINUTES, minutes)), ModelDemand.cumulative(services), persons);
    }

    /** Whether somebody asked for as much, rather than files saying so. */
    boolean isSeen() {
        return isSeen;
    }

    /** Nominal, of the longest visit. */
    int mostMinutes() {
        return mostMinutes;
    }

    /** @param drawn 0 to 1 */
    int services(final double drawn) {
        return size(services, drawn);
    }

    /** At most as many as services: further ones only accompany. @param drawn 0 to 1 */
    int persons(final int ofServices, final double drawn) {
        return Math.min(ofServices, size(persons[isSeen ? ofServices - 1 : 0], drawn));
    }

    private static int size(final double[] sizes, final double drawn) {
        int size = 1;
        while (size < sizes.length && sizes[size - 1] <= drawn) {
            size++;
        }
        return size;
    }

    int most() {
        return services.length;
    }

    /** That a request is for so many services, 1 to {@link #most}. */
    double chance(final int size) {
        return chance(services, size);
    }

    private static double chance(final double[] sizes, final int size) {
        return sizes[size - 1] - (size == 1 ? 0 : sizes[size - 2]);
    }

    public double meanServices() {
        double mean = 0;
        for (int size = 1; size <= most(); size++) {
            mean += chance(size) * size;
        }
        return mean;
    }

    public double meanPersons() {
        double mean = 0;
        for (int size = 1; size <= most(); size++) {
            final double[] those = chance(size) > 0 ? persons[isSeen ? size - 1 : 0] : new double[0];
            for (int number = 1; number <= those.length; number++) {
                mean += chance(size) * chance(those, number) * Math.min(size, number);
            }
        }
        return mean;
    }
}
