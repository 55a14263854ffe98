package org.mawid.api.report;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.sbe.PaymentMeans;

/** Makes a report of what is there. */
final class Answering {
    private Answering() {
    }

    private record Place(int postId, int number) {
    }

    static Report days(final Tally.Image image, final SumsFile.Names names, final int postId, final LocalDate from, final LocalDate to) {
        final Map<Place, Sums> found = new TreeMap<>(Comparator.comparingInt(Place::postId).thenComparingInt(Place::number));
        for (final Tally.Packed one : image.packed()) {
            if (!one.isMonth() && isWanted(one, postId) && one.number() >= from.toEpochDay() && one.number() <= to.toEpochDay()) {
                found.put(new Place(one.postId(), one.number()), Sums.unpack(one.sums()));
            }
        }
        return report(false, image, names, found);
    }

    /** Each month is in days, or as a whole. */
    static Report months(final Tally.Image image, final SumsFile.Names names, final int postId, final YearMonth from, final YearMonth to) {
        final Map<Place, Sums> found = new TreeMap<>(Comparator.comparingInt(Place::postId).thenComparingInt(Place::number));
        for (final Tally.Packed one : image.packed()) {
            final int month = one.isMonth() ? one.number() : Tally.month(YearMonth.from(LocalDate.ofEpochDay(one.number())));
            if (isWanted(one, postId) && month >= Tally.month(from) && month <= Tally.month(to)) {
                found.computeIfAbsent(new Place(one.postId(), month), none -> new Sums()).add(one.sums());
            }
        }
        return report(true, image, names, found);
    }

    private static boolean isWanted(final Tally.Packed one, final int postId) {
        return postId == 0 || one.postId() == postId;
    }

    private static Report report(final boolean isMonths, final Tally.Image image, final SumsFile.Names names, final Map<Place, Sums> found) {
        final List<Report.Row> rows = new ArrayList<>();
        found.forEach((place, sums) -> {
            final String period = isMonths ? Tally.month(place.number()).toString() : LocalDate.ofEpochDay(place.number()).toString();
            sums.slices().forEach((slice, figures) -> rows.add(new Report.Row(place.postId(), names.posts().getOrDefault(place.postId(), ""), period,
                    slice.currency(), slice.serviceId(), names.services().getOrDefault(slice.serviceId(), ""),
                    slice.means() == 0 ? "" : PaymentMeans.get((short) slice.means()).name(), figures)));
        });
        return new Report(isMonths, rows, image.position(), image.nowMs(), image.origin().position(), image.origin().ms(), image.unknown());
    }
}
