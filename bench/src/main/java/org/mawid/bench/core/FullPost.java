package org.mawid.bench.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.NoRoomFoundDecoder;
import org.mawid.sbe.OfferMadeDecoder;

/**
 * A post of one desk and its seats that is full on every date, and those who wait for it, all for visits of {@value #LONG} units. The last units of a date are taken by
 * visits of one unit with a free one behind each: as many as somebody who waits needs, no two side by side, so that every look goes through all of a date. Visits, holds and
 * waiters have the numbers that the core counts.
 */
final class FullPost {
    static final int UNITS = 96;
    /** Long visits of a date, before its short ones. */
    static final int LONG_VISITS = 22;
    private static final int POST = 1;
    /** Units, and by {@link ModelNetwork#unitsOf} the service that needs so many. */
    private static final int LONG = 4;
    private static final int SHORT = 1;
    private static final int SHORT_VISITS = 4;
    private static final int VISITS = LONG_VISITS + SHORT_VISITS;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(512));
    private final int dates;
    private final CoreRun run;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OfferMadeDecoder offer = new OfferMadeDecoder();
    private long applications;
    private long joined;
    private long refused;
    private long offers;
    private long waiter;
    private long hold;

    /** @param dates 1 to 364 that it is open; each visit is confirmed */
    FullPost(final int dates) {
        this.dates = dates;
        run = new CoreRun(new ModelNetwork(1, dates, UNITS, 1), 1, false, 1);
        run.apply(buffer, run.commands().setCoreVersion(buffer, 0, run.nowMs(), EngineCore.NEWEST_CORE_VERSION), 0);
        for (int date = 0; date < dates; date++) {
            for (int visit = 0; visit < VISITS; visit++) {
                final boolean isLong = visit < LONG_VISITS;
                book(date, isLong ? visit * LONG : LONG_VISITS * LONG + (visit - LONG_VISITS) * 2 * SHORT, isLong ? LONG : SHORT);
            }
        }
    }

    private void book(final int date, final int startUnit, final int units) {
        submit(units);
        run.apply(buffer, run.commands().hold(buffer, 0, run.nowMs(), applications, ModelNetwork.deskId(POST - 1), ModelNetwork.FIRST_DAY + date, startUnit, units, false), 0);
        confirm(applications);
    }

    private void submit(final int serviceId) {
        run.apply(buffer, run.commands().submit(buffer, 0, run.nowMs(), Lives.personKey(++applications, CoreRun.SEED), serviceId), 0);
        run.apply(buffer, run.commands().validate(buffer, 0, run.nowMs(), applications), 0);
    }

    /** Somebody waits, behind all others, for one of {@code wanted} dates from this one on. */
    void join(final int fromDate, final int wanted) {
        submit(LONG);
        final int from = ModelNetwork.FIRST_DAY + fromDate;
        run.apply(buffer, run.commands().join(buffer, 0, run.nowMs(), applications, POST, from, from + wanted - 1), 0);
        joined++;
    }

    /** Who has this offer takes it, and waits no more. */
    void confirm(final long hold) {
        run.apply(buffer, run.commands().confirm(buffer, 0, run.nowMs(), hold), 0);
    }

    /** Under the clock. @param visit of that date, 0 to before {@link #LONG_VISITS} those that leave room for somebody who waits, then the short ones */
    void cancel(final Ticks ticks, final int date, final int visit) {
        ticks.apply(buffer, run.commands().cancel(buffer, 0, run.nowMs(), (long) date * VISITS + visit + 1));
    }

    Ticks ticks() {
        return new Ticks(run);
    }

    /** Goes on until nothing is due. */
    void lookThrough() {
        final Ticks ticks = ticks();
        while (ticks.isDue()) {
            ticks.tick();
            read();
        }
    }

    /** Takes note of what the last command told. */
    void read() {
        final DirectBuffer events = run.events().buffer();
        final int end = run.events().offset() + run.events().length();
        for (int at = run.events().offset(); at < end; at += EventWriter.FRAME_BYTES + events.getInt(at, ORDER) + 7 & ~7) {
            final int message = at + EventWriter.FRAME_BYTES;
            final int template = header.wrap(events, message).templateId();
            if (template == NoRoomFoundDecoder.TEMPLATE_ID) {
                refused++;
            } else if (template == OfferMadeDecoder.TEMPLATE_ID) {
                offer.wrapAndApplyHeader(events, message, header);
                waiter = offer.waiterId();
                hold = offer.holdId();
                offers++;
            }
        }
    }

    /** Whose the last offer is. */
    long waiter() {
        return waiter;
    }

    /** The last offer. */
    long hold() {
        return hold;
    }

    /** Offers so far. */
    long offers() {
        return offers;
    }

    /** Those who were told that there is no room, so far. */
    long refused() {
        return refused;
    }

    /** The number of who joined last. */
    long joined() {
        return joined;
    }

    long visits() {
        return (long) dates * VISITS;
    }
}
