package org.mawid.engine.readmodel.agenda;

import org.agrona.collections.Long2ObjectHashMap;

/** Pages by post and date, and the page of each appointment. Not thread safe. */
final class Pages {
    private final Long2ObjectHashMap<Page> byDate = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Page> byAppointment = new Long2ObjectHashMap<>();
    private int lastEpochDay = Integer.MIN_VALUE;

    private static long key(final int postId, final int epochDay) {
        return (long) postId << 32 | epochDay & 0xFFFF_FFFFL;
    }

    /** Null when nobody comes. */
    Page at(final int postId, final int epochDay) {
        return byDate.get(key(postId, epochDay));
    }

    /** Null when it is not kept. */
    Page of(final long appointmentId) {
        return byAppointment.get(appointmentId);
    }

    /** The page to which the row of that appointment is to be added. */
    Page add(final long appointmentId, final int postId, final int epochDay) {
        final long key = key(postId, epochDay);
        Page page = byDate.get(key);
        if (page == null) {
            page = new Page(postId, epochDay);
            byDate.put(key, page);
            lastEpochDay = Math.max(lastEpochDay, epochDay);
        }
        byAppointment.put(appointmentId, page);
        return page;
    }

    void remove(final long appointmentId) {
        final Page page = byAppointment.remove(appointmentId);
        if (page != null) {
            page.remove(appointmentId);
            if (page.isEmpty()) {
                byDate.remove(key(page.postId, page.epochDay));
            }
        }
    }

    void dropBefore(final int epochDay) {
        byDate.values().removeIf(page -> {
            if (page.epochDay < epochDay) {
                page.forEach(byAppointment::remove);
            }
            return page.epochDay < epochDay;
        });
    }

    /** No page is later. */
    int lastEpochDay() {
        return lastEpochDay;
    }
}
