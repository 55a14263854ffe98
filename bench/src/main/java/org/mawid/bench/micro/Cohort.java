package org.mawid.bench.micro;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.bench.load.Commands;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;

/**
 * Lives that are lived together: all of them take the first step of their course, then all the second. Numbers follow each other in the
 * order in which things are made, so that the first of each kind tells the others. When the last step was taken they are retired and the next begin.
 * <p>Visits are anywhere in the calendar, or, where the course needs it, at one start of all posts that comes within a minute; half an hour later the
 * next ones come. One thread; allocates nothing.
 */
final class Cohort {
    private static final long UNIT_MS = 300_000;
    /** Six units, so that no visit meets one of those before. */
    private static final int TURN_UNITS = 6;
    private static final int TURNS_A_DAY = SteadyCore.UNITS / TURN_UNITS;
    private static final long BEFORE_MS = 60_000;
    /** The rule is a quarter of an hour. */
    private static final long NO_SHOW_AFTER_MS = 16 * 60_000;
    /** Log time in which a person has all their attempts again, and is forgotten with their application. */
    private static final long RETIRED_AFTER_MS = 3_000;
    /** No person of whoever else lives at the same core. */
    private static final long PERSONS_FROM = 1L << 40;
    private static final long SEED = 7;

    private final SteadyCore core;
    private final Course course;
    private final int size;
    private final SplittableRandom random = new SplittableRandom(SEED);
    /** Units are counted through the calendar of all desks, post by post. */
    private final int[] placeOf;
    private int at;
    private int turn = -1;
    private long lives;
    private long firstApplication;
    private long firstHold;
    private long firstAppointment;

    /** @param size a multiple of the batches of the core */
    Cohort(final SteadyCore core, final Course course, final int size) {
        this.core = core;
        this.course = course;
        this.size = size;
        this.placeOf = new int[size];
        core.length(0, core.commands().submit(core.slots(), 0, core.nowMs(), PERSONS_FROM - 1, 1));
        core.apply(0, 1, 1);
        firstApplication = core.made() + 1; // a walk-in does not tell the application's
        begin();
    }

    private void begin() {
        at = 0;
        if (course.isToday()) {
            turn++;
            if (turn == SteadyCore.DAYS * TURNS_A_DAY) {
                throw new IllegalStateException("all " + SteadyCore.DAYS + " days of the calendar have passed: fewer or shorter iterations (-i, -r)");
            }
            core.nowMs(startMs() - BEFORE_MS);
        }
    }

    private int today() {
        return ModelNetwork.FIRST_DAY + turn / TURNS_A_DAY;
    }

    /** Days of the model network begin at eight. */
    private long startMs() {
        return today() * 86_400_000L + 8 * 3_600_000L + turn % TURNS_A_DAY * TURN_UNITS * UNIT_MS;
    }

    /** What all of them do next. */
    Step next() {
        return course.steps().get(at);
    }

    /** From where they are to the end of their course, and the next ones up to this step, which is written and not applied. */
    void goTo(final Step step) {
        while (next() != step) {
            take();
        }
        write();
    }

    /** The step that was written has been applied; they take the others, and are retired. */
    void finish() {
        taken();
        while (at < course.steps().size()) {
            take();
        }
        core.nowMs(core.nowMs() + RETIRED_AFTER_MS);
        final long end = firstApplication + size;
        while (firstApplication < end) {
            firstApplication = core.retire(firstApplication);
        }
        lives += size;
        begin();
    }

    /** A whole course. */
    void live() {
        goTo(next());
        core.apply(0, size, SteadyCore.BATCH);
        finish();
    }

    private void take() {
        write();
        core.apply(0, size, SteadyCore.BATCH);
        taken();
    }

    private void taken() {
        final long first = core.made() - size + 1;
        switch (next()) {
            case SUBMIT -> firstApplication = first;
            case HOLD -> firstHold = first;
            case CONFIRM, WALK_IN -> firstAppointment = first;
            default -> {
                // makes nothing that another step names
            }
        }
        at++;
    }

    private void write() {
        core.nowMs(next() == Step.NO_SHOW ? startMs() + NO_SHOW_AFTER_MS : core.nowMs() + size / 1_000);
        for (int i = 0; i < size; i++) {
            core.length(i, write(next(), i, i * SteadyCore.STRIDE, core.nowMs()));
        }
    }

    private int write(final Step step, final int i, final int to, final long nowMs) {
        final Commands words = core.commands();
        final UnsafeBuffer slots = core.slots();
        final int service = 1 + i % ModelNetwork.SERVICES;
        return switch (step) {
            case SUBMIT -> words.submit(slots, to, nowMs, person(i), service);
            case VALIDATE -> words.validate(slots, to, nowMs, firstApplication + i);
            case HOLD -> {
                choose(i, service);
                yield words.hold(slots, to, nowMs, firstApplication + i, desk(i), date(i), unit(i), ModelNetwork.unitsOf(service), true);
            }
            case CONFIRM -> words.confirm(slots, to, nowMs, firstHold + i);
            case RESCHEDULE -> {
                choose(i, service);
                yield words.reschedule(slots, to, nowMs, firstAppointment + i, desk(i), date(i), unit(i), ModelNetwork.unitsOf(service));
            }
            case CANCEL -> words.cancel(slots, to, nowMs, firstAppointment + i);
            case RELEASE -> words.release(slots, to, nowMs, firstHold + i);
            case WITHDRAW -> words.withdraw(slots, to, nowMs, firstApplication + i);
            case CHECK_IN -> words.checkIn(slots, to, nowMs, firstAppointment + i);
            case CALL -> words.call(slots, to, nowMs, firstAppointment + i);
            case SERVE -> words.serve(slots, to, nowMs, firstAppointment + i, 1);
            case NO_SHOW -> words.markNoShow(slots, to, nowMs, firstAppointment + i);
            case WALK_IN -> words.walkIn(slots, to, nowMs, person(i), service, ModelNetwork.deskId(i % SteadyCore.POSTS), today());
            case ISSUE_STAMPS -> words.issueStamps(slots, to, nowMs, firstApplication + i, 1 + i % SteadyCore.POSTS);
        };
    }

    private long person(final int i) {
        return Lives.personKey(PERSONS_FROM + lives + i, SEED);
    }

    private void choose(final int i, final int service) {
        final int post = course.isToday() ? i % SteadyCore.POSTS : random.nextInt(SteadyCore.POSTS);
        final int day = course.isToday() ? today() - ModelNetwork.FIRST_DAY : random.nextInt(SteadyCore.DAYS);
        final int unit = course.isToday() ? turn % TURNS_A_DAY * TURN_UNITS : random.nextInt(SteadyCore.UNITS - ModelNetwork.unitsOf(service) + 1);
        placeOf[i] = (post * SteadyCore.DAYS + day) * SteadyCore.UNITS + unit;
    }

    private int desk(final int i) {
        return ModelNetwork.deskId(placeOf[i] / SteadyCore.UNITS / SteadyCore.DAYS);
    }

    private int date(final int i) {
        return ModelNetwork.FIRST_DAY + placeOf[i] / SteadyCore.UNITS % SteadyCore.DAYS;
    }

    private int unit(final int i) {
        return placeOf[i] % SteadyCore.UNITS;
    }
}
