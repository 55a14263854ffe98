package org.mawid.engine.readmodel.agenda;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.mawid.sbe.AppointmentState;

/** Visits of one post on one local date: rows of {@value #HEAD} words and one for each leg, in no order. Not thread safe. */
final class Page {
    private static final int APPLICATION = 1;
    private static final int START_MS = 2;
    private static final int STEP = 3;
    private static final int HEAD = 4;
    private static final long OVERFLOW = 1L << 32;
    private static final long ATTENDANCE = 1L << 33;
    private static final int FIRST_WORDS = 4 * (HEAD + 1);

    /** A row at its place in the words of a page. */
    record Row(long[] words, int at) {
        long appointmentId() {
            return words[at];
        }

        long applicationId() {
            return words[at + APPLICATION];
        }

        long startMs() {
            return words[at + START_MS];
        }

        AppointmentState state() {
            return AppointmentState.get((short) (words[at + STEP] & 0xFF));
        }

        int counter() {
            return (int) (words[at + STEP] >>> 8) & 0xFF;
        }

        int ticket() {
            return (int) (words[at + STEP] >>> 16) & 0xFFFF;
        }

        boolean isOverflow() {
            return (words[at + STEP] & OVERFLOW) != 0;
        }

        boolean hasAttendance() {
            return (words[at + STEP] & ATTENDANCE) != 0;
        }

        int legs() {
            return legCount(words, at);
        }

        int deskId(final int leg) {
            return (int) words[at + HEAD + leg] & 0xFFFF;
        }

        int lines(final int leg) {
            return (int) (words[at + HEAD + leg] >>> 16) & 0xFFFF;
        }

        int startUnit(final int leg) {
            return (int) (words[at + HEAD + leg] >>> 32) & 0xFF;
        }

        int units(final int leg) {
            return (int) (words[at + HEAD + leg] >>> 40) & 0xFF;
        }

        /** Where the next one begins. */
        int end() {
            return at + HEAD + legs();
        }
    }

    final int postId;
    final int epochDay;
    private long[] words = new long[FIRST_WORDS];
    private int used;

    Page(final int postId, final int epochDay) {
        this.postId = postId;
        this.epochDay = epochDay;
    }

    /** Its legs follow, one by one. */
    void begin(final long appointmentId, final long applicationId, final long startMs, final AppointmentState state, final int ticket, final int counter,
               final boolean overflow, final boolean attendance, final int legs) {
        if (used + HEAD + legs > words.length) {
            words = Arrays.copyOf(words, Math.max(used + HEAD + legs, used + (used >> 1)));
        }
        words[used++] = appointmentId;
        words[used++] = applicationId;
        words[used++] = startMs;
        words[used++] = step(state, ticket, counter) | (overflow ? OVERFLOW : 0) | (attendance ? ATTENDANCE : 0) | (long) legs << 40;
    }

    private static long step(final AppointmentState state, final int ticket, final int counter) {
        return state.value() | (long) counter << 8 | (long) ticket << 16;
    }

    void leg(final int deskId, final int lines, final int startUnit, final int units) {
        words[used++] = deskId | (long) lines << 16 | (long) startUnit << 32 | (long) units << 40;
    }

    void change(final long appointmentId, final AppointmentState state, final int ticket, final int counter) {
        final int at = find(appointmentId) + STEP;
        words[at] = words[at] & ~0xFFFF_FFFFL | step(state, ticket, counter);
    }

    void attendance(final long appointmentId) {
        words[find(appointmentId) + STEP] |= ATTENDANCE;
    }

    void remove(final long appointmentId) {
        final int at = find(appointmentId);
        final int end = at + HEAD + legCount(words, at);
        System.arraycopy(words, end, words, at, used - end);
        used -= end - at;
    }

    private int find(final long appointmentId) {
        int at = 0;
        while (words[at] != appointmentId) {
            at += HEAD + legCount(words, at);
        }
        return at;
    }

    private static int legCount(final long[] words, final int at) {
        return (int) (words[at + STEP] >>> 40) & 0xFF;
    }

    boolean isEmpty() {
        return used == 0;
    }

    void forEach(final LongConsumer appointmentIds) {
        for (int at = 0; at < used; at += HEAD + legCount(words, at)) {
            appointmentIds.accept(words[at]);
        }
    }

    long[] copy() {
        return Arrays.copyOf(words, used);
    }
}
