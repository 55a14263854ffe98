package org.mawid.engine.core;

/** What {@link EngineCore#dumpUnderWay} can tell: money that somebody still has to do something about, and visits. The messages are those of the schema. */
public enum UnderWay {
    /** PaymentRecord of each payment that is PENDING, IN_DOUBT or UNALLOCATED, those that wait for a person among them. Number: payment id. */
    PAYMENTS,
    /** BatchRecord of each batch that is not SETTLED. Number: batch id. */
    BATCHES,
    /** BreakRecord of each break that is open. Number: break id. */
    BREAKS,
    /** ReturnRecord of each return that is due. Number: return id. */
    RETURNS,
    /**
     * StampProposed for each proposal that nobody has decided, of the time at which it was made and without its reason; of a refund followed by
     * StampsChanged, which names the payment. Number: of no meaning outside.
     */
    PROPOSALS,
    /** StampRecord of each stamp whose refund is approved and not given back. Number: stamp id. */
    REFUNDS,
    /** AppointmentRecord of each appointment that begins less than four days before log time, or later. Number: appointment id. */
    VISITS,
    /** ApplicationRecord of each application with a line that is SUBMITTED or DOCUMENTS_NEEDED, then its ReviewRecord and its AcceptedPostsRecord, if it has any. Number: application id. */
    REVIEWS
}
