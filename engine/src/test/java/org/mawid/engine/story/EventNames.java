package org.mawid.engine.story;

import java.util.HashMap;
import java.util.Map;

/** Names of the schema's events by number. */
final class EventNames {
    private static final String[] ALL = {
        "CoreVersionSet", "RulesSet", "ApplicationRetired", "PostDefined", "PoolDefined", "ServiceDefined", "DeskServiceSet", "TariffSet",
        "RateSet", "FeeTimeSet", "DayPublished", "RoomChanged", "ChangeBegun", "DayStaged", "ChangeApplied", "ChangeAbandoned", "WithheldSet",
        "ApplicationSubmitted", "LinesDecided", "MessageSent", "DocumentRecorded", "DocumentKindRecorded", "DocumentsAsked", "ApplicationAssigned", "ReasonGiven", "AttendanceConfirmed", "ServiceDocumentsSet", "AccessRecorded", "Held", "Confirmed", "HoldReleased", "HoldExpired", "Rescheduled", "AppointmentChanged", "WalkedIn", "StampsIssued", "StampsTakenOver",
        "StampVoided", "StampsChanged", "PaymentStarted", "PaymentChanged", "StampProposed", "StampDecided", "Posted", "TerminalDefined", "BatchClosed",
        "BatchSettled", "BreakOpened", "BreakAssigned", "BreakResolved", "StampRulesSet", "ReturnOpened", "ReturnSettled", "DaysClosed", "ClosureInForce",
        "DaysReopened", "PostsAccepted", "WaitingBegun", "OfferMade", "NoRoomFound", "OfferLapsed", "WaitingEnded", "OfferRulesSet", "RecordedOffline",
        "TicketQueued", "TicketChanged", "TicketEnded", "HallRulesSet", "TimesMeasured", "QuotasSet", "QuotaChanged", "QuotaSpilled",
        "WaitlistJoined", "WaitingReduced", "WaitlistRulesSet", "CoolingBegun", "CoolingEnded", "CoolingDueSet", "CoolingSet", "CoolingEraChanged",
        "OverbookedSet", "OverbookedWithdrawn"};
    private static final Map<Integer, String> BY_NUMBER = new HashMap<>();

    static {
        for (final String name : ALL) {
            try {
                BY_NUMBER.put(Class.forName("org.mawid.sbe." + name + "Decoder").getField("TEMPLATE_ID").getInt(null), name);
            } catch (final ReflectiveOperationException e) {
                throw new IllegalStateException(name, e);
            }
        }
    }

    private EventNames() {
    }

    static String of(final int template) {
        return BY_NUMBER.getOrDefault(template, "template " + template);
    }
}
