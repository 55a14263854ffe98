package org.mawid.api.gateway;

import java.util.ArrayList;
import java.util.List;
import org.mawid.sbe.Result;

/**
 * What became of one command, as the edge has it. The numbers are the core's: show them through {@link References}.
 *
 * @param position in the log, 0 when it took none
 * @param nowMs    log time of that position, ms since 1970-01-01 UTC, 0 when the core was not asked
 * @param repeated this request id had been answered before, and this is that answer
 */
public record Answer(CommandTemplate template, Result result, long position, long nowMs, boolean repeated, long number1, long number2, long number3) {
    /** An answer that the edge gives by itself. */
    public static Answer local(final CommandTemplate template, final Result result) {
        return new Answer(template, result, 0, 0, false, 0, 0, 0);
    }

    /** As {@link #local(CommandTemplate, Result)}, UNAVAILABLE. */
    static Answer unavailable(final CommandTemplate template, final Cause cause) {
        return new Answer(template, Result.UNAVAILABLE, 0, 0, false, cause.number(), 0, 0);
    }

    /** True for everything that is not a refusal. */
    public boolean isDone() {
        return result == Result.OK || result == Result.OVERFLOW;
    }

    /** Reference of what the command made, empty when nothing. */
    public String reference(final References references) {
        return isDone() && template.made() != null ? references.text(template.made(), number1) : "";
    }

    /** References of the stamps that the command issued, in order of line. */
    public List<String> stamps(final References references) {
        final int count = isDone() ? template.stampCount(number2, number3) : 0;
        if (count == 0) {
            return List.of();
        }
        final long first = template.firstStamp(number1, number3);
        final List<String> stamps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            stamps.add(references.text(ReferenceKind.STAMP, first + i));
        }
        return stamps;
    }
}
