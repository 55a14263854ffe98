package org.mawid.api.schedule;

import java.util.List;
import java.util.stream.Collectors;

/** A schedule that cannot be meant. Nothing was sent. */
public final class ScheduleMistakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param where as {@code pools[0].weekly[1].close} or {@code line 12} */
    public record Mistake(String where, String what) {
        @Override
        public String toString() {
            return where + ": " + what;
        }
    }

    private final transient List<Mistake> mistakes;

    ScheduleMistakenException(final List<Mistake> mistakes, final int total) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n  ", "the schedule has " + total + " mistakes:\n  ",
                total > mistakes.size() ? "\n  and " + (total - mistakes.size()) + " more" : "")));
        this.mistakes = mistakes;
    }

    /** The first hundred. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
