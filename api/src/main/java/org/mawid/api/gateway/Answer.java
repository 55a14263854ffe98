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
 * @param walkInTicket as {@link WalkInTicket} tells it
 */
public record Answer(CommandTemplate template, Result result, long position, long nowMs, boolean repeated, long number1, long number2, long number3, long walkInTicket) {
    /** An answer that the edge gives by itself. */
    public static Answer local(final CommandTemplate template, final Result result) {
        return new Answer(template, result, 0, 0, false, 0, 0, 0, 0);
    }

    /** As {@link #local(CommandTemplate, Result)}, UNAVAILABLE. */
    static Answer unavailable(final CommandTemplate template, final Cause cause) {
        return new Answer(template, Result.UNAVAILABLE, 0, 0, false, cause.number(), 0, 0, 0);
    }

    /**
     * Whether the same command is worth giving again: nothing was done, or nobody knows, or there may be room, or the right time, later. All else is a refusal of the matter, and stays one.
     *
     * <p>What follows for who gives it again: the core remembers what it has answered to a request id, a refusal for want of room too, and under the same id it says the same for as long as it
     * remembers. So first the same id again, which does nothing twice; and where the answer is a {@linkplain #isForWantOfRoom want of room} that it repeats, another id, which is right
     * only for a command that can be done once by its matter: a break by its key, a settlement or an approval by the state of its payment.
     */
    public boolean isWorthRepeating() {
        return isWorthRepeating(result);
    }

    /** As {@link #isWorthRepeating()}, of a result. */
    public static boolean isWorthRepeating(final Result result) {
        return switch (result) {
            case UNAVAILABLE, PENDING, DEADLINE_EXCEEDED, STORAGE_FULL, READ_MODEL_BEHIND, REQUEST_UNKNOWN, REQUEST_TOO_OLD, CREATED_IN_FUTURE, BREAKS_FULL, PAYMENTS_FULL -> true;
            default -> false;
        };
    }

    /** Whether a table of the core was full: it is larger after other rules, or emptier after what was in it was retired. */
    public boolean isForWantOfRoom() {
        return result == Result.BREAKS_FULL || result == Result.PAYMENTS_FULL;
    }

    /** True for everything that is not a refusal. */
    public boolean isDone() {
        return result == Result.OK || result == Result.OVERFLOW;
    }

    /** What is told beside the reference, see {@link CommandTemplate#detail}; of a refusal the first number. */
    public long detail() {
        return isDone() ? template.detail(number1, number2) : number1;
    }

    /** By which the hall knows the ticket that was given or called, 0 = none was. */
    public long ticketId() {
        return isDone() && template != null ? Math.max(template.ticketId(number3), walkInTicket) : 0;
    }

    /** Reference of what the command made, empty when nothing; of what a refusal has made too, which is a break. */
    public String reference(final References references) {
        if (template != null && template.opensBreak()) {
            return references.text(ReferenceKind.BREAK, number3);
        }
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
