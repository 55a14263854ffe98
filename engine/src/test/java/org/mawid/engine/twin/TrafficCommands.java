package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.AccessedKind;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.LineState;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.Result;
import org.mawid.sbe.ScanState;
import org.mawid.sbe.StampState;

/** What portals and posts send: looks at the twin's state and asks for what could work, most of the time. */
final class TrafficCommands {
    private final Dice dice;
    private final Model model;
    private final NaiveRoom room;
    private final int persons;

    /** @param persons how many different people there are: few meet their limits, many make large tables */
    TrafficCommands(final Dice dice, final Model model, final NaiveRoom room, final int persons) {
        this.dice = dice;
        this.model = model;
        this.room = room;
        this.persons = persons;
    }

    Command submit(final Request request) {
        return new Command.SubmitApplication(request, dice.percent(20) ? 0 : person(),
                dice.percent(60) ? 0 : dice.between(1, WorldCommands.POSTS), family(dice.percent(97) ? 5 : 16));
    }

    /** One to several persons, with a line or two each. */
    List<Command.LineAsked> family(final int most) {
        final int count = dice.between(1, most);
        final long[] persons = new long[dice.between(1, Math.min(8, count))];
        for (int i = 0; i < persons.length; i++) {
            persons[i] = person();
        }
        final List<Command.LineAsked> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final long person = persons[i % persons.length];
            final Model.Person known = model.persons.get(person);
            int service = WorldCommands.SERVICES[dice.below(WorldCommands.SERVICES.length)];
            for (int retry = 0; retry < 6; retry++) {
                final int candidate = service;
                final boolean asked = lines.stream().anyMatch(line -> line.personKey() == person && line.serviceId() == candidate);
                if (!asked && (known == null || !known.openServices.contains(service))) {
                    break;
                }
                service = WorldCommands.SERVICES[dice.below(WorldCommands.SERVICES.length)];
            }
            final int quantity = service == 8 ? dice.oneOf(1, 1, 2, 20) : service == 7 ? dice.between(1, 3) : dice.percent(99) ? 1 : 2;
            lines.add(new Command.LineAsked(person, service, dice.percent(70) ? 0 : dice.between(1, WorldCommands.POSTS), quantity,
                    dice.oneOf(AgeBand.ADULT, AgeBand.INFANT, AgeBand.MINOR, AgeBand.SENIOR),
                    dice.oneOf(Priority.NONE, Priority.NONE, Priority.EMERGENCY), dice.percent(10)));
        }
        return lines;
    }

    /** Keys are hashes: as often negative as not. */
    long person() {
        final long number = dice.between(1, persons);
        return number % 2 == 0 ? -number * 0x5851_F42D_4C95_7F2DL : number;
    }

    Command validate(final Request request) {
        final Model.Application application = some(each -> lines(each, line -> line.state == LineState.SUBMITTED) != 0);
        if (application == null) {
            return submit(request);
        }
        return new Command.ValidateLines(request, application.id,
                dice.partOf(lines(application, line -> line.state == LineState.SUBMITTED)));
    }

    Command rejectOrWithdraw(final Request request) {
        final Model.Application application = some(each -> lines(each, Model.Line::isOpen) != 0);
        if (application == null) {
            return submit(request);
        }
        final int free = lines(application, line -> line.isOpen() && !line.isTaken());
        final int lines = dice.partOf(free != 0 && dice.percent(85) ? free : application.allLines());
        return dice.percent(40) ? new Command.RejectLines(request, application.id, lines, dice.any(), dice.below(500))
                : new Command.WithdrawLines(request, application.id, lines);
    }

    /** About an application that is there, ended or not; now and then with a post that is not. */
    Command sendMessage(final Request request) {
        final Model.Application application = some(each -> true);
        return application == null ? submit(request) : new Command.SendMessage(request, application.id, dice.oneOf(0L, dice.any()),
                dice.percent(95) ? dice.between(1, WorldCommands.POSTS) : dice.oneOf(0, 77, 4_096), dice.below(65_536),
                dice.oneOf(MessageWriter.POST, MessageWriter.APPLICANT, MessageWriter.CALL_CENTRE));
    }

    /** The message, or in its place what a document or an access says. */
    Command orRecorded(final Command message) {
        return switch (dice.below(3)) {
            case 0 -> message;
            case 1 -> recordDocument(message.request());
            default -> recordAccess(message.request());
        };
    }

    /** About an application that is there, ended or not; now and then for lines that are not. */
    Command recordDocument(final Request request) {
        final Model.Application application = some(each -> true);
        return application == null ? submit(request) : new Command.RecordDocument(request, application.id, dice.any(), dice.percent(97) ? dice.between(1, 10_000_000) : dice.oneOf(0L, 0xFFFF_FFFFL),
                dice.percent(95) ? dice.partOf(application.allLines()) : dice.below(65_536), dice.percent(97) ? dice.between(1, 50) : dice.oneOf(0, 65_535),
                dice.oneOf(DocumentType.PDF, DocumentType.JPEG, DocumentType.PNG, DocumentType.TIFF, DocumentType.HEIC), dice.oneOf(ScanState.NOT_SCANNED, ScanState.CLEAN, ScanState.INFECTED));
    }

    /** Of what is there or not: the core does not look. */
    Command recordAccess(final Request request) {
        return new Command.RecordAccess(request, dice.any(), dice.oneOf(0L, dice.any()), dice.any(), dice.oneOf(0L, 3L, 0xFFFF_FFFFL), dice.percent(95) ? dice.between(1, 65_535) : 0, dice.oneOf(0L, 7L, 0xFFFF_FFFFL),
                dice.oneOf(AccessedKind.NOTHING, AccessedKind.APPLICATION, AccessedKind.PERSON), dice.oneOf(AccessVerdict.ALLOWED, AccessVerdict.REFUSED, AccessVerdict.UNKNOWN));
    }

    Command hold(final Request request) {
        final boolean careless = dice.percent(3);
        final Predicate<Model.Line> holdable =
                line -> line.isFree() && (careless || model.services.get(line.serviceId).appointmentRequired);
        final Model.Application application = some(each -> lines(each, holdable) != 0);
        if (application == null) {
            return validate(request);
        }
        final List<Command.Leg> legs = legs(application, dice.partOf(lines(application, holdable)));
        return legs.isEmpty() ? submit(request) : new Command.Hold(request, application.id, dice.percent(40), legs);
    }

    /** One line of somebody at this unit, if the desk serves anything that is asked for. */
    Command holdAt(final Request request, final Model.DayKey day, final int unit) {
        final Model.Pool desk = model.pools.get(day.poolId());
        final Predicate<Model.Line> holdable = line -> line.isFree() && desk.serves.contains(line.serviceId)
                && model.services.get(line.serviceId).appointmentRequired;
        final Model.Application application = some(each -> (each.postId == 0 || each.postId == desk.post.id) && lines(each, holdable) != 0);
        if (application == null) {
            return hold(request);
        }
        final int line = Integer.lowestOneBit(lines(application, holdable));
        final int units = Math.min(192 - unit, Math.max(1, room.unitsNeeded(application, line)));
        return new Command.Hold(request, application.id, dice.percent(20), List.of(new Command.Leg(desk.id, line, day.epochDay(), unit, units)));
    }

    Command reschedule(final Request request) {
        final Model.Appointment appointment = appointment(AppointmentState.CONFIRMED);
        if (appointment == null || appointment.state != AppointmentState.CONFIRMED && dice.percent(80)) {
            return confirm(request);
        }
        final List<Command.Leg> legs = legs(appointment.application, appointment.lines);
        return legs.isEmpty() ? confirm(request) : new Command.Reschedule(request, appointment.id, legs);
    }

    /** A visit for these lines at some post and day; empty when there is nowhere to go. */
    List<Command.Leg> legs(final Model.Application application, final int lines) {
        final List<Command.Leg> best = new ArrayList<>();
        for (int attempt = 0; attempt < 8; attempt++) {
            final int post = application.postId != 0 && dice.percent(97) ? application.postId : dice.between(1, WorldCommands.POSTS);
            if (!dice.percent(8) && !mayServe(application, lines, post)) {
                continue;
            }
            final int epochDay = model.today() + (dice.percent(70) ? dice.below(2) : dice.below(5));
            final List<Command.Leg> legs = split(application, lines, post, epochDay);
            if (!legs.isEmpty()) {
                best.clear();
                best.addAll(legs);
                if (dice.percent(20) || fits(application, legs)) {
                    break;
                }
            }
        }
        return best;
    }

    private boolean mayServe(final Model.Application application, final int lines, final int postId) {
        final Model.Post post = model.posts.get(postId);
        return post != null && NaiveApplications.linesOf(application, lines).stream()
                .noneMatch(line -> room.wrongPost(application, line, post, true) || room.lacksResource(post, line));
    }

    private boolean fits(final Model.Application application, final List<Command.Leg> legs) {
        final List<Model.TakenLeg> claims = new ArrayList<>();
        for (final Command.Leg leg : legs) {
            final Model.TakenLeg claim = room.claim(application, leg);
            if (claim.startMs() <= model.nowMs) {
                return false;
            }
            claims.add(claim);
        }
        return room.verdict(claims) == Result.OK;
    }

    /** One leg for all, one for each person side by side, or one for each line one after the other. */
    private List<Command.Leg> split(final Model.Application application, final int lines, final int post, final int epochDay) {
        final Map<Long, Integer> parts = new HashMap<>();
        final List<Long> order = new ArrayList<>();
        final int how = dice.below(3);
        for (int i = 0; i < application.lines.size(); i++) {
            if ((lines & 1 << i) != 0) {
                final long part = how == 0 ? 0 : how == 1 ? application.lines.get(i).personKey : i;
                if (parts.merge(part, 1 << i, (a, b) -> a | b) == 1 << i) {
                    order.add(part);
                }
            }
        }
        final List<Command.Leg> legs = new ArrayList<>();
        int from = -1;
        for (final long part : order) {
            final int set = parts.get(part);
            final Model.Pool desk = deskFor(application, set, post, epochDay);
            final int units = room.unitsNeeded(application, set);
            if (desk == null || units > 190) {
                return List.of();
            }
            final Model.Grid grid = model.visibleDay(desk.id, epochDay).live;
            final int last = Math.max(0, Math.min(grid.unitCount - units, 192 - units));
            final int soon = (int) Math.max(0, Math.min(last, (model.nowMs - grid.startMs) / Model.UNIT_MS + 1));
            final int somewhere = dice.percent(30) ? soon : dice.between(dice.percent(90) ? soon : 0, last);
            final int wanted = from < 0 || how == 1 && dice.percent(70) ? somewhere : from;
            final int start = Math.min(192 - units, (wanted + grid.alignUnits - 1) / grid.alignUnits * grid.alignUnits);
            legs.add(new Command.Leg(desk.id, set, epochDay, start, units));
            from = start + units;
        }
        return legs;
    }

    private Model.Pool deskFor(final Model.Application application, final int lines, final int post, final int epochDay) {
        final List<Model.Pool> desks = new ArrayList<>();
        for (final Model.Pool pool : model.pools.values()) {
            if (pool.kind == PoolKind.DESK && pool.post.id == post && model.visibleDay(pool.id, epochDay) != null
                    && NaiveApplications.linesOf(application, lines).stream().allMatch(line -> pool.serves.contains(line.serviceId))) {
                desks.add(pool);
            }
        }
        return dice.of(desks);
    }

    Command confirm(final Request request) {
        final Long hold = dice.of(model.holds.keySet());
        if (hold == null && dice.percent(95)) {
            return hold(request);
        }
        return new Command.Confirm(request, hold == null || dice.percent(5) ? dice.upTo(model.lastHold) : hold, dice.percent(50));
    }

    Command release(final Request request) {
        final Long hold = dice.of(model.holds.keySet());
        if (hold == null && dice.percent(95)) {
            return hold(request);
        }
        return new Command.Release(request, hold == null || dice.percent(5) ? dice.upTo(model.lastHold) : hold);
    }

    Command confirmAttendance(final Request request) {
        final Model.Appointment appointment = appointment(dice.percent(90) ? AppointmentState.CONFIRMED : AppointmentState.CANCELLED);
        return new Command.ConfirmAttendance(request, appointment == null || dice.percent(4) ? dice.upTo(model.lastAppointment + 1) : appointment.id);
    }

    Command cancel(final Request request) {
        final Model.Appointment appointment = appointment(AppointmentState.CONFIRMED);
        if (appointment == null || appointment.state != AppointmentState.CONFIRMED && dice.percent(90)) {
            return confirm(request);
        }
        return new Command.Cancel(request, appointment.id);
    }

    Command checkIn(final Request request) {
        final List<Model.Appointment> near = new ArrayList<>();
        for (final Model.Appointment each : model.appointments.values()) {
            final long early = each.visit.startMs() - model.rules.checkInEarlyMs();
            if (each.state == AppointmentState.CONFIRMED && model.nowMs >= early && model.nowMs < each.visit.startMs() + Model.DAY_MS) {
                near.add(each);
            }
        }
        if (near.isEmpty() && dice.percent(85)) {
            return confirm(request);
        }
        final Model.Appointment chosen = near.isEmpty() || dice.percent(10) ? appointment(AppointmentState.CONFIRMED) : dice.of(near);
        return new Command.CheckIn(request, number(chosen));
    }

    Command call(final Request request) {
        final Model.Appointment appointment = appointment(AppointmentState.CHECKED_IN);
        if (appointment == null || appointment.state != AppointmentState.CHECKED_IN && dice.percent(90)) {
            return walkIn(request);
        }
        return new Command.Call(request, appointment.id, dice.between(1, 255));
    }

    Command serve(final Request request) {
        final Model.Appointment appointment = appointment(AppointmentState.CALLED);
        if (appointment == null || appointment.state != AppointmentState.CALLED && dice.percent(90)) {
            return call(request);
        }
        final int all = appointment.lines;
        return new Command.Serve(request, number(appointment), dice.percent(60) ? all : dice.percent(90) ? all & dice.below(65_536)
                : dice.below(65_536));
    }

    Command markNoShow(final Request request) {
        final List<Model.Appointment> late = new ArrayList<>();
        for (final Model.Appointment each : model.appointments.values()) {
            if (!each.isOver() && model.nowMs >= each.visit.startMs() + model.rules.noShowGraceMs()) {
                late.add(each);
            }
        }
        if (late.isEmpty() && dice.percent(80)) {
            return confirm(request);
        }
        return new Command.MarkNoShow(request, number(late.isEmpty() || dice.percent(10) ? dice.of(model.appointments.values()) : dice.of(late)));
    }

    Command walkIn(final Request request) {
        final int desk = WorldCommands.desk(dice.between(1, WorldCommands.POSTS), dice.between(1, 3));
        final int epochDay = model.today() + (dice.percent(85) ? 0 : dice.between(-2, 2));
        final boolean stamps = dice.percent(50);
        final Model.Application open = dice.percent(50) ? null : some(each -> lines(each, line -> line.isOpen() && !line.isTaken()) != 0);
        if (open == null) {
            return new Command.WalkIn(request, 0, person(), desk, epochDay, 0, stamps, family(2));
        }
        final int free = lines(open, line -> line.isOpen() && !line.isTaken());
        return new Command.WalkIn(request, open.id, person(), desk, epochDay,
                dice.partOf(dice.percent(92) ? free : open.allLines()), stamps, List.of());
    }

    Command issueStamps(final Request request) {
        final Predicate<Model.Line> wanting = line -> line.state == LineState.VALIDATED && !line.hasLiveStamp();
        final Model.Application application = some(each -> lines(each, wanting) != 0);
        if (application == null) {
            return validate(request);
        }
        return new Command.IssueStamps(request, application.id,
                dice.partOf(dice.percent(90) ? lines(application, wanting) : application.allLines()), dice.between(1, WorldCommands.POSTS));
    }

    Command voidStamp(final Request request) {
        final Long stamp = dice.of(model.stamps.keySet());
        if (stamp == null || model.stamps.get(stamp).state != StampState.ISSUED && dice.percent(80)) {
            return issueStamps(request);
        }
        return new Command.VoidStamp(request, stamp);
    }

    Command retire(final Request request) {
        final List<Long> ids = new ArrayList<>();
        for (final Model.Application each : model.applications.values()) {
            final boolean over = lines(each, Model.Line::isOpen) == 0 && NaiveMoney.mayRetire(model, each) && each.lastChangeMs + model.rules.retainMs() <= model.nowMs;
            if (ids.size() < 64 && (over && dice.percent(80) || dice.below(3_000) == 0)) {
                ids.add(each.id);
            }
        }
        return ids.isEmpty() ? submit(request) : new Command.Retire(request, ids);
    }

    private Model.Appointment appointment(final AppointmentState state) {
        final List<Model.Appointment> fitting = new ArrayList<>();
        for (final Model.Appointment each : model.appointments.values()) {
            if (each.state == state) {
                fitting.add(each);
            }
        }
        return fitting.isEmpty() || dice.percent(3) ? dice.of(model.appointments.values()) : dice.of(fitting);
    }

    private static long number(final Model.Appointment appointment) {
        return appointment == null ? 0 : appointment.id;
    }

    /** The first application of that kind after a random one, or null. */
    Model.Application some(final Predicate<Model.Application> wanted) {
        final long start = 1 + dice.upTo(model.lastApplication);
        for (final Model.Application application : model.applications.tailMap(start).values()) {
            if (wanted.test(application)) {
                return application;
            }
        }
        for (final Model.Application application : model.applications.headMap(start).values()) {
            if (wanted.test(application)) {
                return application;
            }
        }
        return null;
    }

    static int lines(final Model.Application application, final Predicate<Model.Line> wanted) {
        int set = 0;
        for (int i = 0; i < application.lines.size(); i++) {
            if (wanted.test(application.lines.get(i))) {
                set |= 1 << i;
            }
        }
        return set;
    }
}
