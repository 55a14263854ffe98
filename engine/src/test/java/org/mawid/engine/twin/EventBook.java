package org.mawid.engine.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.sbe.*; // one decoder for every event that is followed

/**
 * What somebody knows who only reads the events: the room of each unit, who holds and has booked what, open lines, stamps. Checks
 * at each event what must never be false. Knows nothing of how it was decided.
 */
final class EventBook {
    private static final int UNITS = 192;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Map<Model.DayKey, Units> days = new HashMap<>();
    private final Map<Long, Map<Model.DayKey, Opened>> staged = new HashMap<>();
    private final Map<Long, Lines> applications = new TreeMap<>();
    private final Map<Long, Visit> holds = new TreeMap<>();
    private final Map<Long, Visit> appointments = new TreeMap<>();
    private final Map<Long, Set<Integer>> openServices = new HashMap<>();
    private final Map<Long, Integer> holdsOf = new HashMap<>();
    private final Map<Long, List<Long>> takenAt = new HashMap<>();
    private final Map<Integer, Integer> roundOf = new HashMap<>();
    private final Map<Integer, String> moneyOf = new HashMap<>();
    private final Map<Integer, Long> rateOf = new HashMap<>();
    private final Map<Long, Integer> stampsEver = new HashMap<>();
    private final Map<Long, long[]> liveStamps = new HashMap<>();
    private final Set<Model.DayKey> forgotten = new HashSet<>();
    private int holdsPerPerson = 2;
    private int openLinesPerPerson = 16;
    private long refillMs = 600_000;
    private int budget = 8;
    private Visit taking;
    private Visit giving;
    private final List<Visit> given = new ArrayList<>();
    /** Who was served by the present position, and may give back what they had: it was not their time. */
    private long servedNow;
    /** What only stamps of an older system may be, of those that this command has issued. */
    private String onlyEarlier = "";
    private long nextStamp = 1;
    private int coreVersion = 1;
    private final ClosureBook closures = new ClosureBook();
    private final Set<Long> came = new HashSet<>();
    private final CoolingBook cooling = new CoolingBook();
    private static final Visit NOBODY = new Visit(0, 0, new HashMap<>());
    /** Appointments that are to be earlier, by waiter, and waiters by what they were offered. */
    private final Map<Long, Long> earlier = new HashMap<>();
    private final Map<Long, Long> offers = new HashMap<>();
    private long newest;
    private boolean released;
    private long releasedHold;

    /** Units of one day. {@code open} = capacity - withheld. */
    private record Units(long startMs, int[] open, int[] taken, int[][] kept, int[][] takenOf) {
    }

    /** {@code open} with what is kept for channels. */
    private record Opened(long startMs, int[] open, int[][] kept) {
    }

    private record Lines(long[] persons, int[] services, LineState[] states) {
    }

    /** Whom a visit serves and what it took, as the events of room said it. */
    private record Visit(long application, int lines, Map<Model.DayKey, int[]> places) {
    }

    /** Reads the events of one position. */
    void read(final byte[] frames) {
        final DirectBuffer buffer = new UnsafeBuffer(frames);
        taking = null;
        giving = null;
        given.clear();
        servedNow = 0;
        onlyEarlier = "";
        newest = 0;
        released = false;
        releasedHold = 0;
        for (int at = 0, ordinal = 0; at < frames.length; ordinal++) {
            final int length = buffer.getInt(at);
            final int message = at + EventWriter.FRAME_BYTES;
            header.wrap(buffer, message);
            final EventHeadDecoder head = new EventHeadDecoder().wrap(buffer, message + MessageHeaderDecoder.ENCODED_LENGTH);
            assertThat(head.ordinal()).isEqualTo(ordinal);
            event(header.templateId(), buffer, message, head.nowMs());
            at += (EventWriter.FRAME_BYTES + length + 7) & ~7;
            if (at >= frames.length) {
                assertThat(onlyEarlier).as("only an older system's stamps are so").isEmpty();
                isWithinLimits(head.nowMs());
            }
        }
    }

    private void event(final int template, final DirectBuffer buffer, final int at, final long nowMs) {
        switch (template) {
            case RulesSetDecoder.TEMPLATE_ID -> rules(new RulesSetDecoder().wrapAndApplyHeader(buffer, at, header));
            case PostDefinedDecoder.TEMPLATE_ID -> {
                final PostDefinedDecoder event = new PostDefinedDecoder().wrapAndApplyHeader(buffer, at, header);
                roundOf.put(event.postId(), event.roundToMinor());
                final String money = event.currency() + event.minorDigits();
                if (!money.equals(moneyOf.put(event.postId(), money)) && coreVersion > 1) {
                    rateOf.remove(event.postId());
                }
            }
            case RateSetDecoder.TEMPLATE_ID -> {
                final RateSetDecoder event = new RateSetDecoder().wrapAndApplyHeader(buffer, at, header);
                rateOf.put(event.postId(), event.microMadPerUnit());
            }
            case CoreVersionSetDecoder.TEMPLATE_ID -> coreVersion = new CoreVersionSetDecoder().wrapAndApplyHeader(buffer, at, header).coreVersion();
            case DayPublishedDecoder.TEMPLATE_ID -> published(new DayPublishedDecoder().wrapAndApplyHeader(buffer, at, header));
            case DayStagedDecoder.TEMPLATE_ID -> staged(new DayStagedDecoder().wrapAndApplyHeader(buffer, at, header));
            case ChangeAppliedDecoder.TEMPLATE_ID -> applied(new ChangeAppliedDecoder().wrapAndApplyHeader(buffer, at, header).changeId());
            case ChangeAbandonedDecoder.TEMPLATE_ID ->
                    staged.remove(new ChangeAbandonedDecoder().wrapAndApplyHeader(buffer, at, header).changeId());
            case RoomChangedDecoder.TEMPLATE_ID -> room(new RoomChangedDecoder().wrapAndApplyHeader(buffer, at, header));
            case QuotasSetDecoder.TEMPLATE_ID -> quotasSet(new QuotasSetDecoder().wrapAndApplyHeader(buffer, at, header));
            case QuotaChangedDecoder.TEMPLATE_ID -> quotaChanged(new QuotaChangedDecoder().wrapAndApplyHeader(buffer, at, header));
            case QuotaSpilledDecoder.TEMPLATE_ID -> quotaSpilled(new QuotaSpilledDecoder().wrapAndApplyHeader(buffer, at, header));
            case OverbookedWithdrawnDecoder.TEMPLATE_ID -> withdrawn(new OverbookedWithdrawnDecoder().wrapAndApplyHeader(buffer, at, header));
            case ApplicationSubmittedDecoder.TEMPLATE_ID ->
                    submitted(new ApplicationSubmittedDecoder().wrapAndApplyHeader(buffer, at, header));
            case LinesDecidedDecoder.TEMPLATE_ID -> decided(new LinesDecidedDecoder().wrapAndApplyHeader(buffer, at, header));
            case HeldDecoder.TEMPLATE_ID -> held(new HeldDecoder().wrapAndApplyHeader(buffer, at, header), nowMs);
            case ConfirmedDecoder.TEMPLATE_ID -> {
                final ConfirmedDecoder event = new ConfirmedDecoder().wrapAndApplyHeader(buffer, at, header);
                appointments.put(event.appointmentId(), event.holdId() == 0 ? takenOver(event) : endHold(event.holdId()));
            }
            case HoldReleasedDecoder.TEMPLATE_ID -> {
                releasedHold = new HoldReleasedDecoder().wrapAndApplyHeader(buffer, at, header).holdId();
                gives(endHold(releasedHold));
                released = true;
            }
            case WaitlistJoinedDecoder.TEMPLATE_ID -> {
                final WaitlistJoinedDecoder event = new WaitlistJoinedDecoder().wrapAndApplyHeader(buffer, at, header);
                earlier.put(event.waiterId(), event.appointmentId());
            }
            case CoolingBegunDecoder.TEMPLATE_ID -> cooling.begun(new CoolingBegunDecoder().wrapAndApplyHeader(buffer, at, header));
            case CoolingEndedDecoder.TEMPLATE_ID -> cooling.ended(new CoolingEndedDecoder().wrapAndApplyHeader(buffer, at, header));
            case OfferMadeDecoder.TEMPLATE_ID -> offered(new OfferMadeDecoder().wrapAndApplyHeader(buffer, at, header), nowMs);
            case PoolDefinedDecoder.TEMPLATE_ID -> {
                final PoolDefinedDecoder event = new PoolDefinedDecoder().wrapAndApplyHeader(buffer, at, header);
                closures.poolDefined(event.poolId(), event.postId());
            }
            case DaysClosedDecoder.TEMPLATE_ID -> closures.closed(new DaysClosedDecoder().wrapAndApplyHeader(buffer, at, header));
            case ClosureInForceDecoder.TEMPLATE_ID -> inForce(new ClosureInForceDecoder().wrapAndApplyHeader(buffer, at, header).closureId());
            case DaysReopenedDecoder.TEMPLATE_ID -> closures.over(new DaysReopenedDecoder().wrapAndApplyHeader(buffer, at, header).closureId());
            case HoldExpiredDecoder.TEMPLATE_ID ->
                    gives(endHold(new HoldExpiredDecoder().wrapAndApplyHeader(buffer, at, header).holdId()));
            case RescheduledDecoder.TEMPLATE_ID ->
                    rescheduled(new RescheduledDecoder().wrapAndApplyHeader(buffer, at, header), nowMs);
            case AppointmentChangedDecoder.TEMPLATE_ID ->
                    changed(new AppointmentChangedDecoder().wrapAndApplyHeader(buffer, at, header));
            case WalkedInDecoder.TEMPLATE_ID -> walkedIn(new WalkedInDecoder().wrapAndApplyHeader(buffer, at, header));
            case StampsTakenOverDecoder.TEMPLATE_ID -> {
                onlyEarlier = "";
                new StampsTakenOverDecoder().wrapAndApplyHeader(buffer, at, header).stamps().forEach(stamp -> liveStamps.get(stamp.stampId())[3] = 1);
            }
            case StampsIssuedDecoder.TEMPLATE_ID -> issued(new StampsIssuedDecoder().wrapAndApplyHeader(buffer, at, header));
            case StampVoidedDecoder.TEMPLATE_ID -> {
                final long[] stamp = liveStamps.remove(new StampVoidedDecoder().wrapAndApplyHeader(buffer, at, header).stampId());
                assertThat(stamp).as("only a live stamp becomes void").isNotNull();
            }
            case StampsChangedDecoder.TEMPLATE_ID -> stampsChanged(new StampsChangedDecoder().wrapAndApplyHeader(buffer, at, header));
            case PostedDecoder.TEMPLATE_ID -> posted(new PostedDecoder().wrapAndApplyHeader(buffer, at, header));
            case ApplicationRetiredDecoder.TEMPLATE_ID ->
                    retired(new ApplicationRetiredDecoder().wrapAndApplyHeader(buffer, at, header).applicationId());
            default -> {
            }
        }
    }

    private void rules(final RulesSetDecoder event) {
        holdsPerPerson = event.holdsPerPerson();
        openLinesPerPerson = event.openLinesPerPerson();
        refillMs = event.holdBudgetRefillMs();
        budget = event.holdBudget();
        takenAt.clear();
    }

    private void published(final DayPublishedDecoder event) {
        final int[] open = new int[UNITS];
        for (final DayPublishedDecoder.RunsDecoder run : event.runs()) {
            Arrays.fill(open, run.startUnit(), run.startUnit() + run.units(), run.capacity() - run.withheld());
        }
        opened(new Model.DayKey(event.poolId(), event.epochDay()), new Opened(event.startMs(), open, new int[Model.CLASSES][UNITS]));
    }

    private void staged(final DayStagedDecoder event) {
        final int[] open = new int[UNITS];
        for (final DayStagedDecoder.RunsDecoder run : event.runs()) {
            Arrays.fill(open, run.startUnit(), run.startUnit() + run.units(), run.capacity() - run.withheld());
        }
        staged.computeIfAbsent(event.changeId(), id -> new HashMap<>())
                .put(new Model.DayKey(event.poolId(), event.epochDay()), new Opened(event.startMs(), open, new int[Model.CLASSES][UNITS]));
    }

    private void applied(final long changeId) {
        final Map<Model.DayKey, Opened> grids = staged.remove(changeId);
        if (grids != null) {
            grids.forEach(this::opened);
        }
    }

    private void opened(final Model.DayKey key, final Opened grid) {
        final Units before = days.get(key);
        final int[][] takenOf = before == null ? new int[Model.CLASSES][UNITS] : before.takenOf;
        days.put(key, new Units(grid.startMs, grid.open, before == null ? new int[UNITS] : before.taken, grid.kept, takenOf));
        for (int unit = 0; unit < UNITS; unit++) {
            grid.open[unit] -= left(days.get(key), unit);
        }
        check(key);
    }

    private static int left(final Units day, final int unit) {
        int left = 0;
        for (int quota = 0; quota < Model.CLASSES; quota++) {
            left += Math.max(0, day.kept[quota][unit] - day.takenOf[quota][unit]);
        }
        return left;
    }

    private void quotasSet(final QuotasSetDecoder event) {
        final Model.DayKey key = new Model.DayKey(event.poolId(), event.epochDay());
        final int[][] kept = event.changeId() == 0 ? days.get(key).kept : staged.get(event.changeId()).get(key).kept;
        for (final QuotasSetDecoder.QuotasDecoder run : event.quotas()) {
            Arrays.fill(kept[run.quotaClass().value()], run.startUnit(), run.startUnit() + run.units(), run.places());
        }
        for (int unit = 0; unit < UNITS && event.changeId() == 0; unit++) {
            days.get(key).open[unit] -= left(days.get(key), unit);
        }
        if (event.changeId() == 0) {
            check(key);
        }
    }

    private void quotaChanged(final QuotaChangedDecoder event) {
        for (final QuotaChangedDecoder.QuotasDecoder run : event.quotas()) {
            final Model.DayKey key = new Model.DayKey(run.poolId(), run.epochDay());
            final Units day = days.get(key);
            for (int unit = run.startUnit(); unit < run.startUnit() + run.units(); unit++) {
                day.kept[run.quotaClass().value()][unit] += run.kept();
                day.takenOf[run.quotaClass().value()][unit] += run.taken();
                assertThat(day.kept[run.quotaClass().value()][unit]).as("kept of %s unit %d", key, unit).isNotNegative();
                assertThat(day.takenOf[run.quotaClass().value()][unit]).as("taken from a quota of %s unit %d", key, unit).isNotNegative();
            }
        }
    }

    private void quotaSpilled(final QuotaSpilledDecoder event) {
        final Model.DayKey key = new Model.DayKey(event.poolId(), event.epochDay());
        final int[][] kept = event.changeId() == 0 ? days.get(key).kept : staged.get(event.changeId()).get(key).kept;
        for (final int quota : bits(event.classes())) {
            Arrays.fill(kept[quota + 1], 0);
        }
    }

    /** Of a live day RoomChanged has said it. */
    private void withdrawn(final OverbookedWithdrawnDecoder event) {
        if (event.changeId() != 0) {
            final int[] open = staged.get(event.changeId()).get(new Model.DayKey(event.poolId(), event.epochDay())).open;
            for (final OverbookedWithdrawnDecoder.WithdrawnDecoder run : event.withdrawn()) {
                for (int unit = run.startUnit(); unit < run.startUnit() + run.units(); unit++) {
                    open[unit] -= run.places();
                }
            }
        }
    }

    /** From then on nobody is left whom it touches, but those who were there already. */
    private void inForce(final long closureId) {
        closures.inForce(closureId);
        final Map<Model.DayKey, int[]> expected = new HashMap<>();
        holds.values().forEach(visit -> addTo(expected, visit));
        appointments.forEach((id, visit) -> {
            if (!came.contains(id)) {
                addTo(expected, visit);
            }
        });
        expected.forEach((key, places) -> {
            final Units day = days.get(key);
            for (int unit = 0; unit < UNITS && !forgotten.contains(key); unit++) {
                final int left = closures.left(key.poolId(), day.startMs + unit * Model.UNIT_MS);
                assertThat(places[unit] == 0 || day.taken[unit] <= left).as("%s unit %d: %d are expected, %d have places, a closure leaves %d", key, unit, places[unit],
                        day.taken[unit], left).isTrue();
            }
        });
        days.keySet().forEach(this::isClosed);
    }

    /** Closures in force leave open what is taken, or less. */
    private void isClosed(final Model.DayKey key) {
        final Units day = days.get(key);
        for (int unit = 0; unit < UNITS && !forgotten.contains(key); unit++) {
            final int left = closures.left(key.poolId(), day.startMs + unit * Model.UNIT_MS);
            if (day.open[unit] > Math.max(left, day.taken[unit])) {
                assertThat(day.open[unit]).as("open of %s unit %d, taken %d", key, unit, day.taken[unit]).isLessThanOrEqualTo(left);
            }
        }
    }

    private static void addTo(final Map<Model.DayKey, int[]> sums, final Visit visit) {
        visit.places.forEach((key, places) -> {
            final int[] sum = sums.computeIfAbsent(key, k -> new int[UNITS]);
            for (int unit = 0; unit < UNITS; unit++) {
                sum[unit] += places[unit];
            }
        });
    }

    /** Taken places fit into what is open, on every unit of the day. */
    private void check(final Model.DayKey key) {
        final Units day = days.get(key);
        for (int unit = 0; unit < UNITS; unit++) {
            if (day.taken[unit] < 0 || day.taken[unit] > day.open[unit]) {
                assertThat(day.taken[unit]).as("taken of %s unit %d, open %d", key, unit, day.open[unit]).isBetween(0, day.open[unit]);
            }
        }
    }

    private void room(final RoomChangedDecoder event) {
        if (servedNow != 0) {
            gives(appointments.remove(servedNow));
            servedNow = 0;
        }
        for (final RoomChangedDecoder.RoomsDecoder room : event.rooms()) {
            final Model.DayKey key = new Model.DayKey(room.poolId(), room.epochDay());
            final Units day = days.get(key);
            assertThat(day).as("room of a day that was never published: %s", key).isNotNull();
            final int moved = room.openDelta() - room.delta();
            if (room.openDelta() == 0 && cooling.isMeant()) {
                cooling.moved(key, room.startUnit(), room.units(), room.delta());
            }
            final Visit visit = cooling.isMeant() ? NOBODY : moved > 0 ? taking : giving;
            for (int unit = room.startUnit(); unit < room.startUnit() + room.units(); unit++) {
                day.open[unit] += room.openDelta();
                day.taken[unit] += moved;
                if (moved != 0) {
                    assertThat(visit).as("room moved, but for whom?").isNotNull();
                    visit.places.computeIfAbsent(key, k -> new int[UNITS])[unit] += moved;
                }
            }
            check(key);
        }
        cooling.told();
    }

    private void submitted(final ApplicationSubmittedDecoder event) {
        final ApplicationSubmittedDecoder.LinesDecoder group = event.lines();
        final int count = group.count();
        final Lines lines = new Lines(new long[count], new int[count], new LineState[count]);
        for (int i = 0; i < count; i++) {
            final ApplicationSubmittedDecoder.LinesDecoder line = group.next();
            lines.persons[i] = line.personKey();
            lines.services[i] = line.serviceId();
            lines.states[i] = line.state();
            final Set<Integer> open = openServices.computeIfAbsent(line.personKey(), key -> new HashSet<>());
            assertThat(open.add(line.serviceId())).as("one open line for a person and a service").isTrue();
            assertThat(open.size()).as("open lines of a person").isLessThanOrEqualTo(openLinesPerPerson);
        }
        assertThat(applications.put(event.applicationId(), lines)).isNull();
    }

    private void decided(final LinesDecidedDecoder event) {
        for (final int line : bits(event.lines())) {
            state(event.applicationId(), line, event.state());
        }
    }

    private void state(final long application, final int line, final LineState state) {
        final Lines lines = applications.get(application);
        lines.states[line] = state;
        if (isOver(state)) {
            assertThat(openServices.get(lines.persons[line]).remove(lines.services[line])).as("a line ends once").isTrue();
            for (final Visit visit : holds.values()) {
                assertThat(visit.application == application && (visit.lines & 1 << line) != 0).as("a held line cannot end").isFalse();
            }
        }
    }

    private void held(final HeldDecoder event, final long nowMs) {
        isWithinLimits(nowMs);
        int lines = 0;
        for (final HeldDecoder.LegsDecoder leg : event.legs()) {
            lines |= leg.lines();
        }
        taking = new Visit(event.applicationId(), lines, new HashMap<>());
        holds.put(event.holdId(), taking);
        persons(taking).forEach(person -> holdsOf.merge(person, 1, Integer::sum));
        newest = event.holdId();
    }

    /** What somebody has asked for counts against their limits; an offer, which nobody has asked for, does not. */
    private void isWithinLimits(final long nowMs) {
        if (newest != 0) {
            for (final long person : persons(holds.get(newest))) {
                assertThat(holdsOf.get(person)).as("live holds of a person").isLessThanOrEqualTo(holdsPerPerson);
                spend(person, nowMs);
            }
        }
        newest = 0;
    }

    private void offered(final OfferMadeDecoder event, final long nowMs) {
        assertThat(event.holdId()).as("what is offered was just held").isEqualTo(newest);
        newest = 0;
        offers.put(event.holdId(), event.waiterId());
        if (released) { // chosen instead of another one
            persons(holds.get(event.holdId())).forEach(person -> spend(person, nowMs));
        }
    }

    /** Whoever looks back from a taking over any stretch of time sees no more takings than the budget and what came back of it. */
    private void spend(final long person, final long nowMs) {
        final List<Long> instants = takenAt.computeIfAbsent(person, key -> new ArrayList<>());
        instants.add(nowMs);
        for (int i = 0; i < instants.size(); i++) {
            final long allowed = budget + (nowMs - instants.get(i)) / refillMs;
            assertThat((long) instants.size() - i).as("takings of a person since %d, now %d", instants.get(i), nowMs)
                    .isLessThanOrEqualTo(allowed);
        }
    }

    private void gives(final Visit visit) {
        giving = visit;
        given.add(visit);
    }

    /** An older system's promise: its places are taken now. */
    private Visit takenOver(final ConfirmedDecoder event) {
        int lines = 0;
        for (final ConfirmedDecoder.LegsDecoder leg : event.legs()) {
            lines |= leg.lines();
        }
        taking = new Visit(event.applicationId(), lines, new HashMap<>());
        return taking;
    }

    private Visit endHold(final long holdId) {
        final Visit visit = holds.remove(holdId);
        assertThat(visit).as("a hold ends once").isNotNull();
        persons(visit).forEach(person -> holdsOf.merge(person, -1, Integer::sum));
        return visit;
    }

    private void rescheduled(final RescheduledDecoder event, final long nowMs) {
        final Long waiter = offers.get(releasedHold);
        if (waiter != null && earlier.getOrDefault(waiter, 0L) == event.appointmentId()) { // what was offered to it is its own now
            final Visit held = given.remove(given.size() - 1);
            gives(appointments.put(event.appointmentId(), held));
            return;
        }
        gives(appointments.get(event.appointmentId()));
        taking = new Visit(giving.application, giving.lines, new HashMap<>());
        appointments.put(event.appointmentId(), taking);
        for (final long person : persons(taking)) {
            spend(person, nowMs);
        }
    }

    private void walkedIn(final WalkedInDecoder event) {
        int lines = 0;
        for (final WalkedInDecoder.LegsDecoder leg : event.legs()) {
            lines |= leg.lines();
        }
        taking = new Visit(event.applicationId(), lines, new HashMap<>());
        appointments.put(event.appointmentId(), taking);
        came.add(event.appointmentId());
    }

    private void changed(final AppointmentChangedDecoder event) {
        final AppointmentState state = event.state();
        if (state == AppointmentState.CHECKED_IN || state == AppointmentState.SERVED) { // told later, it may be served at once
            came.add(event.appointmentId());
        }
        if (state == AppointmentState.CANCELLED || state == AppointmentState.NO_SHOW || state == AppointmentState.DISPLACED) {
            gives(appointments.remove(event.appointmentId()));
            assertThat(giving).as("an appointment ends once").isNotNull();
        } else if (state == AppointmentState.SERVED) {
            servedNow = event.appointmentId();
        }
        for (final int line : bits(event.fulfilled())) {
            state(event.applicationId(), line, LineState.FULFILLED);
        }
    }

    private void issued(final StampsIssuedDecoder event) {
        final long application = event.applicationId();
        final int round = roundOf.get(event.head().postId());
        assertThat(event.microMadPerUnit()).as("a rate").isPositive();
        final StampsIssuedDecoder.StampsDecoder stamps = event.stamps();
        final boolean mayBeReused = coreVersion >= 3 && stamps.count() == 1;
        if (!mayBeReused) {
            onlyEarlier(Long.valueOf(event.microMadPerUnit()).equals(rateOf.get(event.head().postId())), "a rate that was set for this currency");
            assertThat(moneyOf.get(event.head().postId())).startsWith(event.currency());
        }
        for (final StampsIssuedDecoder.StampsDecoder stamp : stamps) {
            assertThat(stamp.stampId()).as("stamps have consecutive numbers").isEqualTo(nextStamp++);
            final int ever = stampsEver.merge(application, 1, Integer::sum);
            assertThat(coreVersion == 1 || ever <= 256).as("%d stamps of one application under core version %d", ever, coreVersion).isTrue();
            assertThat(stamp.amountCentimes()).isPositive();
            onlyEarlier(mayBeReused || stamp.localMinor() % round == 0, "rounded");
            onlyEarlier(applications.get(application).states[stamp.line()] == LineState.VALIDATED, "state of the line of a stamp");
            final long line = stamp.line();
            assertThat(liveStamps.values()).as("one live stamp for a line")
                    .noneMatch(other -> other[0] == application && other[1] == line);
            liveStamps.put(stamp.stampId(), new long[] {application, line, StampState.ISSUED.value(), 0});
        }
    }

    private void onlyEarlier(final boolean isRight, final String what) {
        assertThat(isRight || coreVersion >= 6).as(what).isTrue();
        onlyEarlier = isRight ? onlyEarlier : what;
    }

    private void stampsChanged(final StampsChangedDecoder event) {
        for (final StampsChangedDecoder.StampsDecoder changed : event.stamps()) {
            final long[] stamp = liveStamps.get(changed.stampId());
            if (stamp == null) {
                assertThat(event.state()).as("of a stamp that has left its line").isEqualTo(StampState.CHARGED_BACK);
                continue;
            }
            assertThat(stamp).as("stamp %d", changed.stampId()).startsWith(event.applicationId(), changed.line());
            stamp[2] = event.state().value();
            switch (event.state()) {
                case LAPSED, FORFEITED, REFUNDED, CHARGED_BACK -> liveStamps.remove(changed.stampId());
                default -> {
                }
            }
        }
    }

    /** A movement balances in each book that it touches. */
    private static void posted(final PostedDecoder event) {
        final Map<String, Long> books = new TreeMap<>();
        event.entries().forEach(entry -> books.merge(entry.postId() + entry.currency(), entry.debitMinor() - entry.creditMinor(), Long::sum));
        assertThat(books.values()).as("balance of %s", books).isNotEmpty().allMatch(left -> left == 0);
    }

    private void retired(final long application) {
        final Lines lines = applications.remove(application);
        assertThat(lines.states).as("states of a retired application").allMatch(EventBook::isOver);
        liveStamps.values().removeIf(stamp -> stamp[0] == application);
        // What served visits took stays taken; nobody will give it back.
    }

    /** After each position: no unpaid stamp lives on a line that ended without service, and what was given back is all that was taken. */
    void checkBetweenPositions() {
        for (final long[] stamp : liveStamps.values()) {
            final LineState state = applications.get(stamp[0]).states[(int) stamp[1]];
            if (stamp[2] == StampState.ISSUED.value()) {
                final boolean mayWait = stamp[3] != 0 && (state == LineState.SUBMITTED || state == LineState.DOCUMENTS_NEEDED);
                assertThat(mayWait || state == LineState.VALIDATED || state == LineState.FULFILLED).as("line of a live stamp: %s", state).isTrue();
            }
        }
        NOBODY.places.clear();
        given.forEach(visit -> visit.places.forEach((key, left) -> {
            if (!forgotten.contains(key)) {
                assertThat(left).as("places of %s not given back", key).containsOnly(0);
            }
        }));
    }

    /** Dates that left memory: what is taken there is given back by nobody. */
    void forgetBefore(final int epochDay) {
        for (final Model.DayKey key : days.keySet()) {
            if (key.epochDay() < epochDay) {
                forgotten.add(key);
            }
        }
    }

    /** What is taken on each unit is what the visits that are left have taken: nothing more, nothing less. */
    void checkCalendar() {
        final Map<Model.DayKey, int[]> expected = new HashMap<>();
        holds.values().forEach(visit -> addTo(expected, visit));
        appointments.values().forEach(visit -> addTo(expected, visit));
        cooling.addTo(expected);
        days.forEach((key, day) -> {
            if (!forgotten.contains(key)) {
                assertThat(day.taken).as("taken of %s", key).isEqualTo(expected.getOrDefault(key, new int[UNITS]));
                isClosed(key);
            }
        });
    }

    /** No visit is left but those that were served, here or in applications that have been retired since. */
    void checkOnlyServedIsTaken(final Collection<Long> served) {
        assertThat(holds).isEmpty();
        for (final Map.Entry<Long, Visit> entry : appointments.entrySet()) {
            final boolean retired = !applications.containsKey(entry.getValue().application);
            assertThat(retired || served.contains(entry.getKey())).as("appointment %d is over", entry.getKey()).isTrue();
        }
    }

    private Set<Long> persons(final Visit visit) {
        final Set<Long> persons = new HashSet<>();
        for (final int line : bits(visit.lines)) {
            persons.add(applications.get(visit.application).persons[line]);
        }
        return persons;
    }

    private static List<Integer> bits(final int set) {
        final List<Integer> bits = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            if ((set & 1 << i) != 0) {
                bits.add(i);
            }
        }
        return bits;
    }

    private static boolean isOver(final LineState state) {
        return state == LineState.REJECTED || state == LineState.WITHDRAWN || state == LineState.FULFILLED || state == LineState.EXPIRED;
    }
}
