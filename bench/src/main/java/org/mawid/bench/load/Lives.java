package org.mawid.bench.load;

import org.agrona.MutableDirectBuffer;

/**
 * Appointments through their life, as one endless stream of commands: submitted, validated, held with their stamp issued, confirmed and, when
 * asked for, cancelled and withdrawn. Equal shares of each; one life's steps lie {@code distance} lives apart, so that nothing is met again while it is
 * still in a cache. Every command is valid and every number is known beforehand, because the core counts and all succeed in order:
 * the stream needs no answers. Books of its own keep it from overbooking.
 * <p>One thread. Allocates nothing after construction.
 */
public final class Lives {
    /** Steps of a life. */
    public static final int SUBMIT = 0;
    public static final int VALIDATE = 1;
    public static final int HOLD = 2;
    public static final int CONFIRM = 3;
    public static final int CANCEL = 4;
    public static final int WITHDRAW = 5;

    private final Commands commands;
    private final ModelNetwork network;
    private final byte[] taken;
    private final long[] places;
    private final int placesMask;
    private final int distance;
    private int steps;
    private final long seed;
    private long life;
    private int step;
    private final long[] written = new long[WITHDRAW + 1];
    private long confirmed;
    private long withdrawn;

    /**
     * @param distance how many lives later the next step of a life comes, 1 to 1 000 000
     * @param cancel   false: appointments stay and the calendar fills
     */
    public Lives(final Commands commands, final ModelNetwork network, final int distance, final boolean cancel, final long seed) {
        this.commands = commands;
        this.network = network;
        this.taken = new byte[network.posts() * network.days() * network.units()];
        final int window = Integer.highestOneBit(Math.max(16, 8 * distance)) << 1;
        this.places = new long[window];
        this.placesMask = window - 1;
        this.distance = distance;
        this.steps = cancel ? CANCEL + 1 : CONFIRM + 1;
        this.seed = seed;
    }

    /** The key of life {@code number}'s person: never 0, no two alike. */
    public static long personKey(final long number, final long seed) {
        final long mixed = mix(number + seed);
        return mixed == 0 ? 1 : mixed;
    }

    /** Of all that has been written so far, when each was done. */
    public LifeBooks booksOfAllDone() {
        final LifeBooks books = new LifeBooks();
        for (int now = SUBMIT; now < Life.STEPS; now++) {
            books.said(now, written[now]);
            books.done(now, written[now]);
        }
        return books;
    }

    /** Lives that have been confirmed so far in the stream. */
    public long confirmed() {
        return confirmed;
    }

    /** Appointments that have been cancelled so far in the stream. */
    public long cancelled() {
        return written[CANCEL];
    }

    /** From now on appointments stay again, and what is under way to be cancelled or withdrawn stays as it is. Only before a life's first step. */
    public void stayFromNowOn() {
        steps = CONFIRM + 1;
    }

    /** From now on an appointment is cancelled one step after it was confirmed; those that are older stay. */
    public void cancelFromNowOn() {
        steps = CANCEL + 1;
    }

    /**
     * From now on an application is withdrawn one step after its appointment was cancelled: then it is over. From the beginning, or when
     * appointments have been cancelled for one life more than the distance.
     */
    public void withdrawFromNowOn() {
        steps = WITHDRAW + 1;
        withdrawn = Math.max(0, life - (long) WITHDRAW * distance);
    }

    /** All lives up to this one, from the first that was, have been withdrawn so far in the stream. */
    public long withdrawn() {
        return withdrawn;
    }

    /** The step of a life that comes next. */
    public int step() {
        return step;
    }

    /** Heap that its own books take. */
    public long bytes() {
        return taken.length + 8L * places.length;
    }

    /** Writes the next command. @return its bytes */
    public int next(final MutableDirectBuffer buffer, final int offset, final long createdMs) {
        while (true) {
            final int now = step;
            final long number = life - (long) now * distance;
            if (++step == steps) {
                step = 0;
                life++;
            }
            if (number >= 0) {
                return write(now, number, buffer, offset, createdMs);
            }
        }
    }

    private int write(final int now, final long number, final MutableDirectBuffer buffer, final int offset, final long createdMs) {
        written[now]++;
        final int serviceId = 1 + (int) (number % ModelNetwork.SERVICES);
        switch (now) {
            case SUBMIT:
                return commands.submit(buffer, offset, createdMs, personKey(number, seed), serviceId);
            case VALIDATE:
                return commands.validate(buffer, offset, createdMs, number + 1);
            case HOLD:
                final long place = takePlace(number, ModelNetwork.unitsOf(serviceId));
                places[(int) number & placesMask] = place;
                final int day = (int) (place / network.units());
                return commands.hold(buffer, offset, createdMs, number + 1, ModelNetwork.deskId(day / network.days()),
                        ModelNetwork.FIRST_DAY + day % network.days(), (int) (place % network.units()), ModelNetwork.unitsOf(serviceId), true);
            case CONFIRM:
                confirmed = number + 1;
                return commands.confirm(buffer, offset, createdMs, number + 1);
            case CANCEL:
                givePlace((int) places[(int) number & placesMask], ModelNetwork.unitsOf(serviceId));
                return commands.cancel(buffer, offset, createdMs, number + 1);
            default:
                withdrawn = number + 1;
                return commands.withdraw(buffer, offset, createdMs, number + 1);
        }
    }

    private long takePlace(final long number, final int units) {
        final int days = network.posts() * network.days();
        long random = mix(number * 31 + seed);
        for (int attempt = 0; attempt < 10_000; attempt++) {
            final int day = (int) Long.remainderUnsigned(random, days);
            final int unit = (int) ((random >>> 40) % (network.units() - units + 1));
            final int first = day * network.units() + unit;
            if (hasRoom(first, units)) {
                for (int at = first; at < first + units; at++) {
                    taken[at]++;
                }
                return first;
            }
            random = mix(random);
        }
        throw new IllegalStateException("the model network is full: give it more posts, days or capacity");
    }

    private boolean hasRoom(final int first, final int units) {
        for (int at = first; at < first + units; at++) {
            if ((taken[at] & 0xFF) >= network.capacity()) {
                return false;
            }
        }
        return true;
    }

    private void givePlace(final int first, final int units) {
        for (int at = first; at < first + units; at++) {
            taken[at]--;
        }
    }

    /** The finaliser of SplitMix64: a bijection, so that distinct numbers stay distinct. */
    static long mix(final long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
