package org.mawid.api.treasury.tariff;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.api.treasury.port.TariffFeed;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.Beneficiary;

/** A feed beside the catalogue. Pure: what is in force at a moment is told. */
final class TariffComparison {
    /** Where the feed's days begin and end. */
    static final ZoneId TREASURY = ZoneId.of("Africa/Casablanca");
    /** Of SetTariff in the schema. */
    private static final int MOST_PARTS = 8;
    private static final long MOST_CENTIMES = 100_000_000;

    private final CatalogueView catalogue;

    TariffComparison(final CatalogueView catalogue) {
        this.catalogue = catalogue;
    }

    /** Why nothing of the feed may be taken; empty = it may. */
    List<String> whyNot(final TariffFeed feed) {
        final List<String> wrong = new ArrayList<>();
        final TreeMap<String, Integer> seen = new TreeMap<>();
        for (final TariffFeed.Tariff tariff : feed.tariffs()) {
            final String where = tariff.service() + " from " + LocalDate.ofEpochDay(tariff.fromDay());
            if (catalogue.service(tariff.service()) == null) {
                wrong.add(where + ": no such service");
            }
            if (seen.merge(where, 1, Integer::sum) > 1) {
                wrong.add(where + ": is there twice");
            }
            if (tariff.parts().isEmpty() || tariff.parts().size() > MOST_PARTS) {
                wrong.add(where + ": has not 1 to " + MOST_PARTS + " components");
            }
            for (final TariffFeed.Part part : tariff.parts()) {
                if (part.centimes() <= 0 || part.centimes() > MOST_CENTIMES) {
                    wrong.add(where + ": " + part.component() + " is not above zero and up to " + MOST_CENTIMES + " centimes");
                }
                if (beneficiary(part) == null) {
                    wrong.add(where + ": the component '" + part.component() + "' is not known here");
                }
            }
        }
        return wrong;
    }

    /** @return null when there is none of that name */
    private static Beneficiary beneficiary(final TariffFeed.Part part) {
        try {
            final Beneficiary named = Beneficiary.valueOf(part.component().toUpperCase(Locale.ROOT));
            return named == Beneficiary.NULL_VAL || named == Beneficiary.SBE_UNKNOWN ? null : named;
        } catch (final IllegalArgumentException none) {
            return null;
        }
    }

    /**
     * One for each service at most: of a price in force before that of a next one, for the catalogue keeps one next one, which goes when another is set.
     *
     * @param feed of which nothing is wrong
     */
    List<TariffDifference> differences(final TariffFeed feed, final long nowMs) {
        final Map<String, TreeMap<Integer, TariffFeed.Tariff>> byService = new TreeMap<>();
        feed.tariffs().forEach(tariff -> byService.computeIfAbsent(tariff.service(), first -> new TreeMap<>()).put(tariff.fromDay(), tariff));
        final List<TariffDifference> differences = new ArrayList<>();
        byService.forEach((code, byDay) -> {
            final CatalogueView.Service service = catalogue.service(code);
            final int today = (int) Instant.ofEpochMilli(nowMs).atZone(TREASURY).toLocalDate().toEpochDay();
            final CatalogueView.Tariff inForce = catalogue.tariff(service.serviceId(), nowMs);
            final Map.Entry<Integer, TariffFeed.Tariff> present = byDay.floorEntry(today);
            final Map.Entry<Integer, TariffFeed.Tariff> next = byDay.higherEntry(today);
            if (present != null && !isSame(present.getValue(), inForce)) {
                differences.add(difference(service, present.getValue(), inForce));
            } else if (next != null) {
                final CatalogueView.Tariff then = catalogue.tariff(service.serviceId(), beginMs(next.getKey()));
                final boolean isBetween = then != null && then != inForce && then.validFromMs() != beginMs(next.getKey()) && then.validFromMs() > nowMs;
                if (isBetween || !isSame(next.getValue(), then)) {
                    differences.add(difference(service, next.getValue(), then));
                }
            }
        });
        return differences;
    }

    private TariffDifference difference(final CatalogueView.Service service, final TariffFeed.Tariff tariff, final CatalogueView.Tariff there) {
        final long newest = catalogue.tariffs(service.serviceId()).stream().mapToLong(CatalogueView.Tariff::version).max().orElse(0);
        final List<TariffFeed.Part> parts = tariff.parts().stream().map(part -> new TariffFeed.Part(beneficiary(part).name(), part.beneficiary(), part.centimes())).toList();
        return new TariffDifference(service, tariff.fromDay(), beginMs(tariff.fromDay()), parts, there, newest + 1);
    }

    private static long beginMs(final int day) {
        return LocalDate.ofEpochDay(day).atStartOfDay(TREASURY).toInstant().toEpochMilli();
    }

    private static boolean isSame(final TariffFeed.Tariff feed, final CatalogueView.Tariff there) {
        if (there == null) {
            return false;
        }
        final long[] centimes = new long[Beneficiary.ADOUL.value() + 1];
        feed.parts().forEach(part -> centimes[beneficiary(part).value()] += part.centimes());
        return Arrays.equals(centimes, there.beneficiaryCentimes());
    }
}
