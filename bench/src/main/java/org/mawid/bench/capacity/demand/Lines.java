package org.mawid.bench.capacity.demand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.mawid.api.network.Network.Service;
import org.mawid.bench.capacity.plan.Site;

/** The lines of one visit while they are drawn: person × service × quantity, and the stops that follow from them where it is asked for. */
public final class Lines {
    /** An application has at most so many. */
    static final int MOST_LINES = 16;
    private static final int UNIT_MINUTES = 5;

    private static final class Line {
        private final int person;
        private final Service service;
        private int quantity = 1;

        private Line(final int person, final Service service) {
            this.person = person;
            this.service = service;
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final DurationMinutes served;
    private final int mostMinutes;
    private Service first;
    private int plannedMinutes;

    /** How long a service takes at the counter, in the mean. */
    @FunctionalInterface
    public interface DurationMinutes {
        double of(Service service);
    }

    /** No visit is longer than the files make one. */
    public Lines(final DurationMinutes served) {
        this(served, VisitSizes.MOST_MINUTES);
    }

    /** @param mostMinutes nominal, of the longest visit */
    Lines(final DurationMinutes served, final int mostMinutes) {
        this.served = served;
        this.mostMinutes = mostMinutes;
    }

    /** One more service for a person. @return false when it cannot be: they have it already, or the visit would be too long */
    public boolean add(final int person, final Service service) {
        if (!lines.isEmpty() && plannedMinutes + service.minutes() > mostMinutes) {
            return false;
        }
        for (final Line line : lines) {
            if (line.person == person && line.service.id() == service.id()) {
                if (line.quantity == service.quantityMax()) {
                    return false;
                }
                line.quantity++;
                plannedMinutes += service.minutes();
                return true;
            }
        }
        if (lines.size() == MOST_LINES) {
            return false;
        }
        first = lines.isEmpty() ? service : first;
        lines.add(new Line(person, service));
        lines.sort(Comparator.comparingInt(line -> line.person));
        plannedMinutes += service.minutes();
        return true;
    }

    public int[] services() {
        return lines.stream().mapToInt(line -> line.service.id()).toArray();
    }

    public int[] quantities() {
        return lines.stream().mapToInt(line -> line.quantity).toArray();
    }

    public int[] persons() {
        return lines.stream().mapToInt(line -> line.person).toArray();
    }

    /** Desk by desk, that of the first service first; at each the persons one after the other. @param deskOf index of the desk that serves a service */
    List<Stop> stops(final IntUnaryOperator deskOf) {
        final List<Stop> stops = new ArrayList<>();
        final int firstDesk = deskOf.applyAsInt(first.id());
        IntStream.concat(IntStream.of(firstDesk), lines.stream().mapToInt(line -> deskOf.applyAsInt(line.service.id()))).distinct().forEach(desk -> stops.add(stop(desk, deskOf)));
        return stops;
    }

    private Stop stop(final int desk, final IntUnaryOperator deskOf) {
        final List<Line> here = lines.stream().filter(line -> deskOf.applyAsInt(line.service.id()) == desk).toList();
        final int[] persons = here.stream().mapToInt(line -> line.person).distinct().toArray();
        final int[] legLines = new int[persons.length];
        final int[] legUnits = new int[persons.length];
        int kinds = 0;
        double minutes = 0;
        for (int leg = 0; leg < persons.length; leg++) {
            int planned = 0;
            for (final Line line : here) {
                if (line.person == persons[leg]) {
                    legLines[leg] |= 1 << lines.indexOf(line);
                    planned += line.service.minutes() * line.quantity;
                    minutes += served.of(line.service) * line.quantity;
                    kinds |= Site.kinds(line.service);
                }
            }
            legUnits[leg] = (planned + UNIT_MINUTES - 1) / UNIT_MINUTES;
        }
        return new Stop(desk, legLines, legUnits, IntStream.of(legUnits).sum(), kinds, minutes);
    }

    public boolean needsValidation() {
        return lines.stream().anyMatch(line -> line.service.validationRequired());
    }
}
