package org.mawid.engine.twin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.BatchState;
import org.mawid.sbe.BreakState;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;
import org.mawid.sbe.TicketState;
import org.mawid.sbe.WaiterState;

/** How much of everything the twin has, under the names of {@code Counts}. */
final class NaiveCounts {
    private NaiveCounts() {
    }

    static Map<String, Long> of(final NaiveEngine twin) {
        final Model model = twin.model();
        final Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("position", model.position);
        counts.put("skipped", twin.skipped());
        counts.put("posts", (long) model.posts.size());
        counts.put("pools", (long) model.pools.size());
        counts.put("services", (long) model.services.size());
        counts.put("days", (long) model.daysInUse());
        counts.put("changes.OPEN", (long) model.changes.size());
        counts.put("persons", (long) model.persons.size());
        counts.put("applications", (long) model.applications.size());
        counts.put("lines", (long) model.linesInUse);
        byState(LineState.values(), "lines.", counts);
        model.applications.values().forEach(each -> each.lines.forEach(line -> counts.merge("lines." + line.state, 1L, Long::sum)));
        counts.put("reviews", model.applications.values().stream().filter(each -> each.review != null).count());
        counts.put("reasons", model.applications.values().stream().mapToLong(each -> each.lines.stream().map(line -> line.reason).filter(Objects::nonNull).distinct().count()).sum());
        counts.put("holds", (long) model.holds.size());
        counts.put("legs", (long) model.legsInUse);
        counts.put("appointments", (long) model.appointments.size());
        byState(AppointmentState.values(), "appointments.", counts);
        counts.put("appointments.overflow", 0L);
        for (final Model.Appointment each : model.appointments.values()) {
            counts.merge("appointments." + each.state, 1L, Long::sum);
            counts.merge("appointments.overflow", each.visit.legs().isEmpty() ? 1L : 0L, Long::sum);
        }
        counts.put("stamps", (long) model.stamps.size());
        byState(StampState.values(), "stamps.", counts);
        model.stamps.values().forEach(each -> counts.merge("stamps." + each.state, 1L, Long::sum));
        counts.put("payments", (long) model.money.payments.size());
        byState(PaymentState.values(), "payments.", counts);
        model.money.payments.values().forEach(each -> counts.merge("payments." + each.state, 1L, Long::sum));
        byState(BatchState.values(), "batches.", counts);
        model.money.batches.values().forEach(each -> counts.merge("batches." + each.state, 1L, Long::sum));
        byState(BreakState.values(), "breaks.", counts);
        model.money.breaks.values().forEach(each -> counts.merge("breaks." + each.state, 1L, Long::sum));
        counts.put("returns.DUE", model.money.returns.values().stream().filter(MoneyModel.Return::isDue).count());
        counts.put("returns.SETTLED", model.money.returns.values().stream().filter(one -> !one.isDue()).count());
        counts.put("terminals", (long) model.money.terminals.size());
        counts.put("closures", (long) model.displacement.closures.size());
        byState(WaiterState.values(), "waiters.", counts);
        model.displacement.waiters.values().forEach(each -> counts.merge("waiters." + each.state, 1L, Long::sum));
        byState(TicketState.values(), "tickets.", counts);
        model.hall.tickets.values().forEach(each -> counts.merge("tickets." + each.state, 1L, Long::sum));
        counts.put("coolings", (long) model.cooling.runs.size());
        counts.put("requests", (long) twin.requests());
        counts.put("clients", (long) twin.clients());
        return counts;
    }

    private static void byState(final Enum<?>[] states, final String prefix, final Map<String, Long> counts) {
        for (final Enum<?> state : states) {
            if (!state.name().equals("SBE_UNKNOWN") && !state.name().equals("NULL_VAL")) {
                counts.put(prefix + state, 0L);
            }
        }
    }
}
