package org.mawid.api.schedule;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A schedule that cannot be meant. Nothing was sent. */
public final class ScheduleMistakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param where as {@code pools[0].weekly[1].close} or {@code line 12}, empty = all of it */
    public record Mistake(String where, String what) {
        @Override
        public String toString() {
            return where.isEmpty() ? what : where + ": " + what;
        }
    }

    private final transient List<Mistake> mistakes;
    private final int total;

    ScheduleMistakenException(final List<Mistake> mistakes, final int total) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n  ", "the schedule has " + total + " mistakes:\n  ",
                total > mistakes.size() ? "\n  and " + (total - mistakes.size()) + " more" : "")));
        this.mistakes = mistakes;
        this.total = total;
    }

    ScheduleMistakenException mapped(final UnaryOperator<Mistake> mapping) {
        return new ScheduleMistakenException(mistakes.stream().map(mapping).toList(), total);
    }

    /** All of them, told or not. */
    public int total() {
        return total;
    }

    /** The first hundred. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
