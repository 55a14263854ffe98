package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.StampMatter;
import org.mawid.sbe.StampState;

/** Everything the naive engine remembers, as plain as it can be said. */
final class Model {
    static final long DAY_MS = 86_400_000;
    static final long UNIT_MS = 300_000;
    static final int UNITS = 192;
    static final int CLASSES = 5;

    long position;
    long nowMs;
    int coreVersion = 1;
    Command.Rules rules = Command.Rules.DEFAULT;

    final Map<Integer, Post> posts = new TreeMap<>();
    final Map<Integer, Pool> pools = new TreeMap<>();
    final Map<Integer, Service> services = new TreeMap<>();

    final Map<DayKey, Day> days = new TreeMap<>();
    final Map<Long, Change> changes = new TreeMap<>();
    long lastChange;

    final TreeMap<Long, Application> applications = new TreeMap<>();
    final Map<Long, Person> persons = new TreeMap<>();
    final TreeSet<Due> validities = new TreeSet<>();
    long lastApplication;

    final TreeMap<Long, Hold> holds = new TreeMap<>();
    final TreeSet<Due> deadlines = new TreeSet<>();
    final TreeMap<Long, Appointment> appointments = new TreeMap<>();
    long lastHold;
    long lastAppointment;

    final TreeMap<Long, Stamp> stamps = new TreeMap<>();
    long lastStamp;
    final MoneyModel money = new MoneyModel();
    final DisplacementModel displacement = new DisplacementModel();
    final CoolingModel cooling = new CoolingModel();
    final HallModel hall = new HallModel();

    /** Dates of pools to be looked at because a quota may spill or places are to be withdrawn, and when. */
    final Map<DayKey, Long> spills = new TreeMap<>();
    /** What became of places that were kept for channels, and how often: what a test has seen. */
    final Map<String, Integer> quotasSeen = new TreeMap<>();

    /** The open change that has staged that day. */
    long changeOf(final DayKey key) {
        return changes.entrySet().stream().filter(each -> each.getValue().days.contains(key)).findFirst().orElseThrow().getKey();
    }

    void sawQuota(final String what) {
        quotasSeen.merge(what, 1, Integer::sum);
    }

    /** How the turns of waiting applications ended so far, and how often: says what a test has seen. */
    final Map<String, Integer> turns = new TreeMap<>();

    /** How often the rules of core version 2 have decided: what a test has seen. */
    int stampLimitsMet;
    int ratesDropped;
    /** How often somebody came without a fee that was to be paid before: by the rules of core version 4. */
    int feesAsked;

    /** What became of what was recorded while a link was down, and how often: what a test has seen. */
    final Map<String, Integer> recorded = new TreeMap<>();

    /** What became of applications on their way to a decision: what a test has seen. */
    final Map<String, Integer> reviewsSeen = new TreeMap<>();

    int linesInUse;
    int legsInUse;

    /** What is due when; equal instants come by number. */
    record Due(long atMs, long number) implements Comparable<Due> {
        @Override
        public int compareTo(final Due other) {
            return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(number, other.number);
        }
    }

    record DayKey(int poolId, int epochDay) implements Comparable<DayKey> {
        @Override
        public int compareTo(final DayKey other) {
            return poolId != other.poolId ? Integer.compare(poolId, other.poolId) : Integer.compare(epochDay, other.epochDay);
        }
    }

    static final class Post {
        final int id;
        final String code;
        String currency;
        int minorDigits;
        int roundToMinor;
        long microMadPerUnit;
        long version;
        final Map<Integer, Integer> ticketsByDay = new HashMap<>();

        Post(final int id, final String code) {
            this.id = id;
            this.code = code;
        }
    }

    static final class Pool {
        final int id;
        final Post post;
        final PoolKind kind;
        final String code;
        final TreeSet<Integer> serves = new TreeSet<>();
        int sweepDay = Integer.MAX_VALUE;

        Pool(final int id, final Post post, final PoolKind kind, final String code) {
            this.id = id;
            this.post = post;
            this.kind = kind;
            this.code = code;
        }
    }

    static final class Service {
        final String code;
        int durationMinutes;
        ServiceScope scope;
        boolean validationRequired;
        boolean appointmentRequired;
        int resourceKinds;
        int quantityMax;
        Command.DefineService said;
        FeeTime feeTime = FeeTime.AT_POST;
        /** Null = it was never said. */
        Command.SetServiceDocuments documents;
        Tariff older;
        Tariff newest;

        Service(final String code) {
            this.code = code;
        }

        Tariff tariffAt(final long nowMs) {
            if (newest != null && newest.validFromMs <= nowMs) {
                return newest;
            }
            return older != null && older.validFromMs <= nowMs ? older : null;
        }
    }

    record Tariff(long version, long validFromMs, long unitCentimes, Command.SetTariff said) {
    }

    /** What a day offers: live or staged. */
    static final class Grid {
        final long startMs;
        final long releasedAtMs;
        final int unitCount;
        final int alignUnits;
        final int[] capacity = new int[UNITS];
        final int[] withheld = new int[UNITS];
        /** By class; those of NONE stay 0. */
        final int[][] kept = new int[CLASSES][UNITS];
        final long[] spillMs = new long[CLASSES];
        /** Of the capacity, beyond the counters. */
        final int[] overbooked = new int[UNITS];
        long overbookedUntilMs;

        Grid(final Command.DayPlan plan) {
            startMs = plan.startMs();
            releasedAtMs = plan.releasedAtMs();
            unitCount = plan.unitCount();
            alignUnits = plan.alignUnits();
            for (final Command.Run run : plan.runs()) {
                Arrays.fill(capacity, run.startUnit(), run.startUnit() + run.units(), run.capacity());
                Arrays.fill(withheld, run.startUnit(), run.startUnit() + run.units(), run.withheld());
            }
            for (final Command.Quota quota : plan.quotas()) {
                Arrays.fill(kept[quota.quotaClass().value()], quota.startUnit(), quota.startUnit() + quota.units(), quota.places());
                spillMs[quota.quotaClass().value()] = quota.spillMs();
            }
            for (final Command.Overbooked run : plan.overbooked()) {
                Arrays.fill(overbooked, run.startUnit(), run.startUnit() + run.units(), run.places());
                overbookedUntilMs = run.untilMs();
            }
        }

        boolean isOverbooked() {
            return Arrays.stream(overbooked).anyMatch(places -> places > 0);
        }

        /** For everybody and for channels. */
        int offered(final int unit) {
            return capacity[unit] - withheld[unit];
        }

        int kept(final int unit) {
            return Arrays.stream(kept).mapToInt(places -> places[unit]).sum();
        }
    }

    static final class Day {
        /** Null while the day has only been staged. */
        Grid live;
        /** Null unless an open change has it. */
        Grid staged;
        final int[] booked = new int[UNITS];
        final int[] held = new int[UNITS];
        /** Of those, how many were taken from what is kept for a class. */
        final int[][] takenOf = new int[CLASSES][UNITS];

        /** What is kept for a class and not taken. */
        int left(final Grid grid, final int unit, final int quota) {
            return Math.max(0, grid.kept[quota][unit] - takenOf[quota][unit]);
        }

        int left(final Grid grid, final int unit) {
            int left = 0;
            for (int quota = 1; quota < CLASSES; quota++) {
                left += left(grid, unit, quota);
            }
            return left;
        }

        /** What everybody may have, or has; and what is taken from what is kept for channels. */
        int open(final Grid grid, final int unit) {
            return grid.offered(unit) - left(grid, unit);
        }

        int taken(final int unit) {
            return booked[unit] + held[unit];
        }

        boolean hasTakers() {
            return Arrays.stream(booked).anyMatch(places -> places > 0) || Arrays.stream(held).anyMatch(places -> places > 0);
        }
    }

    static final class Change {
        final Post post;
        final long begunPosition;
        final long begunMs;
        final List<DayKey> days = new ArrayList<>();

        Change(final Post post, final long begunPosition, final long begunMs) {
            this.post = post;
            this.begunPosition = begunPosition;
            this.begunMs = begunMs;
        }
    }

    static final class Application {
        final long id;
        final int postId;
        final long applicant;
        final long submittedMs;
        final List<Line> lines = new ArrayList<>();
        final List<Appointment> appointments = new ArrayList<>();
        /** The best first. */
        final List<Integer> acceptedPosts = new ArrayList<>();
        /** Null = there is nothing to say of its way to a decision, but that it waits or is decided. */
        Review review;
        long validUntilMs;
        long lastChangeMs;

        Application(final long id, final int postId, final long applicant, final long submittedMs) {
            this.id = id;
            this.postId = postId;
            this.applicant = applicant;
            this.submittedMs = submittedMs;
        }

        int allLines() {
            return (1 << lines.size()) - 1;
        }
    }

    /** An application that waits for an officer, or for documents. */
    static final class Review {
        long sinceMs;
        /** Who decides about it until when; 0 = nobody. */
        long officer;
        long untilMs;

        Review(final long sinceMs) {
            this.sinceMs = sinceMs;
        }
    }

    /** One decision's. */
    static final class Reason {
        final int code;
        final long hash;

        Reason(final int code, final long hash) {
            this.code = code;
            this.hash = hash;
        }
    }

    static final class Line {
        final Command.LineAsked asked;
        final long personKey;
        final int serviceId;
        final int registeredPostId;
        final int quantity;
        LineState state;
        /** What an officer has asked for, and what is there: kinds of documents. */
        final TreeSet<Integer> wanted = new TreeSet<>();
        final TreeSet<Integer> clean = new TreeSet<>();
        /** Why it is REJECTED or DOCUMENTS_NEEDED, null = that was not said. Lines that were told together have the same one. */
        Reason reason;
        /** Who has the line: one of them, or neither (0). */
        long holdId;
        long appointmentId;
        /** Every one it ever had. */
        final List<Stamp> stamps = new ArrayList<>();
        /** The one that counts, null = none. */
        Stamp stamp;

        Line(final Command.LineAsked asked, final LineState state) {
            this.asked = asked;
            this.personKey = asked.personKey();
            this.serviceId = asked.serviceId();
            this.registeredPostId = asked.registeredPostId();
            this.quantity = asked.quantity();
            this.state = state;
        }

        boolean isOpen() {
            return state == LineState.SUBMITTED || state == LineState.DOCUMENTS_NEEDED || state == LineState.VALIDATED;
        }

        boolean isUndecided() {
            return state == LineState.SUBMITTED || state == LineState.DOCUMENTS_NEEDED;
        }

        boolean isTaken() {
            return holdId != 0 || appointmentId != 0;
        }

        boolean isFree() {
            return state == LineState.VALIDATED && !isTaken();
        }

        void setFree() {
            holdId = 0;
            appointmentId = 0;
        }

        boolean hasLiveStamp() {
            return stamp != null;
        }
    }

    static final class Person {
        /** Services of the open lines; a service is there at most once. */
        final TreeSet<Integer> openServices = new TreeSet<>();
        int holds;
        /** When the budget will be full again, ms. */
        long fullAtMs;
    }

    /** A leg with what it took when it was taken. {@code pools[k]} = 0 where it took nothing of kind k. */
    record TakenLeg(Command.Leg leg, long startMs, int[] pools, int[] places, int quota) {
        /** From whose places those at the desk are taken, 0 = everybody's. */
        TakenLeg of(final int quotaClass) {
            return new TakenLeg(leg, startMs, pools, places, quotaClass);
        }
    }

    /** Legs of one post, taken together. */
    record Visit(Post post, long startMs, List<TakenLeg> legs) {
        int lines() {
            return legs.stream().mapToInt(taken -> taken.leg.lines()).reduce(0, (a, b) -> a | b);
        }
    }

    static final class Hold {
        final long id;
        final Application application;
        final long deadlineMs;
        final Visit visit;

        Hold(final long id, final Application application, final long deadlineMs, final Visit visit) {
            this.id = id;
            this.application = application;
            this.deadlineMs = deadlineMs;
            this.visit = visit;
        }
    }

    static final class Appointment {
        final long id;
        final Application application;
        final int lines;
        AppointmentState state = AppointmentState.CONFIRMED;
        Visit visit;
        int epochDay;
        int counter;
        int ticket;
        int reschedules;
        int leadDays;
        boolean attendance;
        long changedMs;

        Appointment(final long id, final Application application, final int lines, final Visit visit, final int epochDay) {
            this.id = id;
            this.application = application;
            this.lines = lines;
            this.visit = visit;
            this.epochDay = epochDay;
        }

        boolean isOver() {
            return state == AppointmentState.SERVED || state == AppointmentState.CANCELLED || state == AppointmentState.NO_SHOW
                    || state == AppointmentState.DISPLACED;
        }
    }

    static final class Stamp {
        final long id;
        final Application application;
        final int line;
        final Post post;
        final long amountCentimes;
        final long localMinor;
        final long tariffVersion;
        final long microMadPerUnit;
        final String currency;
        final long issuedMs;
        StampState state = StampState.ISSUED;
        /** The ledger knows of it. */
        boolean opened;
        /** The last that was begun for it, 0 = none. */
        long paymentId;
        long consumedMs;
        int consumedPost;
        int consumedDay;
        /** What is proposed for it and by whom, null = nothing. A refund stays here after it was approved, until it is given back. */
        StampMatter matter;
        long proposer;
        boolean refundApproved;

        Stamp(final long id, final Application application, final int line, final Post post, final long amountCentimes,
              final long localMinor, final long tariffVersion, final long issuedMs) {
            this.id = id;
            this.application = application;
            this.line = line;
            this.post = post;
            this.amountCentimes = amountCentimes;
            this.localMinor = localMinor;
            this.tariffVersion = tariffVersion;
            this.microMadPerUnit = post.microMadPerUnit;
            this.currency = post.currency;
            this.issuedMs = issuedMs;
        }

        /** Of an older system, at its price. */
        Stamp(final long id, final Application application, final Post post, final Command.EarlierStamp said, final long tariffVersion) {
            this.id = id;
            this.application = application;
            this.line = said.line();
            this.post = post;
            this.amountCentimes = said.amountCentimes();
            this.localMinor = said.localMinor();
            this.tariffVersion = tariffVersion;
            this.microMadPerUnit = said.microMadPerUnit();
            this.currency = post.currency;
            this.issuedMs = said.issuedMs();
        }

        /** For another line, at the price of one that was paid. */
        Stamp(final long id, final Application application, final int line, final Stamp old) {
            this.id = id;
            this.application = application;
            this.line = line;
            this.post = old.post;
            this.amountCentimes = old.amountCentimes;
            this.localMinor = old.localMinor;
            this.tariffVersion = old.tariffVersion;
            this.microMadPerUnit = old.microMadPerUnit;
            this.currency = old.currency;
            this.issuedMs = old.issuedMs;
        }

        Line ofLine() {
            return application.lines.get(line);
        }

        boolean isUsed() {
            return consumedMs != 0;
        }
    }

    int today() {
        return (int) Math.floorDiv(nowMs, DAY_MS);
    }

    /** The day as takers see it, or null. */
    Day visibleDay(final int poolId, final int epochDay) {
        final Day day = days.get(new DayKey(poolId, epochDay));
        return day == null || day.live == null ? null : day;
    }

    int daysInUse() {
        int count = 0;
        for (final Day day : days.values()) {
            count += (day.live == null ? 0 : 1) + (day.staged == null ? 0 : 1);
        }
        return count;
    }
}
