package org.mawid.api.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.ChangeAppliedDecoder;
import org.mawid.sbe.ConfirmedDecoder;
import org.mawid.sbe.CoolingBegunDecoder;
import org.mawid.sbe.CoolingEndedDecoder;
import org.mawid.sbe.DayPublishedDecoder;
import org.mawid.sbe.DayStagedDecoder;
import org.mawid.sbe.DaysClosedDecoder;
import org.mawid.sbe.DaysReopenedDecoder;
import org.mawid.sbe.EventHeadDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.HoldExpiredDecoder;
import org.mawid.sbe.HoldReleasedDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.OfferMadeDecoder;
import org.mawid.sbe.QuotaChangedDecoder;
import org.mawid.sbe.QuotaSpilledDecoder;
import org.mawid.sbe.QuotasSetDecoder;
import org.mawid.sbe.RescheduledDecoder;
import org.mawid.sbe.RoomChangedDecoder;
import org.mawid.sbe.WalkedInDecoder;
import org.mawid.sbe.WithheldSetDecoder;

/**
 * What happened to some pools of a post on one date, from its events in order: what was published, who took which units when, and when they were given back.
 * Who takes places is told right before the places, and so is who gives them back. One thread.
 */
final class DayStory {
    /** As a day was published, or came with a change. @param withheld by unit, as {@code open}, which is capacity less withheld */
    record Published(long position, long startMs, long releasedAtMs, int alignUnits, int[] open, int[] withheld) {
    }

    /** Room of some units moved. */
    record Moved(long position, int fromUnit, int units, int delta, int openDelta) {
        boolean has(final int unit) {
            return unit >= fromUnit && unit < fromUnit + units;
        }
    }

    /** So many are withheld from there on. */
    record Withheld(long position, int fromUnit, int units, int places) {
        boolean has(final int unit) {
            return unit >= fromUnit && unit < fromUnit + units;
        }
    }

    /** A closure of those that were made since events are kept. @param end position at which it was over */
    record Closure(Explanation.Closed closed, long end) {
    }

    private final int epochDay;
    private final Set<Integer> pools;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DayPublishedDecoder dayPublished = new DayPublishedDecoder();
    private final DayStagedDecoder dayStaged = new DayStagedDecoder();
    private final ChangeAppliedDecoder changeApplied = new ChangeAppliedDecoder();
    private final RoomChangedDecoder roomChanged = new RoomChangedDecoder();
    private final WithheldSetDecoder withheldSet = new WithheldSetDecoder();
    private final DaysClosedDecoder daysClosed = new DaysClosedDecoder();
    private final DaysReopenedDecoder daysReopened = new DaysReopenedDecoder();
    private final HeldDecoder held = new HeldDecoder();
    private final OfferMadeDecoder offerMade = new OfferMadeDecoder();
    private final ConfirmedDecoder confirmed = new ConfirmedDecoder();
    private final HoldReleasedDecoder holdReleased = new HoldReleasedDecoder();
    private final HoldExpiredDecoder holdExpired = new HoldExpiredDecoder();
    private final RescheduledDecoder rescheduled = new RescheduledDecoder();
    private final AppointmentChangedDecoder appointmentChanged = new AppointmentChangedDecoder();
    private final WalkedInDecoder walkedIn = new WalkedInDecoder();
    private final QuotasSetDecoder quotasSet = new QuotasSetDecoder();
    private final QuotaChangedDecoder quotaChanged = new QuotaChangedDecoder();
    private final QuotaSpilledDecoder quotaSpilled = new QuotaSpilledDecoder();
    private final KeptStory kept = new KeptStory();
    private final CoolingBegunDecoder coolingBegun = new CoolingBegunDecoder();
    private final CoolingEndedDecoder coolingEnded = new CoolingEndedDecoder();
    private final Map<Integer, List<Published>> published = new HashMap<>();
    private final Map<Integer, List<Moved>> moved = new HashMap<>();
    private final Map<Integer, List<Withheld>> withheld = new HashMap<>();
    private final Map<Long, Map<Integer, Published>> staged = new HashMap<>();
    private final Map<Long, Closure> closures = new HashMap<>();
    private final Map<Long, Taking> byHold = new HashMap<>();
    private final Map<Long, Taking> byAppointment = new HashMap<>();
    private final Map<Long, Taking> byRun = new HashMap<>();
    private final List<Taking> takings = new ArrayList<>();
    private Taking taker;
    /** The next room is that of what cools, whoever takes places besides. */
    private boolean isOfCooling;
    /** The hold that ended last, unless its places came back. */
    private Taking released;
    private long lastPosition;
    private long lastMs;
    private long askedPosition = Long.MAX_VALUE;
    private long askedMs = Long.MAX_VALUE;
    private long asOfPosition;
    private long beforePosition;
    private long nextMs = Long.MAX_VALUE;

    DayStory(final int epochDay, final Set<Integer> pools) {
        this.epochDay = epochDay;
        this.pools = pools;
    }

    /** Before the first event: of which moment is asked. @param position the last that counts @param nowMs log time before which an event counts */
    void asOf(final long position, final long nowMs) {
        askedPosition = position;
        askedMs = nowMs;
    }

    /** Position of the last event that counts, 0 = none that is kept. */
    long asOfPosition() {
        return asOfPosition;
    }

    /** Position of the last event before the last millisecond that counts, 0 = none that is kept. */
    long beforePosition() {
        return beforePosition;
    }

    /** Log time of the first event that does not count: the moment asked about was before that. */
    long nextMs() {
        return nextMs;
    }

    /** One event with its header; what does not matter here is passed over. */
    void onEvent(final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        switch (header.templateId()) {
            case DayPublishedDecoder.TEMPLATE_ID -> published(dayPublished.wrapAndApplyHeader(buffer, offset, header));
            case DayStagedDecoder.TEMPLATE_ID -> staged(dayStaged.wrapAndApplyHeader(buffer, offset, header));
            case ChangeAppliedDecoder.TEMPLATE_ID -> applied(changeApplied.wrapAndApplyHeader(buffer, offset, header));
            case RoomChangedDecoder.TEMPLATE_ID -> moved(roomChanged.wrapAndApplyHeader(buffer, offset, header));
            case WithheldSetDecoder.TEMPLATE_ID -> withheld(withheldSet.wrapAndApplyHeader(buffer, offset, header));
            case QuotasSetDecoder.TEMPLATE_ID -> quotasSet(quotasSet.wrapAndApplyHeader(buffer, offset, header));
            case QuotaChangedDecoder.TEMPLATE_ID -> quotaChanged(quotaChanged.wrapAndApplyHeader(buffer, offset, header));
            case QuotaSpilledDecoder.TEMPLATE_ID -> quotaSpilled(quotaSpilled.wrapAndApplyHeader(buffer, offset, header));
            case DaysClosedDecoder.TEMPLATE_ID -> closed(daysClosed.wrapAndApplyHeader(buffer, offset, header));
            case DaysReopenedDecoder.TEMPLATE_ID -> reopened(daysReopened.wrapAndApplyHeader(buffer, offset, header));
            case HeldDecoder.TEMPLATE_ID -> held(held.wrapAndApplyHeader(buffer, offset, header));
            case OfferMadeDecoder.TEMPLATE_ID -> offered(offerMade.wrapAndApplyHeader(buffer, offset, header));
            case ConfirmedDecoder.TEMPLATE_ID -> confirmed(confirmed.wrapAndApplyHeader(buffer, offset, header));
            case HoldReleasedDecoder.TEMPLATE_ID -> {
                holdReleased.wrapAndApplyHeader(buffer, offset, header);
                at(holdReleased.head());
                released = byHold.remove(holdReleased.holdId());
                end(released);
            }
            case HoldExpiredDecoder.TEMPLATE_ID -> {
                holdExpired.wrapAndApplyHeader(buffer, offset, header);
                at(holdExpired.head());
                end(byHold.remove(holdExpired.holdId()));
            }
            case RescheduledDecoder.TEMPLATE_ID -> rescheduled(rescheduled.wrapAndApplyHeader(buffer, offset, header));
            case AppointmentChangedDecoder.TEMPLATE_ID -> changed(appointmentChanged.wrapAndApplyHeader(buffer, offset, header));
            case WalkedInDecoder.TEMPLATE_ID -> walkedIn(walkedIn.wrapAndApplyHeader(buffer, offset, header));
            case CoolingBegunDecoder.TEMPLATE_ID -> cools(coolingBegun.wrapAndApplyHeader(buffer, offset, header));
            case CoolingEndedDecoder.TEMPLATE_ID -> {
                coolingEnded.wrapAndApplyHeader(buffer, offset, header);
                at(coolingEnded.head());
                for (final CoolingEndedDecoder.RunsDecoder each : coolingEnded.runs()) {
                    final Taking run = byRun.remove(each.runId());
                    if (run != null) {
                        run.endPosition = lastPosition;
                    }
                }
            }
            default -> { }
        }
    }

    private void at(final EventHeadDecoder head) {
        lastPosition = head.position();
        lastMs = head.nowMs();
        beforePosition = lastMs < askedMs - 1 ? lastPosition : beforePosition;
        if (lastPosition <= askedPosition && lastMs < askedMs) {
            asOfPosition = lastPosition;
        } else if (nextMs == Long.MAX_VALUE) {
            nextMs = lastMs;
        }
    }

    // ---- the calendar

    private void published(final DayPublishedDecoder event) {
        at(event.head());
        taker = null;
        if (event.epochDay() != epochDay || !pools.contains(event.poolId())) {
            return;
        }
        final int[] open = new int[event.unitCount()];
        final int[] hidden = new int[event.unitCount()];
        final int poolId = event.poolId();
        final Published one = new Published(lastPosition, event.startMs(), event.releasedAtMs(), event.alignUnits(), open, hidden);
        event.runs().forEach(run -> fill(open, hidden, run.startUnit(), run.units(), run.capacity(), run.withheld()));
        published.computeIfAbsent(poolId, pool -> new ArrayList<>()).add(one);
        kept.published(poolId, lastPosition);
    }

    private void staged(final DayStagedDecoder event) {
        at(event.head());
        if (event.epochDay() != epochDay || !pools.contains(event.poolId())) {
            return;
        }
        final int[] open = new int[event.unitCount()];
        final int[] hidden = new int[event.unitCount()];
        final int poolId = event.poolId();
        final Published one = new Published(lastPosition, event.startMs(), event.releasedAtMs(), event.alignUnits(), open, hidden);
        final long changeId = event.changeId();
        event.runs().forEach(run -> fill(open, hidden, run.startUnit(), run.units(), run.capacity(), run.withheld()));
        staged.computeIfAbsent(changeId, change -> new HashMap<>()).put(poolId, one);
        kept.staged(changeId, poolId, lastPosition);
    }

    private static void fill(final int[] open, final int[] hidden, final int from, final int units, final int capacity, final int withheld) {
        for (int unit = from; unit < from + units && unit < open.length; unit++) {
            open[unit] = capacity - withheld;
            hidden[unit] = withheld;
        }
    }

    private void applied(final ChangeAppliedDecoder event) {
        at(event.head());
        taker = null;
        kept.applied(event.changeId(), lastPosition);
        final Map<Integer, Published> days = staged.remove(event.changeId());
        if (days != null) {
            days.forEach((poolId, one) -> published.computeIfAbsent(poolId, pool -> new ArrayList<>())
                    .add(new Published(lastPosition, one.startMs, one.releasedAtMs, one.alignUnits, one.open, one.withheld)));
        }
    }

    private void moved(final RoomChangedDecoder event) {
        final EventHeadDecoder head = event.head();
        if (head.position() != lastPosition) {
            taker = null;
        }
        at(head);
        for (final RoomChangedDecoder.RoomsDecoder room : event.rooms()) {
            if (room.epochDay() == epochDay && pools.contains(room.poolId())) {
                moved.computeIfAbsent(room.poolId(), pool -> new ArrayList<>())
                        .add(new Moved(lastPosition, room.startUnit(), room.units(), room.delta(), room.openDelta()));
                final int taken = room.openDelta() - room.delta(); // who takes what was kept leaves the room of everybody as it is
                if (taker != null && !isOfCooling && taken > 0) {
                    taker.runs.add(new Taking.Run(room.poolId(), room.startUnit(), room.units(), taken));
                }
            }
        }
        isOfCooling = false;
        released = null;
    }

    private void withheld(final WithheldSetDecoder event) {
        at(event.head());
        if (event.epochDay() == epochDay && pools.contains(event.poolId())) {
            withheld.computeIfAbsent(event.poolId(), pool -> new ArrayList<>()).add(new Withheld(lastPosition, event.startUnit(), event.units(), event.withheld()));
        }
    }

    private void quotasSet(final QuotasSetDecoder event) {
        at(event.head());
        if (event.epochDay() == epochDay && pools.contains(event.poolId())) {
            kept.set(event);
        }
    }

    private void quotaChanged(final QuotaChangedDecoder event) {
        at(event.head());
        for (final QuotaChangedDecoder.QuotasDecoder run : event.quotas()) {
            if (run.epochDay() == epochDay && pools.contains(run.poolId())) {
                kept.changed(lastPosition, run);
            }
        }
    }

    private void quotaSpilled(final QuotaSpilledDecoder event) {
        at(event.head());
        if (event.epochDay() == epochDay && pools.contains(event.poolId())) {
            kept.spilled(lastPosition, event);
        }
    }

    private void closed(final DaysClosedDecoder event) {
        at(event.head());
        taker = null;
        closures.put(event.closureId(), new Closure(new Explanation.Closed(event.closureId(), lastPosition, event.poolId(), event.fromMs(), event.toMs(), event.capacity(),
                event.reasonCode()), Long.MAX_VALUE));
    }

    private void reopened(final DaysReopenedDecoder event) {
        at(event.head());
        taker = null;
        closures.computeIfPresent(event.closureId(), (id, one) -> new Closure(one.closed, lastPosition));
    }

    // ---- who was there

    private void held(final HeldDecoder event) {
        at(event.head());
        taker = begin(Explanation.How.HELD, event.deadlineMs());
        byHold.put(event.holdId(), taker);
    }

    private void offered(final OfferMadeDecoder event) {
        at(event.head());
        final Taking offer = byHold.get(event.holdId());
        if (offer != null) {
            offer.offered = true;
        }
    }

    private void confirmed(final ConfirmedDecoder event) {
        at(event.head());
        taker = null;
        final Taking visit = byHold.remove(event.holdId());
        if (visit != null) {
            visit.bookedPosition = lastPosition;
            byAppointment.put(event.appointmentId(), visit);
        }
    }

    private void rescheduled(final RescheduledDecoder event) {
        at(event.head());
        end(byAppointment.remove(event.appointmentId()));
        taker = begin(Explanation.How.MOVED_THERE, 0);
        if (released != null && released.endPosition == lastPosition) {
            taker.runs.addAll(released.runs); // an earlier time that was offered: it has the places of its hold
        }
        byAppointment.put(event.appointmentId(), taker);
    }

    private void cools(final CoolingBegunDecoder event) {
        at(event.head());
        isOfCooling = true;
        long runId = event.coolingId();
        for (final CoolingBegunDecoder.RunsDecoder run : event.runs()) {
            if (run.epochDay() == epochDay && pools.contains(run.poolId())) {
                final Taking one = begin(Explanation.How.COOLING, 0);
                one.runs.add(new Taking.Run(run.poolId(), run.startUnit(), run.units(), run.places()));
                byRun.put(runId, one);
            }
            runId++;
        }
    }

    private void walkedIn(final WalkedInDecoder event) {
        at(event.head());
        taker = begin(Explanation.How.WALKED_IN, 0);
        byAppointment.put(event.appointmentId(), taker);
    }

    /** Places are free again but for who was served at the time, which they keep. */
    private void changed(final AppointmentChangedDecoder event) {
        at(event.head());
        taker = null;
        final AppointmentState state = event.state();
        if (state == AppointmentState.CANCELLED || state == AppointmentState.NO_SHOW || state == AppointmentState.DISPLACED) {
            end(byAppointment.remove(event.appointmentId()));
        }
    }

    private Taking begin(final Explanation.How how, final long deadlineMs) {
        final Taking one = new Taking(lastPosition, lastMs, how, deadlineMs);
        takings.add(one);
        return one;
    }

    private void end(final Taking one) {
        taker = null;
        if (one != null) {
            one.endPosition = lastPosition;
        }
    }

    // ---- what is told of it

    /** Of a pool, ascending; empty when nothing was published since events are kept. */
    List<Published> published(final int poolId) {
        return published.getOrDefault(poolId, List.of());
    }

    List<Moved> moved(final int poolId) {
        return moved.getOrDefault(poolId, List.of());
    }

    List<Withheld> withheld(final int poolId) {
        return withheld.getOrDefault(poolId, List.of());
    }

    KeptStory kept() {
        return kept;
    }

    List<Closure> closures() {
        return List.copyOf(closures.values());
    }

    /** Those that had places at that position, the first first. */
    List<Taking> at(final long position) {
        return takings.stream().filter(one -> one.isAt(position) && !one.runs.isEmpty()).toList();
    }
}
