package org.mawid.engine.kernel;

/** Numbers of the tables in snapshots and in the state hash. Never reused. Rows are described in the schema, under the name in brackets. */
public final class TableIds {
    /** One row (SystemRow), number 0. */
    public static final int SYSTEM = 1;
    /** One row (RulesRow), number 0. */
    public static final int RULES = 2;
    /** By post id (PostRow). */
    public static final int POSTS = 3;
    /** By pool id (PoolRow). */
    public static final int POOLS = 4;
    /** By service id (ServiceRow). */
    public static final int SERVICES = 5;
    /** By slot (ClientRow). */
    public static final int CLIENTS = 6;
    /** By order of arrival (RequestRow). */
    public static final int REQUESTS = 7;
    /** By slot (PersonRow). */
    public static final int PERSONS = 8;
    /** By number (ApplicationRow). */
    public static final int APPLICATIONS = 9;
    /** By number (LineRow). */
    public static final int LINES = 10;
    /** Heap (DeadlineRow) of the validity of applications. */
    public static final int VALIDITIES = 11;
    /** By slot (DayRow). */
    public static final int DAYS = 12;
    /** By number (ChangeRow). */
    public static final int CHANGES = 13;
    /** By number (HoldRow). */
    public static final int HOLDS = 14;
    /** Heap (DeadlineRow) of the deadlines of holds. */
    public static final int DEADLINES = 15;
    /** By slot (LegRow). */
    public static final int LEGS = 16;
    /** By number (AppointmentRow). */
    public static final int APPOINTMENTS = 17;
    /** By number (StampRow). */
    public static final int STAMPS = 18;
    /** By number (ChangeTimeRow). In no state hash: see {@link #isHashed}. */
    public static final int CHANGE_TIMES = 19;
    /** By number of the stamp (StampLifeRow). This one and those below are empty before core version 3, so that older snapshots keep their hash. */
    public static final int STAMP_LIVES = 20;
    /** By number (PaymentRow). */
    public static final int PAYMENTS = 21;
    /** Heap (DeadlineRow) of the deadlines of payments. */
    public static final int PAYMENT_DEADLINES = 22;
    /** By number of the application (ApplicationPaymentsRow). */
    public static final int APPLICATION_PAYMENTS = 23;
    /** By id (TerminalRow). */
    public static final int TERMINALS = 24;
    /** By number (BatchRow). */
    public static final int BATCHES = 25;
    /** By number (BreakRow). */
    public static final int BREAKS = 26;
    /** By slot (BookRow). */
    public static final int BOOKS = 27;
    /** By slot (ProposalRow). */
    public static final int PROPOSALS = 28;
    /** By order of leaving (TariffRow). */
    public static final int TARIFFS = 29;
    /** One row (StampRulesRow), number 0, once the rules were set. */
    public static final int STAMP_RULES = 30;
    /** One row (MoneyRow), number 0. */
    public static final int MONEY = 31;
    /** Grids of days by slot, one table for each multiple of 8 units: GRIDS + 1 for up to 8 units, ... GRIDS + 24 for 192. A unit is four bytes: capacity, booked, held, withheld. */
    public static final int GRIDS = 32;
    /** By number (ReturnRow). This one and those below are empty before core version 4. */
    public static final int RETURNS = 57;
    /** By number of the batch (BatchReturnsRow). */
    public static final int BATCH_RETURNS = 58;
    /** By id of the service (FeeTimeRow). */
    public static final int FEE_TIMES = 59;
    /** By number (ClosureRow). This one and those below are empty before core version 5. */
    public static final int CLOSURES = 60;
    /** By number (WaiterRow). */
    public static final int WAITERS = 61;
    /** By id of the post (QueueRow). */
    public static final int QUEUES = 62;
    /** By number of the application (AcceptedPostsRow). */
    public static final int ACCEPTED_POSTS = 63;
    /** One row (OfferRulesRow), number 0, once the rules were set. */
    public static final int OFFER_RULES = 64;
    /** One row (DisplacementRow), number 0, once there was a closure. */
    public static final int DISPLACEMENT = 65;
    /** By number (TicketRow). This one and those below are empty before core version 6. */
    public static final int TICKETS = 66;
    /** By id of the desk (HallDeskRow). */
    public static final int HALL_DESKS = 67;
    /** By id of the service (ServiceTimeRow). */
    public static final int SERVICE_TIMES = 68;
    /** One row (HallRow), number 0, once there was a ticket or the rules were set. */
    public static final int HALL = 69;
    /** One row (WaitlistRow), number 0, once it says anything. This one and the next four are empty before core version 7. */
    public static final int WAITLIST = 70;
    /** By number (CoolingRow). */
    public static final int COOLINGS = 71;
    /** Heap (DeadlineRow) of when they are due. */
    public static final int COOLING_DEADLINES = 72;
    /** By id of the service (CoolingServiceRow). */
    public static final int COOLING_SERVICES = 73;
    /** By number (CoolingEraRow). */
    public static final int COOLING_ERAS = 74;
    /** By id of the post (QueueViewRow). Empty before core version 7. */
    public static final int QUEUE_VIEWS = 85;
    /** By slot of the day (QuotaRow). This one and those below are empty before core version 6. */
    public static final int QUOTAS = 75;
    /** By slot (QuotaUnitsRow). */
    public static final int QUOTA_UNITS = 76;
    /** By slot (SpillRow). */
    public static final int SPILLS = 77;
    /** Heap (DeadlineRow) of stamps taken over by their issue, until they were looked at for their lapse. This one and the next are empty before core version 6. */
    public static final int EARLIER_LAPSES = 78;
    /** The same until they were looked at for their validity. */
    public static final int EARLIER_VALIDITIES = 79;

    /** By slot of the day (OverbookedRow). This one and the next are empty before core version 7. */
    public static final int OVERBOOKED = 100;
    /** By slot (OverbookedUnitsRow). */
    public static final int OVERBOOKED_UNITS = 101;
    /** By post and date (QueueDateRow). This one and the next are empty before core version 7. */
    public static final int QUEUE_DATES = 102;
    /** By number of the waiter (SearchedRow). */
    public static final int SEARCHED = 103;
    /** By id of the post (QueueSearchRow). Empty before core version 8. */
    public static final int QUEUE_SEARCHES = 104;
    /** By id of the service (ServiceDocumentsRow). This one and the next are empty before core version 9. */
    public static final int SERVICE_DOCUMENTS = 105;
    /** By slot (ReviewRow). */
    public static final int REVIEWS = 106;
    /** By slot (ReasonRow). Empty before core version 10. */
    public static final int REASONS = 107;

    private TableIds() {
    }

    /** Whether equal states must have equal rows of it. What came after snapshots that lack it, and decides no answer, is left out. */
    public static boolean isHashed(final int tableId) {
        return tableId != CHANGE_TIMES;
    }
}
