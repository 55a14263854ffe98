package org.mawid.engine.allocation;

import java.util.Arrays;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.GroupSizeEncodingDecoder;
import org.mawid.sbe.HoldDecoder.LegsDecoder;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.RescheduleDecoder;

/**
 * The legs of one coming, while they are being decided about: what was asked for, and what the lines of the application make of it.
 * One instance is filled again and again. The legs of Hold and Reschedule have the same layout; they have passed the static checks.
 */
public final class Visit {
    /** Most legs of one visit. */
    public static final int MOST_LEGS = 16;
    /** Desk and three kinds of resources. */
    static final int KINDS = 4;
    /** From whose places a leg may take besides everybody's: by its lines, and by the way it came. */
    static final int CHOICES = 2;
    private static final int LEG_BYTES = LegsDecoder.sbeBlockLength();
    private static final int DESK = LegsDecoder.deskIdEncodingOffset();
    private static final int LINES = LegsDecoder.linesEncodingOffset();
    private static final int EPOCH_DAY = LegsDecoder.epochDayEncodingOffset();
    private static final int START_UNIT = LegsDecoder.startUnitEncodingOffset();
    private static final int UNITS = LegsDecoder.unitsEncodingOffset();

    static {
        Invariant.that(LEG_BYTES == RescheduleDecoder.LegsDecoder.sbeBlockLength(), "legs are alike in both commands", LEG_BYTES);
    }

    final int[] desk = new int[MOST_LEGS];
    final int[] lines = new int[MOST_LEGS];
    final int[] epochDay = new int[MOST_LEGS];
    final int[] day = new int[MOST_LEGS]; // slot of the desk's day, once it was looked for
    final int[] startUnit = new int[MOST_LEGS];
    final int[] units = new int[MOST_LEGS];
    final int[] places = new int[MOST_LEGS * KINDS];
    final long[] startMs = new long[MOST_LEGS];
    final int[] quota = new int[MOST_LEGS]; // from whose places, 0 = everybody's
    int count;
    private int channel;
    private int emergencies;

    /** Takes the legs of a command. @param groupAt address of the group's dimensions, see {@link Memory} */
    public void read(final long groupAt) {
        count = Memory.getShort(groupAt + 2);
        long at = groupAt + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        for (int leg = 0; leg < count; leg++, at += LEG_BYTES) {
            desk[leg] = Memory.getShort(at + DESK);
            lines[leg] = Memory.getShort(at + LINES);
            epochDay[leg] = Memory.getInt(at + EPOCH_DAY);
            startUnit[leg] = Memory.getByte(at + START_UNIT);
            units[leg] = Memory.getByte(at + UNITS);
        }
        asksForNone();
    }

    /** One leg with everything, whose start is still to be found. */
    public void readOne(final int deskId, final int lineSet, final int day, final int unitCount) {
        count = 1;
        desk[0] = deskId;
        lines[0] = lineSet;
        epochDay[0] = day;
        units[0] = unitCount;
        asksForNone();
    }

    public int count() {
        return count;
    }

    /** Without legs; they follow by {@link #addLeg}. */
    public void clear() {
        count = 0;
        asksForNone();
    }

    /** All take from everybody's places only. */
    private void asksForNone() {
        Arrays.fill(quota, Quotas.NONE);
        channel = Quotas.NONE;
        emergencies = 0;
    }

    /** What is kept for this class may be taken. @param quotaClass of the way in which it is asked, 0 = none */
    public void ofChannel(final int quotaClass) {
        channel = quotaClass;
    }

    int channel() {
        return channel;
    }

    /** The leg serves emergencies only: what is kept for those may be taken. */
    public void emergency(final int leg) {
        emergencies |= 1 << leg;
    }

    /** @param which 0 to before {@link #CHOICES}, the best first @return 0 = none */
    int choice(final int leg, final int which) {
        return which != 0 ? channel : (emergencies >>> leg & 1) != 0 ? QuotaClass.EMERGENCY.value() : Quotas.NONE;
    }

    /** One more leg, whose desk and start are still to be found. */
    public void addLeg(final int lineSet, final int day) {
        lines[count] = lineSet;
        epochDay[count] = day;
        count++;
    }

    public void desk(final int leg, final int deskId) {
        desk[leg] = deskId;
    }

    public void units(final int leg, final int unitCount) {
        units[leg] = unitCount;
    }

    public int desk(final int leg) {
        return desk[leg];
    }

    public int lines(final int leg) {
        return lines[leg];
    }

    public int epochDay(final int leg) {
        return epochDay[leg];
    }

    public int startUnit(final int leg) {
        return startUnit[leg];
    }

    public int units(final int leg) {
        return units[leg];
    }

    /** @param kind 0 = the desk, 1 to 3 = a resource; @param placeCount 0 = none is needed */
    public void places(final int leg, final int kind, final int placeCount) {
        places[leg * KINDS + kind] = placeCount;
    }

    /** Start of the earliest leg, once the days are known. */
    public long earliestMs() {
        long earliest = startMs[0];
        for (int leg = 1; leg < count; leg++) {
            earliest = Math.min(earliest, startMs[leg]);
        }
        return earliest;
    }

    /** All lines of all legs. */
    public int allLines() {
        int all = 0;
        for (int leg = 0; leg < count; leg++) {
            all |= lines[leg];
        }
        return all;
    }
}
