package org.mawid.api.http;

import java.util.function.IntFunction;
import org.mawid.api.callcentre.CallCentre;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.notification.text.AppointmentCalendar;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.report.Reports;
import org.mawid.api.schedule.ScheduleDesk;
import org.mawid.api.terminal.engine.EngineTill;
import org.mawid.api.treasury.closing.Closings;
import org.mawid.api.treasury.reconciliation.Reconciliation;
import org.mawid.api.treasury.tariff.TariffRound;

/**
 * What both edges hand calls on to beside the engine. Any thread. Whoever made them closes them.
 *
 * @param payments       null = nothing is paid online
 * @param till           null = no terminals are spoken to
 * @param reconciliation null = no statement is taken
 * @param closings       null = there are none
 * @param reports        what is told of what happened
 * @param schedules      null = none are taken
 * @param places         where a mobile desk is, by its number; null from it = at its post
 * @param persons        null = no texts, documents and contacts are kept
 * @param callCentre     null = likewise
 * @param calendar       of appointments, for calendar programs; null = they are told none
 * @param capabilities   to see and take starts with; null = none is asked for
 */
public record Backends(OnlinePayments payments, EngineTill till, Reconciliation reconciliation, Closings closings, Reports reports, ScheduleDesk schedules, IntFunction<String> places, PersonalDesk persons,
                       CallCentre callCentre, AppointmentCalendar calendar, Capabilities capabilities) {
    /** An engine and nothing else. */
    public static final Backends NONE = new Backends(null, null, null, null, Reports.NONE, null, desk -> null, null, null, null, null);

    /** Null when there is no treasury whose prices could be told. */
    public TariffRound tariffs() {
        return payments == null ? null : payments.tariffs();
    }
}
