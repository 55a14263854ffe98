package org.mawid.bench.capacity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mawid.api.network.Network.Service;

/** The lines of one visit while they are drawn: person × service × quantity, and the legs that follow from them. */
final class Lines {
    /** An application has at most so many. */
    private static final int MOST_LINES = 16;
    /** Longest visit. Minutes [A]: longer ones would be split over two days. */
    private static final int MOST_MINUTES = 180;
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
    private int plannedMinutes;

    /** How long a service takes at the counter, in the mean. */
    @FunctionalInterface
    interface DurationMinutes {
        double of(Service service);
    }

    Lines(final DurationMinutes served) {
        this.served = served;
    }

    /** One more service for a person. @return false when it cannot be: they have it already, or the visit would be too long */
    boolean add(final int person, final Service service) {
        if (!lines.isEmpty() && plannedMinutes + service.minutes() > MOST_MINUTES) {
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
        lines.add(new Line(person, service));
        lines.sort(Comparator.comparingInt(line -> line.person));
        plannedMinutes += service.minutes();
        return true;
    }

    int[] services() {
        return lines.stream().mapToInt(line -> line.service.id()).toArray();
    }

    int[] quantities() {
        return lines.stream().mapToInt(line -> line.quantity).toArray();
    }

    int[] persons() {
        return lines.stream().mapToInt(line -> line.person).toArray();
    }

    private int[] distinctPersons() {
        return lines.stream().mapToInt(line -> line.person).distinct().toArray();
    }

    int[] legLines() {
        final int[] persons = distinctPersons();
        final int[] sets = new int[persons.length];
        for (int leg = 0; leg < persons.length; leg++) {
            for (int line = 0; line < lines.size(); line++) {
                sets[leg] |= lines.get(line).person == persons[leg] ? 1 << line : 0;
            }
        }
        return sets;
    }

    int[] legUnits() {
        final int[] persons = distinctPersons();
        final int[] units = new int[persons.length];
        for (int leg = 0; leg < persons.length; leg++) {
            int minutes = 0;
            for (final Line line : lines) {
                minutes += line.person == persons[leg] ? line.service.minutes() * line.quantity : 0;
            }
            units[leg] = (minutes + UNIT_MINUTES - 1) / UNIT_MINUTES;
        }
        return units;
    }

    int kinds() {
        return lines.stream().mapToInt(line -> Site.kinds(line.service)).reduce(0, (one, other) -> one | other);
    }

    double minutes() {
        return lines.stream().mapToDouble(line -> served.of(line.service) * line.quantity).sum();
    }

    boolean needsValidation() {
        return lines.stream().anyMatch(line -> line.service.validationRequired());
    }
}
