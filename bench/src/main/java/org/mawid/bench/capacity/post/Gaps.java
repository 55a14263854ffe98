package org.mawid.bench.capacity.post;

/** What the free units of one day are good for. Rooms are free places by five-minute unit. Pure functions. */
final class Gaps {
    private Gaps() {
    }

    /**
     * How many visits of so many units still fit, each from the earliest start that there is: for equal lengths no other way fits more.
     *
     * @param from first unit that may be used @param most where to stop counting
     */
    static int visits(final int[] room, final int from, final int units, final int most) {
        final int[] left = room.clone();
        int visits = 0;
        for (int start = from; start + units <= left.length && visits < most; ) {
            int least = Integer.MAX_VALUE;
            for (int unit = start; unit < start + units; unit++) {
                least = Math.min(least, left[unit]);
            }
            if (least == 0) {
                start++;
                continue;
            }
            for (int unit = start; unit < start + units; unit++) {
                left[unit] -= least;
            }
            visits += least;
        }
        return Math.min(visits, most);
    }

    /**
     * Free places in runs that are shorter than the shortest visit: nobody can use them any more. Places are interchangeable, so that the k-th free
     * place of neighbouring units makes one run. In place-units, five minutes of one counter each.
     */
    static int stranded(final int[] room, final int shortestUnits) {
        int most = 0;
        for (final int places : room) {
            most = Math.max(most, places);
        }
        int stranded = 0;
        for (int level = 1; level <= most; level++) {
            int run = 0;
            for (int unit = 0; unit <= room.length; unit++) {
                if (unit < room.length && room[unit] >= level) {
                    run++;
                } else {
                    stranded += run < shortestUnits ? run : 0;
                    run = 0;
                }
            }
        }
        return stranded;
    }
}
