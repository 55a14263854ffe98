package org.mawid.bench.release.crowd;

import java.math.BigDecimal;
import java.util.Comparator;
import org.mawid.api.network.Network;

/**
 * How large visits are, as cumulative shares in percent: the first is of one.
 *
 * @param services empty = always one
 * @param persons  empty = always one
 */
public record Sizes(double[] services, double[] persons) {
    /** As a network's files tell them. */
    public static Sizes of(final Network network) {
        return new Sizes(of(network, Network.Measure.SERVICES), of(network, Network.Measure.PERSONS));
    }

    private static double[] of(final Network network, final Network.Measure measure) {
        final double[] shares = network.visitSizes().stream().filter(size -> size.measure() == measure)
                .sorted(Comparator.comparingInt(Network.VisitSize::size)).map(Network.VisitSize::percent).mapToDouble(BigDecimal::doubleValue).toArray();
        for (int i = 1; i < shares.length; i++) {
            shares[i] += shares[i - 1];
        }
        return shares;
    }

    /** @param draw 0 to 1, the same for both: who comes with many persons comes for many services */
    int services(final double draw) {
        return size(services, draw);
    }

    /** Never more than there are services: everybody who comes wants something. */
    int persons(final double draw) {
        return Math.min(services(draw), size(persons, draw));
    }

    private static int size(final double[] cumulative, final double draw) {
        int size = 1;
        while (size < cumulative.length && cumulative[size - 1] <= draw * cumulative[cumulative.length - 1]) {
            size++;
        }
        return size;
    }
}
