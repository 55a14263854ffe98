package org.mawid.engine.testkit;

import java.util.List;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.AccessedKind;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.Channel;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.ScanState;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.TicketEnd;

/** One command in words: the schema's message as a record, so that it prints, compares and is made in one line. */
public sealed interface Command {
    Request request();

    /** Who asks. All fields as in the composite of the schema. */
    record Request(long deadlineMs, long idHigh, long idLow, long createdMs, long sequence, long actor, long onBehalfOf,
                   long clientId, Channel channel) {
        public static final Request NOBODY = new Request(0, 0, 0, 0, 0, 0, 0, 0, Channel.SYSTEM);

        public Request withDeadlineMs(final long changed) {
            return new Request(changed, idHigh, idLow, createdMs, sequence, actor, onBehalfOf, clientId, channel);
        }

        public Request withCreatedMs(final long changed) {
            return new Request(deadlineMs, idHigh, idLow, changed, sequence, actor, onBehalfOf, clientId, channel);
        }

        public Request withActor(final long changed) {
            return new Request(deadlineMs, idHigh, idLow, createdMs, sequence, changed, onBehalfOf, clientId, channel);
        }

        public Request withChannel(final Channel changed) {
            return new Request(deadlineMs, idHigh, idLow, createdMs, sequence, actor, onBehalfOf, clientId, changed);
        }

        public Request withClient(final long client, final long number) {
            return new Request(deadlineMs, idHigh, idLow, createdMs, number, actor, onBehalfOf, client, channel);
        }
    }

    /** The rules of {@code SetRules}, field by field. */
    record Rules(long holdTtlMs, long holdBudgetRefillMs, long validationTtlMs, long rememberMs, long createdSkewMs,
                 long checkInEarlyMs, long noShowGraceMs, long retainMs, long maxApplications, long maxLines, long maxPersons,
                 long maxAppointments, long maxHolds, long maxLegs, long maxStamps, long maxDays, long maxRequests, long maxClients,
                 long maxChanges, int horizonDays, int expiredPerTick, int holdsPerPerson, int holdBudget, int openLinesPerPerson,
                 int reschedulesPerAppointment) {
        private static final long SECOND = 1_000;
        private static final long DAY = 86_400_000;

        /** What is in force before the first SetRules: the defaults that the schema names. */
        public static final Rules DEFAULT = new Rules(600 * SECOND, 600 * SECOND, 90 * DAY, DAY, 60 * SECOND, DAY / 6, 900 * SECOND,
                30 * DAY, 12_000_000, 24_000_000, 12_000_000, 12_000_000, 2_000_000, 24_000_000, 24_000_000, 1_000_000, 4_194_304,
                65_536, 4_096, 420, 16, 2, 8, 16, 3);

        public Rules withRetainMs(final long ms) {
            return new Rules(holdTtlMs, holdBudgetRefillMs, validationTtlMs, rememberMs, createdSkewMs, checkInEarlyMs, noShowGraceMs, ms,
                    maxApplications, maxLines, maxPersons, maxAppointments, maxHolds, maxLegs, maxStamps, maxDays, maxRequests, maxClients,
                    maxChanges, horizonDays, expiredPerTick, holdsPerPerson, holdBudget, openLinesPerPerson, reschedulesPerAppointment);
        }
    }

    /** One line that is asked for. */
    record LineAsked(long personKey, int serviceId, int registeredPostId, int quantity, AgeBand ageBand, Priority priority,
                     boolean representative) {
    }

    /** One leg of a visit. {@code lines}: bit i = line i. */
    record Leg(int deskId, int lines, int epochDay, int startUnit, int units) {
    }

    /** Units of a day with one capacity. */
    record Run(int startUnit, int units, int capacity, int withheld) {
    }

    /** Places of a day that are kept for a class until an instant, 0 = for good. Since core version 6. */
    record Quota(int startUnit, int units, QuotaClass quotaClass, int places, long spillMs) {
    }

    /** Places of a day that are beyond the counters, until those that nobody has taken are withdrawn; 0 = for good. Since core version 7. */
    record Overbooked(int startUnit, int units, int places, long untilMs) {
    }

    /** A day as published or staged. */
    record DayPlan(int poolId, int epochDay, long startMs, long releasedAtMs, int unitCount, int alignUnits, List<Run> runs, List<Quota> quotas, List<Overbooked> overbooked) {
        /** Nothing is kept, and nothing beyond the counters. */
        public DayPlan(final int poolId, final int epochDay, final long startMs, final long releasedAtMs, final int unitCount, final int alignUnits, final List<Run> runs) {
            this(poolId, epochDay, startMs, releasedAtMs, unitCount, alignUnits, runs, List.of());
        }

        public DayPlan(final int poolId, final int epochDay, final long startMs, final long releasedAtMs, final int unitCount, final int alignUnits, final List<Run> runs, final List<Quota> quotas) {
            this(poolId, epochDay, startMs, releasedAtMs, unitCount, alignUnits, runs, quotas, List.of());
        }

        public DayPlan withQuotas(final List<Quota> kept) {
            return new DayPlan(poolId, epochDay, startMs, releasedAtMs, unitCount, alignUnits, runs, kept, overbooked);
        }

        public DayPlan withOverbooked(final List<Overbooked> beyond) {
            return new DayPlan(poolId, epochDay, startMs, releasedAtMs, unitCount, alignUnits, runs, quotas, beyond);
        }
    }

    /** A part of a tariff. */
    record Component(Beneficiary beneficiary, long amountCentimes) {
    }

    record Tick(Request request) implements Command {
    }

    record SetCoreVersion(Request request, int coreVersion) implements Command {
    }

    record SetRules(Request request, Rules rules) implements Command {
    }

    record Retire(Request request, List<Long> applications) implements Command {
    }

    record DefinePost(Request request, int postId, String code, String currency, int minorDigits, int roundToMinor)
            implements Command {
    }

    record DefinePool(Request request, int poolId, int postId, PoolKind kind, String code) implements Command {
    }

    record DefineService(Request request, int serviceId, int durationMinutes, String code, ServiceScope scope,
                         boolean validationRequired, boolean appointmentRequired, boolean urgent, int resourceKinds, int quantityMax)
            implements Command {
    }

    record SetDeskService(Request request, int deskId, int serviceId, boolean serves) implements Command {
    }

    record SetTariff(Request request, int serviceId, long version, long validFromMs, List<Component> components) implements Command {
    }

    record SetRate(Request request, int postId, long microMadPerUnit) implements Command {
    }

    /** Since core version 4. */
    record SetFeeTime(Request request, int serviceId, FeeTime feeTime) implements Command {
    }

    /** @param kinds a set, bit k = DocumentKind k. Since core version 9. */
    record SetServiceDocuments(Request request, int serviceId, long kinds, boolean validates) implements Command {
    }

    record PublishDay(Request request, DayPlan day) implements Command {
    }

    record SetCapacity(Request request, int poolId, int epochDay, int startUnit, int units, int capacity, int withheld)
            implements Command {
    }

    record BeginChange(Request request, int postId) implements Command {
    }

    record AddToChange(Request request, long changeId, DayPlan day) implements Command {
    }

    record ApplyChange(Request request, long changeId, long expectedVersion) implements Command {
    }

    record AbandonChange(Request request, long changeId) implements Command {
    }

    record SubmitApplication(Request request, long applicant, int postId, List<LineAsked> lines) implements Command {
    }

    record ValidateLines(Request request, long applicationId, int lines) implements Command {
    }

    record RejectLines(Request request, long applicationId, int lines, long reasonHash, int reasonCode) implements Command {
    }

    record WithdrawLines(Request request, long applicationId, int lines) implements Command {
    }

    record SendMessage(Request request, long applicationId, long textHash, int postId, int topicCode, MessageWriter writer) implements Command {
    }

    /** @param bytes 1 to 4 294 967 295 @param lines a set, bit 0 is the first @param type null = an unknown value, as {@code scan} @param kind null = the block ends before it, as before schema version 9 */
    record RecordDocument(Request request, long applicationId, long hash, long bytes, int lines, int pages, DocumentType type, ScanState scan, DocumentKind kind) implements Command {
        /** As before schema version 9. */
        public RecordDocument(final Request request, final long applicationId, final long hash, final long bytes, final int lines, final int pages, final DocumentType type, final ScanState scan) {
            this(request, applicationId, hash, bytes, lines, pages, type, scan, null);
        }
    }

    /** @param kinds a set, bit k = DocumentKind k @param lines a set, bit 0 is the first. Since core version 9, as the next two. */
    record AskForDocuments(Request request, long applicationId, long textHash, long kinds, int lines, int reasonCode) implements Command {
    }

    record ResubmitLines(Request request, long applicationId, int lines) implements Command {
    }

    record AssignApplication(Request request, long applicationId, long forMs, boolean takesOver) implements Command {
    }

    /** @param leftOut 0 to 4 294 967 295, as {@code reasonCode} @param targetKind null = an unknown value, as {@code verdict} */
    record RecordAccess(Request request, long targetId, long detail, long address, long leftOut, int operation, long reasonCode, AccessedKind targetKind, AccessVerdict verdict)
            implements Command {
    }

    record Hold(Request request, long applicationId, boolean issueStamps, List<Leg> legs) implements Command {
    }

    record Confirm(Request request, long holdId, boolean issueStamps) implements Command {
    }

    record Release(Request request, long holdId) implements Command {
    }

    record Reschedule(Request request, long appointmentId, List<Leg> legs) implements Command {
    }

    /** Since core version 6. */
    record ImportVisit(Request request, long applicationId, List<Leg> legs) implements Command {
    }

    record ConfirmAttendance(Request request, long appointmentId) implements Command {
    }

    record Cancel(Request request, long appointmentId) implements Command {
    }

    record CheckIn(Request request, long appointmentId) implements Command {
    }

    record Call(Request request, long appointmentId, int counter) implements Command {
    }

    record Serve(Request request, long appointmentId, int fulfilled) implements Command {
    }

    record MarkNoShow(Request request, long appointmentId) implements Command {
    }

    record WalkIn(Request request, long applicationId, long applicant, int deskId, int epochDay, int served, boolean issueStamps,
                  List<LineAsked> lines) implements Command {
    }

    record IssueStamps(Request request, long applicationId, int lines, int postId) implements Command {
    }

    record VoidStamp(Request request, long stampId) implements Command {
    }

    /** What came with core version 3: payments, what becomes of stamps, settlement, breaks. */
    sealed interface Money extends Command {
    }

    record StartPayment(Request request, long applicationId, long terminalId, int epochDay, int postId, PaymentMeans means,
                        List<Long> stamps) implements Money {
    }

    record RecordCounterReceipt(Request request, long applicationId, long amountMinor, int epochDay, int postId, String currency,
                                List<Long> stamps) implements Money {
    }

    record RecordApproval(Request request, long paymentId, long amountMinor, String transaction, String authorisationCode, String scheme,
                          int lastFour, String currency) implements Money {
    }

    record RecordFailure(Request request, long paymentId, int reasonCode, PaymentState outcome) implements Money {
    }

    record MarkInDoubt(Request request, long paymentId) implements Money {
    }

    record AskPerson(Request request, long paymentId, int reasonCode) implements Money {
    }

    record RecordChargeBack(Request request, long paymentId, long amountMinor, String currency) implements Money {
    }

    record AllocatePayment(Request request, long paymentId, long applicationId, List<Long> stamps) implements Money {
    }

    record ConsumeStamp(Request request, long stampId, long applicationId, int epochDay, int postId, int line) implements Money {
    }

    record ReuseStamp(Request request, long stampId, long applicationId, int line) implements Money {
    }

    record Propose(Request request, long stampId, long reasonHash, int epochDay, int reasonCode, StampMatter matter) implements Money {
    }

    record Decide(Request request, long stampId, long reasonHash, int epochDay, int reasonCode, StampMatter matter, boolean approved)
            implements Money {
    }

    record RecordRefund(Request request, long stampId, long amountMinor, String transaction, String currency) implements Money {
    }

    record DefineTerminal(Request request, long terminalId, int postId, String code, boolean enabled) implements Money {
    }

    record CloseBatch(Request request, long paidMinor, long undoneMinor, long terminalId, long paidCount, long undoneCount, int epochDay,
                      int postId, PaymentMeans means, String currency) implements Money {
    }

    record RecordSettlement(Request request, long batchId, long paymentId, long breakId, long grossMinor, long commissionMinor,
                            long madNetCentimes, long entryHash, int valueDay, String currency) implements Money {
    }

    /** Since core version 4. */
    record RecordReturnSettlement(Request request, long returnId, long breakId, long grossMinor, long commissionMinor, long madNetCentimes, long entryHash,
                                  int valueDay, String currency) implements Money {
    }

    /** Since core version 6. One stamp of an older system. */
    record EarlierStamp(int line, long amountCentimes, long localMinor, long microMadPerUnit, long issuedMs) {
    }

    /** Since core version 6. @param transaction empty = unpaid */
    record ImportStamps(Request request, long applicationId, int paidDay, int postId, String currency, String transaction, String earlierMeans,
                        List<EarlierStamp> stamps) implements Money {
    }

    record OpenBreak(Request request, long key, long paymentId, long batchId, long ourMinor, long theirMinor, long detailHash, int postId,
                     String currency, BreakType breakType) implements Money {
    }

    record AssignBreak(Request request, long breakId, long owner) implements Money {
    }

    record ResolveBreak(Request request, long breakId, long reasonHash, int reasonCode) implements Money {
    }

    /** The rules of {@code SetStampRules}, field by field. */
    record StampRules(long pendingMs, long lapseMs, long validityMs, long maxPayments, long maxBreaks) {
        /** What is in force before the first SetStampRules: the defaults that the schema names. */
        public static final StampRules DEFAULT = new StampRules(600_000, 180 * 86_400_000L, 730 * 86_400_000L, 24_000_000, 1_000_000);
    }

    record SetStampRules(Request request, StampRules rules) implements Money {
    }

    /** What came with core version 5: what a post tells of the time when its link was down. */
    sealed interface Offline extends Command {
    }

    record RecordVisit(Request request, long appointmentId, long atMs, int ticket, int fulfilled, AppointmentState state, int counter) implements Offline {
    }

    record RecordWalkIn(Request request, long applicationId, long applicant, long atMs, int postId, int ticket, int lineSet, int fulfilled, int counter,
                        boolean issueStamps, List<LineAsked> lines) implements Offline {
    }

    record RecordConsumption(Request request, long stampId, long applicationId, long atMs, int epochDay, int postId, int line) implements Offline {
    }

    /** What came with core version 5: closures, and offers to those who lose their visits by them. */
    sealed interface Displacement extends Command {
    }

    /** @param poolId 0 = all of the post */
    record CloseDays(Request request, int postId, int poolId, long fromMs, long toMs, int capacity, long reasonHash, int reasonCode) implements Displacement {
    }

    record ReopenDays(Request request, long closureId) implements Displacement {
    }

    record AcceptPosts(Request request, long applicationId, List<Integer> posts) implements Displacement {
    }

    record ChooseAnother(Request request, long holdId, List<Leg> legs) implements Displacement {
    }

    /** The rules of {@code SetOfferRules}, field by field. */
    record OfferRules(long offerTtlMs, long noticeMs, int searchDays, int offersEach) {
        /** What is in force before the first SetOfferRules: the defaults that the schema names. */
        public static final OfferRules DEFAULT = new OfferRules(172_800_000, 7_200_000, 120, 3);
    }

    record SetOfferRules(Request request, OfferRules rules) implements Displacement {
    }

    /** What came with core version 6: tickets, and who is called next. */
    sealed interface Hall extends Command {
    }

    record CallNext(Request request, int counter, List<Integer> desks) implements Hall {
    }

    record Recall(Request request, long ticketId) implements Hall {
    }

    record Park(Request request, long ticketId) implements Hall {
    }

    record Unpark(Request request, long ticketId) implements Hall {
    }

    record TransferTicket(Request request, long ticketId, int deskId) implements Hall {
    }

    /** @param deskId 0 = where the fewest wait */
    record TakeTicket(Request request, int epochDay, int postId, int deskId, int serviceId, Priority priority) implements Hall {
    }

    record EndTicket(Request request, long ticketId, TicketEnd end) implements Hall {
    }

    /** The rules of {@code SetHallRules}, field by field. */
    record HallRules(long lateAfterMs, long latePenaltyMs, long overflowDelayMs, long pickUpDelayMs, long priorityAheadMs, long callGraceMs, long parkMs, long keepMs,
                     long maxTickets, int recallsMost) {
        private static final long MINUTE = 60_000;

        /** What is in force before the first SetHallRules: the defaults that the schema names. */
        public static final HallRules DEFAULT = new HallRules(10 * MINUTE, 20 * MINUTE, 30 * MINUTE, 0, 30 * MINUTE, 5 * MINUTE, 30 * MINUTE, 960 * MINUTE, 1_000_000, 3);
    }

    record SetHallRules(Request request, HallRules rules) implements Hall {
    }

    /** What came with core version 7: waiting by one's own wish, and cooling of what is given back. */
    sealed interface Waiting extends Command {
    }

    /** @param appointmentId 0 = the lines wait at the post */
    record JoinWaitlist(Request request, long applicationId, long appointmentId, int fromEpochDay, int toEpochDay, int lines, int postId) implements Waiting {
    }

    record LeaveWaitlist(Request request, long waiterId) implements Waiting {
    }

    /** The rules of {@code SetWaitlistRules}, field by field. */
    record WaitlistRules(long offerTtlMs, long noticeMs, long coolingLeadMs, long maxWaiters, long maxCoolings, int entriesEach, int offersEach, int spentEach) {
        /** What is in force before the first SetWaitlistRules: the defaults that the schema names. */
        public static final WaitlistRules DEFAULT = new WaitlistRules(14_400_000, 7_200_000, 7_200_000, 1_000_000, 1_000_000, 3, 2, 4);
    }

    record SetWaitlistRules(Request request, WaitlistRules rules) implements Waiting {
    }

    record EndCoolingAt(Request request, long coolingId, long delayMs) implements Waiting {
    }

    record SetCooling(Request request, int serviceId, long minMs, long maxMs) implements Waiting {
    }

    /** 32 bytes as four numbers, the first byte highest. */
    record Words(long word1, long word2, long word3, long word4) {
    }

    record CommitCoolingSecret(Request request, long era, Words hash) implements Waiting {
    }

    record RevealCoolingSecret(Request request, long era, Words secret) implements Waiting {
    }
}
