package org.mawid.api.overbooking;

import java.util.Locale;
import org.mawid.api.overbooking.Overbooking.Places;

/** What is added to a desk's day, or why nothing is, as a sentence that an officer reads: from which measurement, and what those who come wait for it. */
public final class OverbookingWords {
    private OverbookingWords() {
    }

    public static String of(final Places places, final Attendance measured, final OverbookingRule rule) {
        return switch (places.reason()) {
            case ADDED -> text("%s added to the day: of %,d visits measured %.1f %% were missed, %.1f %% surely; those who come to the worst start wait %.1f minutes on average, %.1f without",
                    places.visits() == 1 ? "1 visit" : places.visits() + " visits", measured.measured(), percent(measured.missedShare()), percent(measured.surelyMissedShare()), places.waitMinutes(),
                    places.usualWaitMinutes());
            case TOO_FEW_MEASURED -> text("nothing added: only %,d visits measured, %,d are needed", measured.measured(), Attendance.LEAST);
            case TOO_FEW_MISSED -> text("nothing added: of %,d visits measured %.1f %% were missed, %.1f %% surely, which is not one visit a day", measured.measured(), percent(measured.missedShare()),
                    percent(measured.surelyMissedShare()));
            case TOO_FEW_COUNTERS -> text("nothing added: %.0f %% of so few counters is not one", percent(rule.maxShare()));
            case TOO_LONG_A_WAIT -> text("nothing added: those who come to the worst start wait %.1f minutes on average without, and with one more some would wait over %d", places.usualWaitMinutes(),
                    rule.maxWaitMinutes());
        };
    }

    private static double percent(final double share) {
        return 100 * share;
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
