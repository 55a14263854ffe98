package org.mawid.bench.peer.work;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.agrona.collections.IntArrayQueue;
import org.mawid.bench.wire.loop.Tally;

/**
 * One client's own books: its share of the applications, what it holds and what it has confirmed. It says what the client asks for next
 * and writes down the answers. One thread at a time; makes nothing for a step.
 */
public final class Books {
    private static final int NONE = -1;
    private static final int HOLD_PERCENT = 70;
    private static final int CONFIRM_PERCENT = 20;
    private static final byte FREE = 0;
    private static final byte HELD = 1;
    private static final byte BOOKED = 2;

    /** What a client asks for next. */
    @FunctionalInterface
    public interface Asking {
        /** Fills in at most so many steps. @return how many; 0 = this client is through */
        int next(Books books, Steps steps, int most);
    }

    private final Calendar calendar;
    private final Ground ground;
    private final Share share;
    private final byte[] state;
    private final long[] visit;
    private final int[] day;
    private final byte[] start;
    private final IntArrayQueue free;
    private final IntArrayQueue held;
    private final IntArrayQueue booked;
    private final BitSet seen = new BitSet();
    private final SplittableRandom random;
    private final long idHigh;
    private long idLow;
    private int filled;

    /**
     * @param share  its applications, which are nobody else's
     * @param seed   of what it asks for and where: with the same answers, the same again
     * @param idHigh upper half of its request ids, never 0: nobody has ever sent this server one with it
     */
    public Books(final Calendar calendar, final Ground ground, final Share share, final long seed, final long idHigh) {
        final int applications = share.count();
        this.calendar = calendar;
        this.ground = ground;
        this.share = share;
        this.state = new byte[applications];
        this.visit = new long[applications];
        this.day = new int[applications];
        this.start = new byte[applications];
        this.free = queue(applications);
        this.held = queue(applications);
        this.booked = queue(applications);
        this.random = new SplittableRandom(seed);
        this.idHigh = idHigh;
        for (int i = 0; i < applications; i++) {
            free.addInt(i);
        }
    }

    private static IntArrayQueue queue(final int applications) {
        return new IntArrayQueue(Math.max(8, applications + 1), NONE);
    }

    /** The work: 70 % hold, 20 % confirm what was held the longest, 10 % cancel what was confirmed the longest. Where there is nothing yet to confirm or cancel, hold. */
    public int next(final Steps steps, final int most) {
        steps.begin(idHigh, System.currentTimeMillis());
        while (steps.count() < most) {
            final int roll = random.nextInt(100);
            if (roll >= HOLD_PERCENT + CONFIRM_PERCENT && !booked.isEmpty()) {
                add(steps, Steps.CANCEL, booked.pollInt());
            } else if (roll >= HOLD_PERCENT && roll < HOLD_PERCENT + CONFIRM_PERCENT && !held.isEmpty()) {
                add(steps, Steps.CONFIRM, held.pollInt());
            } else if (free.isEmpty()) {
                ground.useUp();
                break;
            } else {
                addHold(steps);
            }
        }
        return steps.count();
    }

    /** Only holds, one for each application: also those that are refused are not asked for again. */
    public int nextHold(final Steps steps, final int most) {
        steps.begin(idHigh, System.currentTimeMillis());
        while (steps.count() < most && filled < state.length && !free.isEmpty()) {
            filled++;
            addHold(steps);
        }
        return steps.count();
    }

    /** Everything back: holds released, appointments cancelled. */
    public int nextBack(final Steps steps, final int most) {
        steps.begin(idHigh, System.currentTimeMillis());
        while (steps.count() < most && !(held.isEmpty() && booked.isEmpty())) {
            if (held.isEmpty()) {
                add(steps, Steps.CANCEL, booked.pollInt());
            } else {
                add(steps, Steps.RELEASE, held.pollInt());
            }
        }
        return steps.count();
    }

    private void addHold(final Steps steps) {
        final int own = free.pollInt();
        final int units = Applications.units(share.application(own));
        day[own] = ground.day(random);
        seen.set(day[own]);
        start[own] = (byte) random.nextInt(calendar.slots() - units + 1);
        add(steps, Steps.HOLD, own);
    }

    private void add(final Steps steps, final byte kind, final int own) {
        final int application = share.application(own);
        steps.add(kind, application, visit[own], day[own], start[own], Applications.units(application), ++idLow);
    }

    /**
     * Writes down what became of them, and counts.
     *
     * @return how many were done
     * @throws IllegalStateException on an answer that this work cannot get
     */
    public int take(final Steps steps, final Tally tally) {
        int done = 0;
        int refused = 0;
        int places = 0;
        for (int i = 0; i < steps.count(); i++) {
            final int own = share.own(steps.application[i]);
            final byte kind = steps.kind[i];
            final long answer = steps.answer[i];
            if (answer > 0) {
                done++;
                places += kind == Steps.HOLD ? steps.units[i] : 0;
                done(kind, own, answer);
            } else if (answer == Steps.NOT_ADMITTED) {
                back(kind, own);
            } else if (answer == Steps.NO_ROOM && kind == Steps.HOLD) {
                refused++;
                free.addInt(own);
            } else {
                throw new IllegalStateException("step " + kind + " of application " + steps.application[i] + " was answered " + Steps.name(answer));
            }
        }
        if (places > 0) {
            ground.took(places);
        }
        if (refused > 0) {
            tally.refused(refused);
        }
        if (done + refused < steps.count()) {
            tally.notAdmitted(steps.count() - done - refused);
        }
        return done;
    }

    private void done(final byte kind, final int own, final long made) {
        switch (kind) {
            case Steps.HOLD -> {
                state[own] = HELD;
                visit[own] = made;
                held.addInt(own);
            }
            case Steps.CONFIRM -> {
                state[own] = BOOKED;
                visit[own] = made;
                booked.addInt(own);
            }
            default -> {
                state[own] = FREE;
                free.addInt(own);
            }
        }
    }

    /** Nothing was done: it is as it was. */
    private void back(final byte kind, final int own) {
        switch (kind) {
            case Steps.HOLD -> free.addInt(own);
            case Steps.CANCEL -> booked.addInt(own);
            default -> held.addInt(own);
        }
    }

    /** Every day that this client has ever asked for. */
    public BitSet seen() {
        return seen;
    }

    /** What this client holds or has confirmed, according to what it was told. */
    public void addTo(final Taken taken) {
        for (int own = 0; own < state.length; own++) {
            if (state[own] != FREE) {
                taken.add(day[own], start[own], Applications.units(share.application(own)));
            }
        }
    }
}
