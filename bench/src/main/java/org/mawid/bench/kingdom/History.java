package org.mawid.bench.kingdom;

import java.time.LocalDate;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.network.Network;
import org.mawid.api.network.OpenDay;
import org.mawid.bench.load.Commands;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.LineState;
import org.mawid.sbe.StampState;

/**
 * What the network has done, as commands in the order of log time: day by day applications come in, are validated, held, confirmed and served,
 * or are cancelled, moved, missed, and taken up again or withdrawn. Calendars are opened a day further each day. It never asks the engine:
 * where a day is full it knows from its own calendar. Every command is expected to succeed but those of applicants who try a start that has
 * just gone, which must be refused.
 * <p>One thread. Seeded: the same seed says the same, whatever way it is said. Log time moves in steps; a case does one thing in a step, so that
 * its answer is there before the next.
 */
final class History {
    /** Of all appointments, as in demand.md: cancelled or moved 15 %, no-show 12 %. How the 15 divide is our assumption. */
    static final double CANCELLED = 0.10;
    static final double MOVED = 0.05;
    static final double NO_SHOW = 0.12;
    /** Of those who cancelled or did not come, how many take another appointment with the same application. Assumption. */
    static final double COME_BACK = 0.5;
    /** Share of appointments after which there is another of the same application. */
    private static final double RETURN = (CANCELLED + NO_SHOW) * COME_BACK;
    /** Calendars are open so many days ahead; a day is on offer sixty days before it. */
    static final int DAYS_AHEAD = 90;
    /** Days on which the holidays of the bundled network are known begin here. */
    static final LocalDate FIRST_DATE = LocalDate.of(2026, 1, 1);

    private static final long DAY_MS = Agenda.DAY_MS;
    private static final long HOUR_MS = 3_600_000L;
    private static final long NO_SHOW_AFTER_MS = 15 * 60_000L;
    /** After so many days of finding nothing somebody gives up. */
    private static final int PATIENCE_DAYS = 60;
    private static final int OFFICE_FROM_HOUR = 8;
    private static final int OFFICE_HOURS = 12;

    private static final byte NEW = 0;
    private static final byte VALIDATE = 1;
    private static final byte HOLD = 2;
    private static final byte CONFIRM = 3;
    private static final byte MOVE_THEN_COME = 4;
    private static final byte MOVE_THEN_MISS = 5;
    private static final byte CANCEL = 6;
    private static final byte CHECK_IN = 7;
    private static final byte CALL = 8;
    private static final byte SERVE = 9;
    private static final byte MISS = 10;
    private static final byte WITHDRAW = 11;

    private final Realm realm;
    private final Cases cases;
    private final Places places;
    private final Planner planner;
    private final Way way;
    private final SplittableRandom random;
    private final Agenda agenda;
    private final Calendars calendars;
    private final Arrivals arrivals;
    private final CaseCommands words;
    private final Books books = new Books();
    private final Use use = new Use((int) FIRST_DATE.toEpochDay());
    private int toConfirm = Cases.NONE;
    private long confirmed;
    private long holds;
    private long servicesBooked;
    private long stampsIssued;
    private long commands;
    private long displaced;
    private long waits;
    private long gaveUp;

    /**
     * @param appointments how many appointments are confirmed in all, 1 or more
     * @param stepMinutes  steps of log time, 5 to 120, dividing a day
     */
    History(final Realm realm, final Cases cases, final Way way, final long seed, final long appointments, final int stepMinutes) {
        this.realm = realm;
        this.cases = cases;
        this.way = way;
        this.random = new SplittableRandom(seed);
        this.places = new Places(realm);
        this.planner = new Planner(realm, places, cases, random);
        this.words = new CaseCommands(new Commands(seed | 1L << 62), cases, seed);
        this.agenda = new Agenda(cases, FIRST_DATE.toEpochDay(), stepMinutes, Planner.HORIZON_DAYS + 10);
        this.calendars = new Calendars(realm, FIRST_DATE);
        this.arrivals = new Arrivals(realm, cases, random, appointments, RETURN);
    }

    /** Appointments to one application: who comes back brings no new one. */
    static double appointmentsPerApplication() {
        return 1 / (1 - RETURN);
    }

    /** To this date calendars are in the log before the history begins; its engine got them by an import, as a new server does. */
    static LocalDate lastDatePublishedBefore() {
        return FIRST_DATE.plusDays(DAYS_AHEAD);
    }

    /** Whether anything is left to be said. */
    boolean goesOn() {
        return arrivals.goOn() || cases.openCount() > 0;
    }

    /** Says what comes next: all that happens in one step of log time. */
    void step() throws Exception {
        if (agenda.begin()) {
            way.advanceTo(agenda.nowMs());
            if (agenda.dayBegins()) {
                beginDay(agenda.today());
            }
            int slot = agenda.take();
            while (slot != Cases.NONE) {
                final int following = cases.next[slot];
                goOn(slot);
                slot = following;
            }
            if (toConfirm != Cases.NONE) {
                way.answered();
                for (slot = toConfirm, toConfirm = Cases.NONE; slot != Cases.NONE; ) {
                    final int following = cases.next[slot];
                    confirm(slot);
                    slot = following;
                }
            }
            way.answered();
        }
        agenda.end();
    }

    /** After the last step: every answer is there. */
    void finish() throws Exception {
        way.finish();
    }

    // ---- a day begins

    private void beginDay(final int epochDay) throws Exception {
        for (final Network.Post post : realm.network().posts()) {
            publishUpTo(post.id(), epochDay + DAYS_AHEAD, agenda.isFirst());
        }
        final int month = LocalDate.ofEpochDay(epochDay).getMonthValue();
        for (final int post : realm.posts()) {
            arrivals.beginDay(post, month);
            while (arrivals.isAnother(post)) {
                final int slot = arrivals.arrive(post);
                planner.legs(slot);
                schedule(slot, NEW, agenda.nowMs() + OFFICE_FROM_HOUR * HOUR_MS + (long) (random.nextDouble() * OFFICE_HOURS * HOUR_MS));
            }
        }
    }

    /** @param isThere the days are in the log already: an import has published them */
    private void publishUpTo(final int postId, final int epochDay, final boolean isThere) throws Exception {
        for (OpenDay day = calendars.next(postId, epochDay); day != null; day = calendars.next(postId, epochDay)) {
            places.publish(day);
            if (realm.isDesk(day.poolId())) {
                use.open(day.epochDay(), (long) day.units() * day.capacity());
            }
            if (!isThere) {
                final MutableDirectBuffer to = way.buffer(postId);
                say(postId, words.publish(to, way.offset(postId), agenda.nowMs(), day), Cases.NONE, Way.NOTHING, 0, 0);
            }
        }
    }

    // ---- a case goes on

    private void schedule(final int slot, final byte state, final long atMs) {
        cases.state[slot] = state;
        agenda.put(slot, atMs);
    }

    private void goOn(final int slot) throws Exception {
        switch (cases.state[slot]) {
            case NEW -> submit(slot);
            case VALIDATE -> validate(slot);
            case HOLD -> hold(slot);
            case MOVE_THEN_COME, MOVE_THEN_MISS -> move(slot);
            case CANCEL -> cancel(slot);
            case CHECK_IN -> checkIn(slot);
            case CALL -> call(slot);
            case SERVE -> serve(slot);
            case MISS -> miss(slot);
            case WITHDRAW -> withdraw(slot);
            default -> throw new IllegalStateException("a case cannot be in state " + cases.state[slot] + " here");
        }
    }

    private void submit(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        books.application();
        final int toValidate = Integer.bitCount(toValidate(slot));
        books.lines(LineState.SUBMITTED, toValidate);
        books.lines(LineState.VALIDATED, cases.lines[slot] - toValidate);
        say(slot, words.submit(to, offset(slot), agenda.nowMs(), slot), Way.APPLICATION, books.applications(), 0);
        if (toValidate > 0) {
            schedule(slot, VALIDATE, agenda.nowMs() + DAY_MS + (long) (random.nextDouble() * 3 * DAY_MS)); // one to four days
        } else {
            schedule(slot, HOLD, agenda.nowMs());
        }
    }

    private int toValidate(final int slot) {
        int set = 0;
        for (int line = 0; line < cases.lines[slot]; line++) {
            set |= realm.needsValidation(cases.service[Cases.at(slot, line)]) ? 1 << line : 0;
        }
        return set;
    }

    private void validate(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        final int lines = toValidate(slot);
        books.lines(LineState.SUBMITTED, LineState.VALIDATED, Integer.bitCount(lines));
        say(slot, words.validate(to, offset(slot), agenda.nowMs(), slot, lines), Way.NOTHING, 0, 0);
        schedule(slot, HOLD, agenda.nowMs() + (long) (random.nextDouble() * 2 * DAY_MS));
    }

    private void hold(final int slot) throws Exception {
        final int today = agenda.today();
        final int wished = planner.wish(slot, today, agenda.nowMs());
        boolean found = wished != Cases.NONE && planner.takeOn(slot, wished, agenda.nowMs());
        if (!found && wished != Cases.NONE) {
            displaced++;
            tryWhatIsGone(slot, wished);
            found = planner.take(slot, wished, today, agenda.nowMs());
        }
        if (!found) {
            waits++;
            if (++cases.waitedDays[slot] > PATIENCE_DAYS) {
                gaveUp++;
                arrivals.giveUp(cases.toCome[slot]);
                cases.toCome[slot] = 0;
                schedule(slot, WITHDRAW, agenda.nowMs());
            } else {
                schedule(slot, HOLD, agenda.nowMs() + DAY_MS);
            }
            return;
        }
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        final boolean issue = cases.stamps[slot] < 0;
        int stamps = 0;
        if (issue) {
            long centimes = 0;
            for (int line = 0; line < cases.lines[slot]; line++) {
                final long price = realm.centimes(cases.service[Cases.at(slot, line)]);
                stamps += price > 0 ? 1 : 0;
                centimes += price;
            }
            cases.stamps[slot] = (byte) stamps;
            cases.stampCentimes[slot] = (int) centimes;
            books.stamps(StampState.ISSUED, stamps, centimes);
            stampsIssued += stamps;
        }
        say(slot, words.hold(to, offset(slot), agenda.nowMs(), slot, issue), Way.VISIT, ++holds, stamps);
        cases.next[slot] = toConfirm;
        toConfirm = slot;
    }

    /** They saw a start on the day of their wish that was taken before they could. */
    private void tryWhatIsGone(final int slot, final int wished) throws Exception {
        final int first = Cases.at(slot, 0);
        final int start = places.firstFull(cases.legDesk[first], wished, cases.legUnits[first]);
        if (start >= 0) {
            final MutableDirectBuffer to = way.buffer(cases.post[slot]);
            say(slot, words.holdFirst(to, offset(slot), agenda.nowMs(), slot, wished, start), Way.REFUSAL, 0, 0);
        }
    }

    private void confirm(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        books.appointment(AppointmentState.CONFIRMED, cases.legs[slot], cases.deskUnits[slot]);
        say(slot, words.confirm(to, offset(slot), agenda.nowMs(), slot), Way.VISIT, ++confirmed, 0);
        servicesBooked += cases.lines[slot];
        cases.toCome[slot]--;
        final int fate = fate(cases.toCome[slot] > 0);
        final long untilVisitMs = planner.startMs(slot) - agenda.nowMs();
        final long whenMs = agenda.nowMs() + (long) (random.nextDouble() * (untilVisitMs - HOUR_MS));
        if (fate == CANCEL) {
            schedule(slot, CANCEL, Math.min(whenMs, planner.startMs(slot) - 2 * agenda.stepMs()));
        } else {
            final boolean misses = fate == MISS;
            if (random.nextDouble() < MOVED / (1 - CANCELLED)) {
                schedule(slot, misses ? MOVE_THEN_MISS : MOVE_THEN_COME, Math.min(whenMs, planner.startMs(slot) - 2 * agenda.stepMs()));
            } else {
                awaitVisit(slot, misses);
            }
        }
    }

    /** What becomes of an appointment. @param another whether the same application has one after it: then it did not take place */
    private byte fate(final boolean another) {
        final double cancelled = CANCELLED * (another ? COME_BACK : 1 - COME_BACK);
        final double missed = NO_SHOW * (another ? COME_BACK : 1 - COME_BACK);
        final double all = cancelled + missed + (another ? 0 : 1 - CANCELLED - NO_SHOW);
        final double draw = random.nextDouble() * all;
        return draw < cancelled ? CANCEL : draw < cancelled + missed ? MISS : SERVE;
    }

    private void awaitVisit(final int slot, final boolean misses) {
        if (misses) {
            schedule(slot, MISS, planner.startMs(slot) + NO_SHOW_AFTER_MS);
        } else {
            schedule(slot, CHECK_IN, planner.startMs(slot) - agenda.stepMs() + 1); // the last step before it, or at it
        }
    }

    private void move(final int slot) throws Exception {
        final int today = agenda.today();
        final boolean misses = cases.state[slot] == MOVE_THEN_MISS;
        if (planner.move(slot, cases.epochDay[slot] + 1 + random.nextInt(7), today, agenda.nowMs())) {
            final MutableDirectBuffer to = way.buffer(cases.post[slot]);
            books.moved(1);
            say(slot, words.reschedule(to, offset(slot), agenda.nowMs(), slot), Way.NOTHING, 0, 0);
        }
        awaitVisit(slot, misses);
    }

    private void cancel(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        planner.giveBack(slot);
        books.appointment(AppointmentState.CONFIRMED, AppointmentState.CANCELLED, cases.legs[slot], cases.deskUnits[slot]);
        say(slot, words.cancel(to, offset(slot), agenda.nowMs(), slot), Way.NOTHING, 0, 0);
        comeBackOrNot(slot);
    }

    private void miss(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        planner.giveBack(slot);
        use.over(cases.epochDay[slot], cases.deskUnits[slot], false);
        books.appointment(AppointmentState.CONFIRMED, AppointmentState.NO_SHOW, cases.legs[slot], cases.deskUnits[slot]);
        say(slot, words.markNoShow(to, offset(slot), agenda.nowMs(), slot), Way.NOTHING, 0, 0);
        comeBackOrNot(slot);
    }

    private void comeBackOrNot(final int slot) {
        final long whenMs = agenda.nowMs() + HOUR_MS + (long) (random.nextDouble() * 3 * DAY_MS);
        if (cases.toCome[slot] > 0) {
            cases.waitedDays[slot] = 0;
            schedule(slot, HOLD, whenMs);
        } else {
            schedule(slot, WITHDRAW, whenMs);
        }
    }

    private void checkIn(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        books.appointment(AppointmentState.CONFIRMED, AppointmentState.CHECKED_IN, cases.legs[slot], cases.deskUnits[slot]);
        say(slot, words.checkIn(to, offset(slot), agenda.nowMs(), slot), Way.NOTHING, 0, 0);
        schedule(slot, CALL, planner.startMs(slot));
    }

    private void call(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        books.appointment(AppointmentState.CHECKED_IN, AppointmentState.CALLED, cases.legs[slot], cases.deskUnits[slot]);
        say(slot, words.call(to, offset(slot), agenda.nowMs(), slot), Way.NOTHING, 0, 0);
        schedule(slot, SERVE, planner.endMs(slot));
    }

    private void serve(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        use.over(cases.epochDay[slot], cases.deskUnits[slot], true);
        books.appointment(AppointmentState.CALLED, AppointmentState.SERVED, cases.legs[slot], cases.deskUnits[slot]);
        books.lines(LineState.VALIDATED, LineState.FULFILLED, cases.lines[slot]);
        say(slot, words.serve(to, offset(slot), agenda.nowMs(), slot), Way.NOTHING, 0, 0);
        cases.close(slot);
    }

    /** Stamps that nobody has begun to pay are void with it. */
    private void withdraw(final int slot) throws Exception {
        final MutableDirectBuffer to = way.buffer(cases.post[slot]);
        books.lines(LineState.VALIDATED, LineState.WITHDRAWN, cases.lines[slot]);
        if (cases.stamps[slot] > 0) {
            books.stamps(StampState.ISSUED, -cases.stamps[slot], -cases.stampCentimes[slot]);
            books.stamps(StampState.VOID, cases.stamps[slot], cases.stampCentimes[slot]);
        }
        say(slot, words.withdraw(to, offset(slot), agenda.nowMs(), slot), Way.NOTHING, 0, 0);
        cases.close(slot);
    }

    private int offset(final int slot) {
        return way.offset(cases.post[slot]);
    }

    private void say(final int slot, final int length, final int brings, final long number, final int stamps) {
        say(cases.post[slot], length, slot, brings, number, stamps);
    }

    private void say(final int postId, final int length, final int slot, final int brings, final long number, final int stamps) {
        commands++;
        way.say(postId, length, slot, brings, number, stamps);
    }

    // ---- what it has come to

    Books books() {
        return books;
    }

    Use use() {
        return use;
    }

    Places places() {
        return places;
    }

    long confirmed() {
        return confirmed;
    }

    /** Appointments that were confirmed, and those that were ended after that: twice as many as were asked for when all is over. */
    long steps() {
        return confirmed + books.ended();
    }

    long commands() {
        return commands;
    }

    /** Lines of all appointments, each counted once for each of them. */
    long servicesBooked() {
        return servicesBooked;
    }

    long stampsIssued() {
        return stampsIssued;
    }

    /** Who found the day of their wish full and took another. */
    long displaced() {
        return displaced;
    }

    /** Days on which somebody found nothing at all within the horizon. */
    long waits() {
        return waits;
    }

    long gaveUp() {
        return gaveUp;
    }

    /** Log time reached, ms since 1970-01-01 UTC. */
    long nowMs() {
        return agenda.nowMs();
    }

    long days() {
        return agenda.days();
    }
}
