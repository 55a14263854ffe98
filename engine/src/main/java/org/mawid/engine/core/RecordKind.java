package org.mawid.engine.core;

/** What {@link EngineCore#dump} can tell, and by which numbers it goes. The messages are those of the schema. */
public enum RecordKind {
    /** RulesSet, then StampRulesSet, OfferRulesSet, WaitlistRulesSet and HallRulesSet if they ever were. Number: 1. */
    RULES,
    /** PostRecord. Number: post id. */
    POSTS,
    /** PoolDefined, then one DeskServiceSet for each service that a desk serves. Number: pool id. */
    POOLS,
    /** ServiceDefined, then TariffSet for each version kept, older first, then FeeTimeSet unless its fee is paid at the post, then ServiceDocumentsSet and CoolingSet if they ever were. Number: service id. */
    SERVICES,
    /** ChangeRecord of each open change. Number: change id. */
    CHANGES,
    /** DayRecord of each day, live or staged by an open change; applied changes are told as merged. Number: of no meaning outside. */
    DAYS,
    /** ApplicationRecord with its lines. Number: application id. */
    APPLICATIONS,
    /** HoldRecord of each live hold, with its legs. Number: hold id. */
    HOLDS,
    /** AppointmentRecord with its legs. Number: appointment id. */
    APPOINTMENTS,
    /** StampRecord. Number: stamp id. */
    STAMPS,
    /** PaymentRecord with the stamps that it pays for. Number: payment id. */
    PAYMENTS,
    /** TerminalRecord. Number: terminal id. */
    TERMINALS,
    /** BatchRecord. Number: batch id. */
    BATCHES,
    /** BreakRecord, the resolved ones too. Number: break id. */
    BREAKS,
    /** ReturnRecord, the settled ones too. Number: return id. */
    RETURNS,
    /** BookRecord with each account that ever moved, by number of the account. Number: of no meaning outside. */
    BOOKS,
    /** ClosureRecord of each closure in force. Number: closure id. */
    CLOSURES,
    /** WaiterRecord. Number: waiter id. */
    WAITERS,
    /** AcceptedPostsRecord. Number: application id. */
    ACCEPTED_POSTS,
    /** TicketRecord of each that has not ended. Number: ticket id. */
    TICKETS,
    /** DeskPaceRecord of each desk at which a ticket was measured. Number: pool id. */
    DESK_PACES,
    /** ServiceTimeRecord of each service of which an act was measured. Number: service id. */
    SERVICE_TIMES,
    /** QuotaRecord of each day of which something is kept for channels, or was taken from that. As DAYS, and to be read behind them. */
    QUOTAS,
    /** CoolingRecord of each run that cools. Number: of the run. */
    COOLINGS,
    /** CoolingEraRecord of each secret that is not revealed. Number: the era. */
    COOLING_ERAS,
    /** OverbookedRecord of each day of which places are beyond the counters. As QUOTAS. */
    OVERBOOKED,
    /** ReviewRecord of each application that waits for an officer, or for documents, and of which there is more to say than since when it was submitted. Number: of no meaning outside. */
    REVIEWS
}
