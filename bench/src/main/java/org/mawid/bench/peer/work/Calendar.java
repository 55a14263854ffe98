package org.mawid.bench.peer.work;

/**
 * Where the work takes place: posts with one desk each, so many dates, so many slots a date. A day is one post on one date; days are
 * counted post by post, from 0. The last posts are those of hot days: their slots have as many places as a desk can have.
 *
 * @param posts    those with the usual capacity
 * @param hotPosts those after them
 * @param dates    of each post, 1 to 60
 * @param slots    of each day, 4 to 192
 * @param capacity places of a slot, 1 to 255
 */
public record Calendar(int posts, int hotPosts, int dates, int slots, int capacity) {
    public static final int HOT_CAPACITY = 255;

    public int usualDays() {
        return posts * dates;
    }

    public int days() {
        return (posts + hotPosts) * dates;
    }

    public int post(final int day) {
        return day / dates;
    }

    public int date(final int day) {
        return day % dates;
    }

    public int capacity(final int day) {
        return day < usualDays() ? capacity : HOT_CAPACITY;
    }
}
