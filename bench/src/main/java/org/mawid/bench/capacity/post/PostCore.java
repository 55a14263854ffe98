package org.mawid.bench.capacity.post;

import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.network.CommandWriter;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Rate;
import org.mawid.api.network.Network.Resource;
import org.mawid.api.network.Network.Service;
import org.mawid.api.network.OpenDay;
import org.mawid.bench.capacity.demand.Stop;
import org.mawid.bench.capacity.plan.PlanRefusedException;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.load.Lives;
import org.mawid.engine.core.Counts;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.PositionGate;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.engine.readmodel.availability.LiveAvailability;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.CallEncoder;
import org.mawid.sbe.CancelEncoder;
import org.mawid.sbe.Channel;
import org.mawid.sbe.CheckInEncoder;
import org.mawid.sbe.ConfirmEncoder;
import org.mawid.sbe.HoldEncoder;
import org.mawid.sbe.MarkNoShowEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.RejectLinesEncoder;
import org.mawid.sbe.RequestEncoder;
import org.mawid.sbe.RescheduleEncoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.ServeEncoder;
import org.mawid.sbe.SetCapacityEncoder;
import org.mawid.sbe.SubmitApplicationEncoder;
import org.mawid.sbe.TickEncoder;
import org.mawid.sbe.ValidateLinesEncoder;
import org.mawid.sbe.WalkInEncoder;
import org.mawid.sbe.WithdrawLinesEncoder;

/**
 * The real core of one post, with the real availability and catalogue beside it, in log time that is handed in. Every question is a command or a search, as a
 * portal or an officer would ask; what it tells a visitor about themselves is written to them. One thread.
 */
final class PostCore implements AutoCloseable {
    /** Most starts of one search: the first date is always whole. */
    static final int MOST_STARTS = 192;
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final long OWN_REQUESTS = 1;
    private static final long IMPORT_REQUESTS = 2;

    private final Site site;
    private final int postId;
    private final EngineCore core = new EngineCore();
    private final EventWriter events = new EventWriter();
    private final Outcome outcome = new Outcome();
    private final PositionGate gate = new PositionGate();
    private final LiveAvailability availability = new LiveAvailability(gate, () -> 0);
    private final Prices prices;
    private final UnsafeBuffer command = new UnsafeBuffer(ByteBuffer.allocateDirect(2048));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandWriter catalogue;
    private final TickEncoder tick = new TickEncoder();
    private final SubmitApplicationEncoder submit = new SubmitApplicationEncoder();
    private final ValidateLinesEncoder validate = new ValidateLinesEncoder();
    private final RejectLinesEncoder reject = new RejectLinesEncoder();
    private final SetCapacityEncoder setCapacity = new SetCapacityEncoder();
    private final WithdrawLinesEncoder withdraw = new WithdrawLinesEncoder();
    private final HoldEncoder hold = new HoldEncoder();
    private final ConfirmEncoder confirm = new ConfirmEncoder();
    private final RescheduleEncoder reschedule = new RescheduleEncoder();
    private final CancelEncoder cancel = new CancelEncoder();
    private final CheckInEncoder checkIn = new CheckInEncoder();
    private final CallEncoder call = new CallEncoder();
    private final ServeEncoder serve = new ServeEncoder();
    private final MarkNoShowEncoder markNoShow = new MarkNoShowEncoder();
    private final WalkInEncoder walkIn = new WalkInEncoder();
    private long position;
    private long nowMs;
    private long requests;
    private boolean isShown = true;
    private final PostSimulation.Tap tap;

    PostCore(final Site site, final long startMs, final PostSimulation.Tap tap) {
        this.site = site;
        this.postId = site.post().id();
        this.nowMs = startMs;
        this.tap = tap;
        this.prices = new Prices(site);
        this.catalogue = new CommandWriter(IMPORT_REQUESTS, () -> nowMs);
        make();
    }

    private void make() {
        final Rate rate = site.network().rates().stream().filter(one -> one.currency().equals(site.post().currency())).findFirst()
                .orElseThrow(() -> new PlanRefusedException("chancery-rates.csv has no " + site.post().currency() + ", in which " + site.post().code() + " collects"));
        must(catalogue.definePost(command, 0, postId, site.post().code(), site.post().currency(), rate.minorUnits(), 1));
        must(catalogue.setRate(command, 0, postId, rate.microMadPerUnit()));
        for (final Service service : site.network().services()) {
            must(catalogue.defineService(command, 0, service.id(), service));
            must(catalogue.setTariff(command, 0, service.id(), 1, nowMs, service.fee()));
        }
        for (final Pool pool : site.network().poolsOf(postId)) {
            final PoolKind kind = pool instanceof Resource resource ? PoolKind.valueOf(resource.kind().name()) : PoolKind.DESK;
            must(catalogue.definePool(command, 0, pool.id(), postId, kind, PlannedNetwork.code(pool)));
            if (pool instanceof Desk desk) {
                desk.serviceIds().forEach(service -> must(catalogue.setDeskService(command, 0, desk.id(), service, true)));
            }
        }
        prices.known();
    }

    /** Log time goes on to this instant; holds that end before are ended at their own. */
    void advance(final long toMs) {
        while (core.nextDueMs() <= toMs) {
            nowMs = Math.max(nowMs, core.nextDueMs());
            tick.wrapAndApplyHeader(command, 0, header);
            tick.request().deadlineMs(0).idHigh(0).idLow(0).createdMs(nowMs).sequence(0).actor(0).onBehalfOf(0).clientId(0).channel(Channel.SYSTEM)
                    .putReserved((short) 0, (short) 0, (short) 0);
            must(HEADER + tick.encodedLength());
        }
        nowMs = Math.max(nowMs, toMs);
    }

    /** Publishes one date of all pools together. @param capacities by pool, in the order of the pools */
    void publish(final List<OpenDay> pools, final int[] capacities) {
        must(catalogue.beginChange(command, 0, postId));
        final long change = outcome.number1();
        final long version = outcome.number2();
        for (int i = 0; i < capacities.length; i++) {
            final OpenDay day = pools.get(i);
            must(catalogue.addToChange(command, 0, change, day.poolId(),
                    new OpenDay(day.poolId(), day.epochDay(), day.startMs(), day.units(), day.alignUnits(), day.releasedAtMs(), capacities[i])));
        }
        must(catalogue.applyChange(command, 0, change, version));
    }

    void submit(final Visitor visitor) {
        submit.wrapAndApplyHeader(command, 0, header);
        request(submit.request(), Channel.ONLINE);
        submit.applicant(key(visitor, visitor.persons[0])).postId(postId);
        final SubmitApplicationEncoder.LinesEncoder lines = submit.linesCount(visitor.services.length);
        for (int i = 0; i < visitor.services.length; i++) {
            lines.next().personKey(key(visitor, visitor.persons[i])).serviceId(visitor.services[i]).registeredPostId(postId).quantity((short) visitor.quantities[i])
                    .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        }
        must(HEADER + submit.encodedLength());
        visitor.application = outcome.number1();
    }

    private int needValidation(final Visitor visitor) {
        int lines = 0;
        for (int i = 0; i < visitor.services.length; i++) {
            lines |= site.network().service(visitor.services[i]).validationRequired() ? 1 << i : 0;
        }
        return lines;
    }

    /** All lines that need it. */
    void validate(final Visitor visitor) {
        validate.wrapAndApplyHeader(command, 0, header);
        request(validate.request(), Channel.SYSTEM);
        validate.applicationId(visitor.application).lines(needValidation(visitor));
        must(HEADER + validate.encodedLength());
    }

    /** All lines that wanted a decision; the others they withdraw, to send all of it again. @return how many were rejected */
    int reject(final Visitor visitor) {
        final int lines = needValidation(visitor);
        reject.wrapAndApplyHeader(command, 0, header);
        request(reject.request(), Channel.SYSTEM);
        reject.applicationId(visitor.application).lines(lines).reasonHash(visitor.number + 1).reasonCode(1);
        must(HEADER + reject.encodedLength());
        final int others = visitor.allLines() & ~lines;
        if (others != 0) {
            withdraw(visitor, others);
            visitor.withdrawnLines += Integer.bitCount(others);
        }
        return Integer.bitCount(lines);
    }

    /** All lines; stamps that they have become void. */
    void withdraw(final Visitor visitor) {
        withdraw(visitor, visitor.allLines());
        prices.madeVoid(visitor);
    }

    private void withdraw(final Visitor visitor, final int lines) {
        withdraw.wrapAndApplyHeader(command, 0, header);
        request(withdraw.request(), Channel.ONLINE);
        withdraw.applicationId(visitor.application).lines(lines);
        must(HEADER + withdraw.encodedLength());
    }

    /** Other places; none that somebody has can be taken away. */
    private void setCapacity(final int poolId, final int epochDay, final int fromUnit, final int units, final int capacity) {
        setCapacity.wrapAndApplyHeader(command, 0, header);
        request(setCapacity.request(), Channel.COUNTER);
        setCapacity.poolId(poolId).epochDay(epochDay).startUnit((short) fromUnit).units((short) units).capacity((short) capacity).withheld((short) 0);
        must(HEADER + setCapacity.encodedLength());
    }

    /** By unit of a date; none that somebody has can be taken away. */
    void setCapacities(final int poolId, final int epochDay, final int[] capacities) {
        final int[] open = day(poolId, epochDay).open();
        int from = 0;
        while (from < capacities.length) {
            int until = from + 1;
            while (until < capacities.length && capacities[until] == capacities[from] && open[until] == open[from]) {
                until++;
            }
            if (capacities[from] != open[from]) {
                setCapacity(poolId, epochDay, from, until - from, capacities[from]);
            }
            from = until;
        }
    }

    /** @param startUnits by stop @return OK, or why not */
    Result hold(final Visitor visitor, final int epochDay, final int[] startUnits) {
        hold.wrapAndApplyHeader(command, 0, header);
        request(hold.request(), Channel.ONLINE);
        hold.applicationId(visitor.application).issueStamps(BooleanType.NO);
        final HoldEncoder.LegsEncoder legs = hold.legsCount(legs(visitor));
        eachLeg(visitor, startUnits, (desk, lines, unit, units) -> legs.next().deskId(desk).lines(lines).epochDay(epochDay).startUnit((short) unit).units((short) units));
        final Result result = apply(HEADER + hold.encodedLength());
        if (result == Result.OK) {
            visitor.hold = outcome.number1();
            visitor.epochDay = epochDay;
            visitor.startUnits = startUnits;
        }
        return result;
    }

    /** Where one leg of a visit is. */
    private interface Place {
        void take(int desk, int lines, int unit, int units);
    }

    /** Legs at a stop follow each other without a break. @param startUnits by stop */
    private void eachLeg(final Visitor visitor, final int[] startUnits, final Place place) {
        for (int i = 0; i < startUnits.length; i++) {
            final Stop stop = visitor.stops.get(i);
            int unit = startUnits[i];
            for (int leg = 0; leg < stop.legUnits().length; leg++) {
                place.take(deskId(stop), stop.legLines()[leg], unit, stop.legUnits()[leg]);
                unit += stop.legUnits()[leg];
            }
        }
    }

    private static int legs(final Visitor visitor) {
        return visitor.stops.stream().mapToInt(stop -> stop.legUnits().length).sum();
    }

    /** With the stamps of those whose stamps are issued beforehand. */
    void confirm(final Visitor visitor) {
        confirm.wrapAndApplyHeader(command, 0, header);
        request(confirm.request(), Channel.ONLINE);
        confirm.holdId(visitor.hold).issueStamps(flag(visitor.temper.isStamped()));
        must(HEADER + confirm.encodedLength());
        prices.issuedTo(visitor, nowMs);
        visitor.hold = 0;
        visitor.appointment = outcome.number1();
        visitor.startMs = outcome.number2();
    }

    /** @param startUnits by stop @return OK, or why not */
    Result move(final Visitor visitor, final int epochDay, final int[] startUnits) {
        reschedule.wrapAndApplyHeader(command, 0, header);
        request(reschedule.request(), Channel.ONLINE);
        reschedule.appointmentId(visitor.appointment);
        final RescheduleEncoder.LegsEncoder legs = reschedule.legsCount(legs(visitor));
        eachLeg(visitor, startUnits, (desk, lines, unit, units) -> legs.next().deskId(desk).lines(lines).epochDay(epochDay).startUnit((short) unit).units((short) units));
        final Result result = apply(HEADER + reschedule.encodedLength());
        if (result == Result.OK) {
            visitor.startMs = outcome.number2();
            visitor.epochDay = epochDay;
            visitor.startUnits = startUnits;
        }
        return result;
    }

    void cancel(final Visitor visitor) {
        cancel.wrapAndApplyHeader(command, 0, header);
        request(cancel.request(), Channel.ONLINE);
        cancel.appointmentId(visitor.appointment);
        must(HEADER + cancel.encodedLength());
    }

    void checkIn(final Visitor visitor) {
        checkIn.wrapAndApplyHeader(command, 0, header);
        request(checkIn.request(), Channel.COUNTER);
        checkIn.appointmentId(visitor.appointment);
        must(HEADER + checkIn.encodedLength());
    }

    /** @param counter 1 to 255 */
    void call(final Visitor visitor, final int counter) {
        call.wrapAndApplyHeader(command, 0, header);
        request(call.request(), Channel.COUNTER);
        call.appointmentId(visitor.appointment).counter((short) counter);
        must(HEADER + call.encodedLength());
    }

    void serve(final Visitor visitor) {
        serve.wrapAndApplyHeader(command, 0, header);
        request(serve.request(), Channel.COUNTER);
        serve.appointmentId(visitor.appointment).fulfilled(visitor.allLines());
        must(HEADER + serve.encodedLength());
    }

    void markNoShow(final Visitor visitor) {
        markNoShow.wrapAndApplyHeader(command, 0, header);
        request(markNoShow.request(), Channel.COUNTER);
        markNoShow.appointmentId(visitor.appointment);
        must(HEADER + markNoShow.encodedLength());
    }

    /** @return OK when there is room left today, OVERFLOW when there is none; either way they have a ticket */
    Result walkIn(final Visitor visitor, final int epochDay) {
        walkIn.wrapAndApplyHeader(command, 0, header);
        request(walkIn.request(), Channel.COUNTER);
        walkIn.applicationId(0).applicant(key(visitor, visitor.persons[0])).deskId(deskId(visitor.stops.get(0))).epochDay(epochDay).served(0).issueStamps(flag(visitor.temper.isStamped()));
        final WalkInEncoder.LinesEncoder lines = walkIn.linesCount(visitor.services.length);
        for (int i = 0; i < visitor.services.length; i++) {
            lines.next().personKey(key(visitor, visitor.persons[i])).serviceId(visitor.services[i]).registeredPostId(postId).quantity((short) visitor.quantities[i])
                    .ageBand(AgeBand.ADULT).priority(Priority.NONE).representative(BooleanType.NO);
        }
        must(HEADER + walkIn.encodedLength());
        visitor.appointment = outcome.number1();
        prices.issuedTo(visitor, nowMs);
        return outcome.result();
    }

    /** Price of all their services, centimes of dirham. */
    long quoteCentimes(final Visitor visitor) {
        return prices.quoteCentimes(visitor, nowMs);
    }

    // ---- what can be read

    /** The first starts with room for the first stop of a visitor, at most {@link #MOST_STARTS}. */
    List<Availability.Slot> starts(final Visitor visitor, final int fromEpochDay, final int days) {
        show();
        final Stop first = visitor.stops.get(0);
        return availability.firstStarts(new Availability.Query(new int[] {deskId(first)}, fromEpochDay, days, 1, first.units(),
                SearchPlan.forEach(1, first.kinds()), MOST_STARTS, nowMs)).slots();
    }

    /** @return null when it is not published */
    Availability.DayView day(final int poolId, final int epochDay) {
        show();
        return availability.day(poolId, epochDay);
    }

    private void show() {
        if (!isShown) {
            availability.onBatchEnd(position, nowMs);
            gate.moveTo(position);
            isShown = true;
        }
    }

    /** Checks every promise of the core, and counts. */
    Counts counts() {
        core.check();
        return core.counts();
    }

    /** Commands so far. */
    long position() {
        return position;
    }

    // ---- how it is told

    private int deskId(final Stop stop) {
        return site.desks().get(stop.desk()).id();
    }

    private static long key(final Visitor visitor, final int person) {
        return Lives.personKey(visitor.number * 16 + person, 0);
    }

    private void request(final RequestEncoder request, final Channel channel) {
        request.deadlineMs(0).idHigh(OWN_REQUESTS).idLow(++requests).createdMs(nowMs).sequence(0).actor(1).onBehalfOf(0).clientId(0).channel(channel)
                .putReserved((short) 0, (short) 0, (short) 0);
    }

    private void must(final int length) {
        final Result result = apply(length);
        if (!outcome.isDone()) {
            throw new IllegalStateException(site.post().code() + ": the core answered " + result + " " + outcome.number1() + " at position " + position
                    + ", where the simulation knew that it would do what template " + outcome.templateId() + " asks");
        }
    }

    private Result apply(final int length) {
        events.reset();
        prices.nextCommand();
        tap.command(++position, nowMs, command, length);
        core.apply(position, nowMs, 0, command, 0, length, events, outcome);
        int at = events.offset();
        final int end = at + events.length();
        final MutableDirectBuffer said = events.buffer();
        while (at < end) {
            availability.onMessage(position, said, at + EventWriter.FRAME_BYTES);
            prices.onEvent(nowMs, said, at + EventWriter.FRAME_BYTES);
            at += EventWriter.FRAME_BYTES + said.getInt(at) + 7 & ~7;
        }
        isShown = false;
        return outcome.result();
    }

    private static BooleanType flag(final boolean is) {
        return is ? BooleanType.YES : BooleanType.NO;
    }

    @Override
    public void close() {
        core.close();
    }
}
