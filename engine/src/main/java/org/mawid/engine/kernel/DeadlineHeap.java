package org.mawid.engine.kernel;

/**
 * Numbers by deadline, then number: a total order, so that what is due comes out alike on every machine. A 4-ary heap whose entries
 * tell their owner where they are, so that one can leave from the middle. Entries keep the deadline, so that ordering never looks at rows.
 */
public final class DeadlineHeap {
    private static final int DEADLINE = 0;
    private static final int NUMBER = 8;
    private static final int ENTRY_BYTES = 16;

    /** Whose deadlines they are: keeps the place of each number. */
    public interface Owner {
        /** @param place where the number is now, 1 or more; 0 = nowhere */
        void placed(long number, int place);

        /** For {@link #check()}: where the owner believes the number to be. */
        int placeOf(long number);
    }

    private static final Owner NOBODY = new Owner() {
        @Override
        public void placed(final long number, final int place) {
            // nobody asks
        }

        @Override
        public int placeOf(final long number) {
            return 0;
        }
    };

    private final Rows rows;
    private final Owner owner;
    private int size;

    public DeadlineHeap(final CoreMemory memory, final int tableId, final Owner owner) {
        this.rows = new Rows(memory, tableId, ENTRY_BYTES);
        this.owner = owner;
    }

    /** From which only the first one leaves. */
    public DeadlineHeap(final CoreMemory memory, final int tableId) {
        this(memory, tableId, NOBODY);
    }

    public int size() {
        return size;
    }

    /** The earliest deadline, {@code Long.MAX_VALUE} when there is none. */
    public long firstDeadline() {
        return size == 0 ? Long.MAX_VALUE : deadline(1);
    }

    /** The number with the earliest deadline. */
    public long firstNumber() {
        return number(1);
    }

    public void add(final long deadlineMs, final long number) {
        rows.ensure(++size);
        up(size, deadlineMs, number);
    }

    public void remove(final int place) {
        owner.placed(number(place), 0);
        final long deadlineMs = deadline(size);
        final long number = number(size);
        put(size, 0, 0);
        size--;
        if (place <= size) {
            settle(place, deadlineMs, number);
        }
    }

    /** Gives the number at this place another deadline. */
    public void move(final int place, final long deadlineMs) {
        settle(place, deadlineMs, number(place));
    }

    public void save(final StateWriter out) {
        rows.save(out, 1, size + 1);
    }

    public void load(final StateReader in) {
        rows.load(in);
        size = Math.toIntExact(in.firstNumber() + in.count() - 1);
    }

    /** Order, and that owners know the places. */
    public void check() {
        for (int place = 1; place <= size; place++) {
            if (place > 1) {
                final int parent = place + 2 >>> 2;
                Invariant.that(before(deadline(parent), number(parent), deadline(place), number(place)), "the heap is in order", place, number(place));
            }
            Invariant.that(owner == NOBODY || owner.placeOf(number(place)) == place, "who is in the heap knows where", number(place), place);
        }
    }

    private void settle(final int place, final long deadlineMs, final long number) {
        final int parent = place + 2 >>> 2;
        if (place > 1 && before(deadlineMs, number, deadline(parent), number(parent))) {
            up(place, deadlineMs, number);
        } else {
            down(place, deadlineMs, number);
        }
    }

    private void up(final int from, final long deadlineMs, final long number) {
        int place = from;
        while (place > 1) {
            final int parent = place + 2 >>> 2;
            if (!before(deadlineMs, number, deadline(parent), number(parent))) {
                break;
            }
            place(place, deadline(parent), number(parent));
            place = parent;
        }
        place(place, deadlineMs, number);
    }

    /** By way of the bottom: what takes a place from below is mostly late, and to look at it on the way down costs a comparison for each step. */
    private void down(final int from, final long deadlineMs, final long number) {
        int place = from;
        for (int child = firstChild(place); child <= size; child = firstChild(place)) {
            final int least = least(child);
            place(place, deadline(least), number(least));
            place = least;
        }
        up(place, deadlineMs, number);
    }

    private static int firstChild(final int place) {
        return 4 * place - 2;
    }

    /** The least of some children. @param first of them, which is there */
    private int least(final int first) {
        if (first + 3 <= size && rows.isRun(first, 4)) {
            final long at = rows.at(first);
            final long least = lesser(lesser(at, at + ENTRY_BYTES), lesser(at + 2 * ENTRY_BYTES, at + 3 * ENTRY_BYTES));
            return first + (int) (least - at) / ENTRY_BYTES;
        }
        int least = first;
        for (int child = first + 1; child <= Math.min(size, first + 3); child++) {
            if (before(deadline(child), number(child), deadline(least), number(least))) {
                least = child;
            }
        }
        return least;
    }

    /** As {@link #before} says of what lies there, without a branch that cannot be foreseen: none of these numbers is negative. */
    private static long lesser(final long one, final long other) {
        long difference = Memory.getLong(other + DEADLINE) - Memory.getLong(one + DEADLINE);
        if (difference == 0) {
            difference = Memory.getLong(other + NUMBER) - Memory.getLong(one + NUMBER);
        }
        return one + (difference >> 63 & other - one);
    }

    private void place(final int place, final long deadlineMs, final long number) {
        put(place, deadlineMs, number);
        owner.placed(number, place);
    }

    private void put(final int place, final long deadlineMs, final long number) {
        final long at = rows.at(place);
        Memory.putLong(at + DEADLINE, deadlineMs);
        Memory.putLong(at + NUMBER, number);
    }

    private long deadline(final int place) {
        return Memory.getLong(rows.at(place) + DEADLINE);
    }

    private long number(final int place) {
        return Memory.getLong(rows.at(place) + NUMBER);
    }

    private static boolean before(final long deadline1, final long number1, final long deadline2, final long number2) {
        return deadline1 < deadline2 || deadline1 == deadline2 && number1 < number2;
    }
}
