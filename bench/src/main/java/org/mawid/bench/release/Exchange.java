package org.mawid.bench.release;

import org.mawid.grpc.Result;

/**
 * What is sent once and answered once; a command that had no answer is sent again as it was, and is still the same. Filled by the thread
 * that decides, then by the transport's, then read by the one that decides: never by two at a time.
 */
final class Exchange {
    enum Kind {
        COUNTS, STARTS, HOLD, CONFIRM, RELEASE;

        boolean isRead() {
            return this == COUNTS || this == STARTS;
        }

        /** As figures and the history call it. */
        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

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
    private Figures figures;
    private long invokeNs;
    private long completeNs;
    private Result result;
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
    static Exchange read(final Kind kind, final String client, final long number, final Search search, final boolean isHttp, final long dueNs, final Actor actor) {
        final Exchange exchange = new Exchange(kind, actor, isHttp, dueNs);
        exchange.client = client;
        exchange.clientNumber = number;
        exchange.search = search;
        return exchange;
    }

    static Exchange hold(final Applicant applicant, final Visit visit, final boolean issueStamps, final long dueNs, final Actor actor) {
        final Exchange exchange = new Exchange(Kind.HOLD, actor, applicant.isHttp(), dueNs);
        exchange.applicant = applicant;
        exchange.client = applicant.name();
        exchange.visit = visit;
        exchange.issueStamps = issueStamps;
        return exchange;
    }

    /** @param hold its reference */
    static Exchange confirm(final Applicant applicant, final String hold, final boolean issueStamps, final long dueNs, final Actor actor) {
        final Exchange exchange = new Exchange(Kind.CONFIRM, actor, applicant.isHttp(), dueNs);
        exchange.applicant = applicant;
        exchange.client = applicant.name();
        exchange.hold = hold;
        exchange.issueStamps = issueStamps;
        return exchange;
    }

    /** @param hold its reference */
    static Exchange release(final Applicant applicant, final String hold, final long dueNs, final Actor actor) {
        final Exchange exchange = new Exchange(Kind.RELEASE, actor, applicant.isHttp(), dueNs);
        exchange.applicant = applicant;
        exchange.client = applicant.name();
        exchange.hold = hold;
        return exchange;
    }

    /** As {@link #release}, in the end and by another client: the one that held may still wait for an answer. */
    static Exchange giveBack(final Applicant applicant, final String hold, final long dueNs, final Actor actor) {
        final Exchange exchange = release(applicant, hold, dueNs, actor);
        exchange.client = applicant.name() + "-settling";
        return exchange;
    }

    /** Before it is sent for the first time. @param createdMs wall time, ms since 1970-01-01 UTC */
    void sending(final long high, final long low, final long newCreatedMs, final long nowNs, final Figures into) {
        idHigh = high;
        idLow = low;
        createdMs = newCreatedMs;
        invokeNs = nowNs;
        figures = into;
    }

    // ---- what is asked

    Kind kind() {
        return kind;
    }

    Actor actor() {
        return actor;
    }

    boolean isHttp() {
        return isHttp;
    }

    long dueNs() {
        return dueNs;
    }

    Search search() {
        return search;
    }

    Applicant applicant() {
        return applicant;
    }

    Visit visit() {
        return visit;
    }

    /** As in the history: who does one thing at a time. */
    String client() {
        return client;
    }

    /** Behind the client's name, where it has one: ≥ 0. */
    long clientNumber() {
        return clientNumber;
    }

    /** Reference of the hold that is to be confirmed or given back. */
    String hold() {
        return hold;
    }

    boolean issueStamps() {
        return issueStamps;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    long createdMs() {
        return createdMs;
    }

    Figures figures() {
        return figures;
    }

    /** Just before it was sent for the first time, {@link System#nanoTime()}. */
    long invokeNs() {
        return invokeNs;
    }

    // ---- the answer

    /** @param newResult null: none came, and it may have been done or not */
    void answer(final Result newResult, final long newDetail) {
        completeNs = System.nanoTime();
        result = newResult;
        detail = newDetail;
    }

    /** Of a hold or confirmation that was done. */
    void made(final String reference, final long newUntilMs, final long newNowMs, final int stampCount) {
        made = reference;
        untilMs = newUntilMs;
        nowMs = newNowMs;
        stamps = stampCount;
        answer(Result.OK, 0);
    }

    /** Of a read. @param unchanged the server said that what we have still holds */
    void found(final Found newFound, final boolean unchanged) {
        found = newFound;
        isUnchanged = unchanged;
        answer(Result.OK, 0);
    }

    /** When the answer had come, {@link System#nanoTime()}. */
    long completeNs() {
        return completeNs;
    }

    /** Null: nobody knows. */
    Result result() {
        return result;
    }

    boolean isDone() {
        return result == Result.OK;
    }

    /** True as long as what became of it is not known. */
    boolean isUnknown() {
        return result == null || result == Result.PENDING;
    }

    /** What the refusal says, as an instant in ms since 1970-01-01 UTC; else 0. */
    long detail() {
        return detail;
    }

    /** Reference of the hold or appointment. */
    String made() {
        return made;
    }

    /** Until when the hold is kept, log time. */
    long untilMs() {
        return untilMs;
    }

    /** Log time of the answer. */
    long nowMs() {
        return nowMs;
    }

    int stamps() {
        return stamps;
    }

    boolean isUnchanged() {
        return isUnchanged;
    }

    Found found() {
        return found;
    }
}
