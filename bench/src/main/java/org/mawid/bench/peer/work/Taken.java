package org.mawid.bench.peer.work;

/** How many places of each slot are taken, according to somebody. */
public final class Taken {
    private final Calendar calendar;
    private final short[] places;

    public Taken(final Calendar calendar) {
        this.calendar = calendar;
        this.places = new short[calendar.days() * calendar.slots()];
    }

    void add(final int day, final int start, final int units) {
        for (int slot = start; slot < start + units; slot++) {
            places[day * calendar.slots() + slot]++;
        }
    }

    public void set(final int day, final int slot, final int taken) {
        places[day * calendar.slots() + slot] = (short) taken;
    }

    public int at(final int day, final int slot) {
        return places[day * calendar.slots() + slot];
    }

    public long sum() {
        long sum = 0;
        for (final short taken : places) {
            sum += taken;
        }
        return sum;
    }

    /** Bit i: on date {@code i} the post has a run of so many slots with a place left. */
    long datesWith(final int post, final int units) {
        long dates = 0;
        for (int date = 0; date < calendar.dates(); date++) {
            final int day = post * calendar.dates() + date;
            int run = 0;
            for (int slot = 0; slot < calendar.slots() && run < units; slot++) {
                run = at(day, slot) < calendar.capacity(day) ? run + 1 : 0;
            }
            dates |= run == units ? 1L << date : 0;
        }
        return dates;
    }

    /**
     * Holds what a server says against the books of its clients.
     *
     * @param server whose
     * @throws IllegalStateException a slot has more takers than places, or others than the books have
     */
    public void requireSameAs(final Taken books, final String server) {
        for (int at = 0; at < places.length; at++) {
            final int day = at / calendar.slots();
            final int capacity = calendar.capacity(day);
            if (places[at] > capacity || places[at] != books.places[at]) {
                throw new IllegalStateException(String.format("the books of %s do not balance: it says that %d of %d places are taken at post %d, date %d, slot %d, its clients hold or have confirmed %d (%d and %d in all)",
                        server, places[at], capacity, calendar.post(day), calendar.date(day), at % calendar.slots(), books.places[at], sum(), books.sum()));
            }
        }
    }
}
