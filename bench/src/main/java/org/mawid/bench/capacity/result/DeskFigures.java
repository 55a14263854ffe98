package org.mawid.bench.capacity.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.sbe.Result;

/**
 * What is counted at one desk over the weeks that are looked at; several added up for a post or a network. Minutes are of one counter each
 * unless said.
 */
public final class DeskFigures {
    public static final int CLOSED = -1;
    public static final int HOURS = 24;

    /** People who asked in these weeks, at the desk of their first service; and of these whose services are at several desks. */
    public long asked;
    public long askedOverDesks;
    /** Of their services that are of this desk. */
    public double askedMinutes;
    public long walkIns;
    public long overflow;
    public long lapsed;
    /** Of these, from another post where they found nothing. */
    public long came;
    public double cameMinutes;
    public final Map<Result, Long> refused = new EnumMap<>(Result.class);
    /** Of the refused, who asked at another post then. */
    public final Map<Result, Long> went = new EnumMap<>(Result.class);
    public final Map<Result, Long> displaced = new EnumMap<>(Result.class);
    /** Days from when they looked and could come (their notice had passed) to the visit, when it is confirmed. */
    public final Spread waitDays = new Spread();
    /** Days from asking to the visit. */
    public final Spread leadDays = new Spread();
    public final Map<Integer, Spread> waitDaysByService = new TreeMap<>();

    /** Of those who asked in these weeks: rejected, and not sent again. */
    public long rejectedForGood;

    // What happened on the dates of these weeks.

    /** Requests that the post looked at, of which it rejected some, of which some were sent again. */
    public long decisions;
    public long rejected;
    public long resubmitted;
    /** Units of service in visits that were confirmed, and of walk-ins. */
    public long givenServices;
    public final Fees fees;
    /** Appointments that the post moved because counters were empty, or would have moved. */
    public long replaced;
    public long notReplaced;
    /** Who came for an appointment at a desk that nobody staffed: they come again. */
    public long sentHome;
    /** Days later that those came that were moved. */
    public final Spread replacedDays = new Spread();
    public double absentMinutes;
    public long served;
    /** Of these, at more than one desk. */
    public long servedOverDesks;
    public long noShows;
    public long cancelled;
    public long moved;
    /** Of staffed counters. */
    public double counterMinutes;
    public double bookedMinutes;
    public double workedMinutes;
    public double overtimeMinutes;
    public double noShowMinutes;
    public double strandedMinutes;
    public double shortMinutes;
    public double freeMinutes;
    public long openDays;
    /** Minutes from coming (not before the start) until called. */
    public final Spread queueMinutes = new Spread();
    /** Of one desk one, of several one each. */
    public final List<StartWaits> startWaits = new ArrayList<>(List.of(new StartWaits()));
    final double[] waitingMs = new double[HOURS];
    public final long[] openDaysAt = new long[HOURS];
    public final int[] mostWaiting = new int[HOURS];
    /** By date: days until the third next available appointment. */
    public final double[] thirdNextDays;
    /** By date: percent of the counters' time that was taken as the day began, {@link #CLOSED} when closed. */
    public final double[] takenPercent;

    public DeskFigures(final int days) {
        this.fees = new Fees(days);
        this.thirdNextDays = new double[days];
        this.takenPercent = new double[days];
        Arrays.fill(takenPercent, CLOSED);
    }

    public static void count(final Map<Result, Long> counts, final Result result) {
        counts.merge(result, 1L, Long::sum);
    }

    public static long sum(final Map<Result, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A number of people in the queue for a while. @param fromMinute of the local day, with fractions */
    public void waited(final int people, final double fromMinute, final double toMinute) {
        double at = fromMinute;
        while (at < toMinute) {
            final int hour = (int) Math.max(0, Math.min(HOURS - 1, Math.floor(at / 60)));
            final double until = hour == HOURS - 1 ? toMinute : Math.min(toMinute, (hour + 1) * 60.0);
            waitingMs[hour] += people * (until - at) * 60_000;
            mostWaiting[hour] = Math.max(mostWaiting[hour], people);
            at = until;
        }
    }

    /** People in the queue in an hour of an open day, mean. */
    public double waiting(final int hour) {
        return openDaysAt[hour] == 0 ? 0 : waitingMs[hour] / 3_600_000 / openDaysAt[hour];
    }

    /** Starts of desks, as 09:15 at D1, at which people with an appointment waited longer, mean over the days. */
    public int startsAbove(final double minutes) {
        return startWaits.stream().mapToInt(desk -> desk.above(minutes)).sum();
    }

    /** Of these all to which enough came. */
    public int starts() {
        return startWaits.stream().mapToInt(StartWaits::starts).sum();
    }

    /** Minutes, mean over the days, at the start of a desk at which it is longest. */
    public double longestAtAStart() {
        return startWaits.stream().mapToDouble(StartWaits::longest).max().orElse(0);
    }

    public double utilisationPercent() {
        return percent(workedMinutes, counterMinutes);
    }

    public double takenPercent() {
        return percent(bookedMinutes, counterMinutes);
    }

    /** Minutes that people asked for against those that the counters are open. */
    public double loadPercent() {
        return percent(askedMinutes, counterMinutes);
    }

    public double refusedPercent() {
        return percent(sum(refused), asked);
    }

    public double displacedPercent() {
        return percent(sum(displaced), asked);
    }

    /** Counters that nobody staffed, of all there are. */
    public double absentPercent() {
        return percent(absentMinutes, counterMinutes + absentMinutes);
    }

    public double rejectedPercent() {
        return percent(rejected, decisions);
    }

    /** Services that were confirmed or walked in, whose stamp was issued with that. */
    public double stampedPercent() {
        return percent(Fees.sum(fees.services), givenServices);
    }

    public double noShowPercent() {
        return percent(noShowMinutes, counterMinutes);
    }

    public double thirdNextMeanDays() {
        return Arrays.stream(thirdNextDays).average().orElse(0);
    }

    /** The same over the last four weeks: whether it is getting worse. */
    public double thirdNextLastDays() {
        return Arrays.stream(thirdNextDays, Math.max(0, thirdNextDays.length - 28), thirdNextDays.length).average().orElse(0);
    }

    public double perOpenDay(final double minutes) {
        return openDays == 0 ? 0 : minutes / openDays;
    }

    private static double percent(final double part, final double whole) {
        return whole == 0 ? 0 : 100 * part / whole;
    }

    /** Of several posts together: who went from one to another has asked once, and is refused only if the other had nothing either. */
    void countOnce() {
        asked -= came;
        askedMinutes -= cameMinutes;
        went.forEach((result, count) -> refused.merge(result, -count, Long::sum));
    }

    /** Adds another desk's: of the same weeks. Third next and taken by date are weighted by counters elsewhere, see {@link PostResult}. */
    void add(final DeskFigures other) {
        asked += other.asked;
        askedOverDesks += other.askedOverDesks;
        askedMinutes += other.askedMinutes;
        walkIns += other.walkIns;
        overflow += other.overflow;
        lapsed += other.lapsed;
        came += other.came;
        cameMinutes += other.cameMinutes;
        other.went.forEach((result, count) -> went.merge(result, count, Long::sum));
        other.refused.forEach((result, count) -> refused.merge(result, count, Long::sum));
        other.displaced.forEach((result, count) -> displaced.merge(result, count, Long::sum));
        waitDays.addAll(other.waitDays);
        leadDays.addAll(other.leadDays);
        other.waitDaysByService.forEach((service, spread) -> waitDaysByService.computeIfAbsent(service, id -> new Spread()).addAll(spread));
        rejectedForGood += other.rejectedForGood;
        decisions += other.decisions;
        rejected += other.rejected;
        resubmitted += other.resubmitted;
        givenServices += other.givenServices;
        fees.add(other.fees);
        replaced += other.replaced;
        notReplaced += other.notReplaced;
        sentHome += other.sentHome;
        replacedDays.addAll(other.replacedDays);
        absentMinutes += other.absentMinutes;
        served += other.served;
        servedOverDesks += other.servedOverDesks;
        noShows += other.noShows;
        cancelled += other.cancelled;
        moved += other.moved;
        counterMinutes += other.counterMinutes;
        bookedMinutes += other.bookedMinutes;
        workedMinutes += other.workedMinutes;
        overtimeMinutes += other.overtimeMinutes;
        noShowMinutes += other.noShowMinutes;
        strandedMinutes += other.strandedMinutes;
        shortMinutes += other.shortMinutes;
        freeMinutes += other.freeMinutes;
        openDays = Math.max(openDays, other.openDays);
        queueMinutes.addAll(other.queueMinutes);
        startWaits.addAll(other.startWaits);
        for (int hour = 0; hour < HOURS; hour++) {
            waitingMs[hour] += other.waitingMs[hour];
            openDaysAt[hour] = Math.max(openDaysAt[hour], other.openDaysAt[hour]);
            mostWaiting[hour] += other.mostWaiting[hour];
        }
    }
}
