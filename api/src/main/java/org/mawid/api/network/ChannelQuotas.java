package org.mawid.api.network;

import java.util.Arrays;
import java.util.Objects;
import org.mawid.engine.readmodel.ChannelPlaces;

/**
 * What a day is to keep for channels: by class, {@link org.mawid.sbe.QuotaClass} 1 to {@value #CLASSES}, and unit. Immutable once made; whoever makes one gives the
 * arrays away.
 */
public final class ChannelQuotas {
    public static final int CLASSES = ChannelPlaces.CLASSES;
    /** Of a unit: whatever is kept. */
    public static final int ALL = Integer.MAX_VALUE;
    public static final ChannelQuotas NONE = new ChannelQuotas(new int[CLASSES][], new long[CLASSES]);

    /** By class less 1, then unit, 0 beyond the end; {@code null} = nothing is kept for the class, and it never spills. */
    private final int[][] places;
    private final long[] spillMs;
    private final boolean isNone;

    /**
     * @param places  by class less 1, then unit, 0 to 255; {@code null} = nothing for the class
     * @param spillMs by class less 1: when what is left is everybody's, ms since 1970-01-01 UTC; 0 = never
     */
    public ChannelQuotas(int[][] places, long[] spillMs) {
        this.places = places;
        this.spillMs = spillMs;
        for (int i = 0; i < CLASSES; i++) {
            if (places[i] != null && Arrays.stream(places[i]).allMatch(kept -> kept == 0)) places[i] = null;
            if (places[i] == null) spillMs[i] = 0;
        }
        isNone = Arrays.stream(places).allMatch(Objects::isNull);
    }

    /** As it is there. @param units of the day */
    static ChannelQuotas of(ChannelPlaces there, int units) {
        if (there == ChannelPlaces.NOTHING) return NONE;
        final int[][] places = new int[CLASSES][units];
        final long[] spillMs = new long[CLASSES];
        for (int quota = 1; quota <= CLASSES; quota++) {
            for (int unit = 0; unit < units; unit++) places[quota - 1][unit] = there.kept(quota, unit);
            spillMs[quota - 1] = there.spillMs(quota);
        }
        return new ChannelQuotas(places, spillMs);
    }

    public boolean isNone() {
        return isNone;
    }

    /** Whether something is kept for the class, anywhere on the day. */
    public boolean keeps(int quota) {
        return places[quota - 1] != null;
    }

    /** 0 on units that the day does not have. */
    public int places(int quota, int unit) {
        return keeps(quota) && unit >= 0 && unit < places[quota - 1].length ? places[quota - 1][unit] : 0;
    }

    /** Of all classes together. */
    public int places(int unit) {
        int all = 0;
        for (int quota = 1; quota <= CLASSES; quota++) all += places(quota, unit);
        return all;
    }

    /** When what is left of the class is everybody's, ms since 1970-01-01 UTC; 0 = never, or nothing is kept for it. */
    public long spillMs(int quota) {
        return spillMs[quota - 1];
    }

    /** Whether what is kept for the class is everybody's by then. */
    public boolean hasSpilled(int quota, long nowMs) {
        return spillMs(quota) != 0 && spillMs(quota) <= nowMs;
    }

    /** What is still kept then. */
    ChannelQuotas at(long nowMs) {
        final int[][] still = places.clone();
        boolean spilled = false;
        for (int quota = 1; quota <= CLASSES; quota++) {
            if (!hasSpilled(quota, nowMs)) continue;
            still[quota - 1] = null;
            spilled = true;
        }
        return spilled ? new ChannelQuotas(still, spillMs.clone()) : this;
    }

    /** The same so many units later. */
    ChannelQuotas later(int units) {
        if (isNone()) return this;
        final int[][] moved = new int[CLASSES][];
        for (int i = 0; i < CLASSES; i++) {
            if (places[i] == null) continue;
            moved[i] = new int[places[i].length + units];
            System.arraycopy(places[i], 0, moved[i], units, places[i].length);
        }
        return new ChannelQuotas(moved, spillMs.clone());
    }

    /**
     * What is still kept where something else leaves less.
     *
     * @param most  by unit, of all classes together, or {@link #ALL}; the first classes give up theirs first, as they do in the core
     * @param there on those units no more is kept for a class than it keeps; {@code null} = no such day is there
     * @param units so many later than that one's the first unit is
     */
    public ChannelQuotas within(int[] most, ChannelQuotas there, int units) {
        if (isNone()) return this;
        final int[][] still = new int[CLASSES][most.length];
        for (int unit = 0; unit < most.length; unit++) {
            int left = most[unit];
            for (int quota = CLASSES; quota >= 1; quota--) {
                final int kept = there == null || most[unit] == ALL ? places(quota, unit) : Math.min(places(quota, unit), there.places(quota, unit + units));
                still[quota - 1][unit] = Math.min(kept, left);
                left -= still[quota - 1][unit];
            }
        }
        return new ChannelQuotas(still, spillMs.clone());
    }

    /** Whether as much is kept for each class on a unit as the other one keeps on one of its own. */
    boolean isSame(int unit, ChannelQuotas other, int otherUnit) {
        if (isNone && other.isNone) return true; // nearly all: a year of a post is asked unit by unit
        for (int quota = 1; quota <= CLASSES; quota++) {
            if (places(quota, unit) != other.places(quota, otherUnit)) return false;
        }
        return true;
    }

    boolean spillsAs(ChannelQuotas other) {
        return Arrays.equals(spillMs, other.spillMs);
    }
}
