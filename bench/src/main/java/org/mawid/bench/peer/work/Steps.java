package org.mawid.bench.peer.work;

/**
 * What one client asks for in one call, and what it was told: one step or a batch of them. Filled again for every call; one thread.
 * <p>An answer above 0 is what was made or changed, one of the constants below is why nothing was.
 */
public final class Steps {
    public static final byte HOLD = 1;
    public static final byte CONFIRM = 2;
    /** Of an appointment. */
    public static final byte CANCEL = 3;
    /** Of a hold. */
    public static final byte RELEASE = 4;

    /** One of the slots has no place left, or is none. */
    public static final long NO_ROOM = -1;
    public static final long NOT_VALIDATED = -2;
    public static final long UNKNOWN = -3;
    /** The hold or the appointment has ended before. */
    public static final long ENDED = -4;
    /** Nothing was done, and nothing was remembered: to be asked again. */
    public static final long NOT_ADMITTED = -5;

    public final byte[] kind;
    public final int[] application;
    /** The hold or the appointment, of all but {@link #HOLD}. */
    public final long[] visit;
    public final int[] day;
    public final byte[] start;
    public final byte[] units;
    /** Lower half of the request id. */
    public final long[] idLow;
    public final long[] answer;
    private long idHigh;
    private long createdMs;
    private int count;

    public Steps(final int most) {
        kind = new byte[most];
        application = new int[most];
        visit = new long[most];
        day = new int[most];
        start = new byte[most];
        units = new byte[most];
        idLow = new long[most];
        answer = new long[most];
    }

    /** Forgets all. @param high upper half of the request ids to come, never 0 @param nowMs when they are made */
    public void begin(final long high, final long nowMs) {
        idHigh = high;
        createdMs = nowMs;
        count = 0;
    }

    public void add(final byte what, final int whose, final long of, final int where, final int from, final int length, final long low) {
        kind[count] = what;
        application[count] = whose;
        visit[count] = of;
        day[count] = where;
        start[count] = (byte) from;
        units[count] = (byte) length;
        idLow[count] = low;
        count++;
    }

    public int count() {
        return count;
    }

    public long idHigh() {
        return idHigh;
    }

    public long createdMs() {
        return createdMs;
    }

    /** What an answer is called. */
    public static String name(final long answer) {
        return answer > 0 ? "DONE" : answer == NO_ROOM ? "NO_ROOM" : answer == NOT_VALIDATED ? "NOT_VALIDATED" : answer == UNKNOWN ? "UNKNOWN"
                : answer == ENDED ? "ENDED" : answer == NOT_ADMITTED ? "NOT_ADMITTED" : "answer " + answer;
    }
}
