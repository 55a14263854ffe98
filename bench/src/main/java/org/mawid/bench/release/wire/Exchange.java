package org.mawid.bench.release.wire;

import java.util.EnumSet;
import java.util.Set;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Visit;
import org.mawid.grpc.Result;

/**
 * What is sent once and answered once; a command that had no answer is sent again as it was, and is still the same. Filled by the thread
 * that decides, then by the transport's, then read by the one that decides: never by two at a time.
 */
public final class Exchange {
    public enum Kind {
        COUNTS, STARTS, HOLD, CONFIRM, RELEASE;

        public boolean isRead() {
            return this == COUNTS || this == STARTS;
        }

        /** As figures and the history call it. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Of a command that took no position. */
    private static final Set<Result> NOT_ADMITTED = EnumSet.of(Result.UNAVAILABLE, Result.STORAGE_FULL, Result.DEADLINE_EXCEEDED);

    private final Kind kind;
    private final Actor actor;
    private final boolean isHttp;
    private final long dueNs;
    private String client;
    private long clientNumber = -1;
    private Search search;
    private Applicant applicant;
    private Visit visit;
    private String hold = "";
    private boolean issueStamps;
    private long idHigh;
    private long idLow;
    private long createdMs;
    private Tally tally;
    private long invokeNs;
    private long completeNs;
    private Result result;
    private boolean wasUnknown;
    private long detail;
    private String made = "";
    private long untilMs;
    private long nowMs;
    private int stamps;
    private boolean isUnchanged;
    private Found found = Found.NOTHING;

    private Exchange(final Kind kind, final Actor actor, final boolean isHttp, final long dueNs) {
        this.kind = kind;
        this.actor = actor;
        this.isHttp = isHttp;
        this.dueNs = dueNs;
    }

    /**
     * A look at a page.
     *
     * @param kind   COUNTS or STARTS
     * @param client who looks; with {@code number} behind it unless that is negative: one that looks once needs no name made for it
     * @param dueNs  from when its latency counts, {@link System#nanoTime()}
     */
    public static Exchange read(final Kind kind, final String client, final long number, final Search search, final boolean isHttp, final long dueNs, final Actor actor) {
        final Exchange exchange = new Exchange(kind, actor, isHttp, dueNs);
        exchange.client = client;
        exchange.clientNumber = number;
        exchange.search = search;
        return exchange;
    }

    public static Exchange hold(final Applicant applicant, final Visit visit, final boolean issueStamps, final long dueNs, final Actor actor) {
        final Exchange exchange = new Exchange(Kind.HOLD, actor, applicant.isHttp(), dueNs);
        exchange.applicant = applicant;
        exchange.client = applicant.name();
        exchange.visit = visit;
        exchange.issueStamps = issueStamps;
        return exchange;
    }

    /** @param hold its reference */
    public static Exchange confirm(final Applicant applicant, final String hold, final boolean issueStamps, final long dueNs, final Actor actor) {
        final Exchange exchange = new Exchange(Kind.CONFIRM, actor, applicant.isHttp(), dueNs);
        exchange.applicant = applicant;
        exchange.client = applicant.name();
        exchange.hold = hold;
        exchange.issueStamps = issueStamps;
        return exchange;
    }

    /** @param hold its reference */
    public static Exchange release(final Applicant applicant, final String hold, final long dueNs, final Actor actor) {
        final Exchange exchange = new Exchange(Kind.RELEASE, actor, applicant.isHttp(), dueNs);
        exchange.applicant = applicant;
        exchange.client = applicant.name();
        exchange.hold = hold;
        return exchange;
    }

    /** As {@link #release}, in the end and by another client: the one that held may still wait for an answer. */
    public static Exchange giveBack(final Applicant applicant, final String hold, final long dueNs, final Actor actor) {
        final Exchange exchange = release(applicant, hold, dueNs, actor);
        exchange.client = applicant.name() + "-settling";
        return exchange;
    }

    /** Before it is sent for the first time. @param createdMs wall time, ms since 1970-01-01 UTC */
    public void sending(final long high, final long low, final long newCreatedMs, final long nowNs, final Tally into) {
        idHigh = high;
        idLow = low;
        createdMs = newCreatedMs;
        invokeNs = nowNs;
        tally = into;
    }

    // ---- what is asked

    public Kind kind() {
        return kind;
    }

    public Actor actor() {
        return actor;
    }

    public boolean isHttp() {
        return isHttp;
    }

    public long dueNs() {
        return dueNs;
    }

    public Search search() {
        return search;
    }

    public Applicant applicant() {
        return applicant;
    }

    public Visit visit() {
        return visit;
    }

    /** As in the history: who does one thing at a time. */
    public String client() {
        return client;
    }

    /** Behind the client's name, where it has one: ≥ 0. */
    public long clientNumber() {
        return clientNumber;
    }

    /** Reference of the hold that is to be confirmed or given back. */
    public String hold() {
        return hold;
    }

    boolean issueStamps() {
        return issueStamps;
    }

    public long idHigh() {
        return idHigh;
    }

    public long idLow() {
        return idLow;
    }

    long createdMs() {
        return createdMs;
    }

    /** Where it counts. */
    public Tally tally() {
        return tally;
    }

    /** Just before it was sent for the first time, {@link System#nanoTime()}. */
    public long invokeNs() {
        return invokeNs;
    }

    // ---- the answer

    /** @param newResult null: none came, and it may have been done or not */
    public void answer(final Result newResult, final long newDetail) {
        completeNs = System.nanoTime();
        result = newResult;
        detail = newDetail;
        wasUnknown |= newResult == null || newResult == Result.PENDING;
    }

    /** Of a hold or confirmation that was done. */
    public void made(final String reference, final long newUntilMs, final long newNowMs, final int stampCount) {
        made = reference;
        untilMs = newUntilMs;
        nowMs = newNowMs;
        stamps = stampCount;
        answer(Result.OK, 0);
    }

    /** Of a read. @param unchanged the server said that what we have still holds */
    public void found(final Found newFound, final boolean unchanged) {
        found = newFound;
        isUnchanged = unchanged;
        answer(Result.OK, 0);
    }

    /** When the answer had come, {@link System#nanoTime()}. */
    public long completeNs() {
        return completeNs;
    }

    /** Null: nobody knows. */
    public Result result() {
        return result;
    }

    public boolean isDone() {
        return result == Result.OK;
    }

    /** True as long as what became of it is not known: also when it was sent again and not admitted, for it may have been the first time. */
    public boolean isUnknown() {
        return result == null || result == Result.PENDING || wasUnknown && NOT_ADMITTED.contains(result);
    }

    /** What the refusal says, as an instant in ms since 1970-01-01 UTC; else 0. */
    public long detail() {
        return detail;
    }

    /** Reference of the hold or appointment. */
    public String made() {
        return made;
    }

    /** Until when the hold is kept, log time. */
    public long untilMs() {
        return untilMs;
    }

    /** Log time of the answer. */
    public long nowMs() {
        return nowMs;
    }

    public int stamps() {
        return stamps;
    }

    public boolean isUnchanged() {
        return isUnchanged;
    }

    public Found found() {
        return found;
    }
}
