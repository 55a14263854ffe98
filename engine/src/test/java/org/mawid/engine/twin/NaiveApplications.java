package org.mawid.engine.twin;

import static org.mawid.sbe.Result.APPLICATIONS_FULL;
import static org.mawid.sbe.Result.APPLICATION_UNKNOWN;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.LIMIT_REACHED;
import static org.mawid.sbe.Result.LINES_FULL;
import static org.mawid.sbe.Result.LINE_ALREADY_OPEN;
import static org.mawid.sbe.Result.LINE_STATE;
import static org.mawid.sbe.Result.LINE_TAKEN;
import static org.mawid.sbe.Result.LINE_UNKNOWN;
import static org.mawid.sbe.Result.NOT_TERMINAL;
import static org.mawid.sbe.Result.PERSONS_FULL;
import static org.mawid.sbe.Result.QUANTITY_OUT_OF_RANGE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.LineState;
import org.mawid.sbe.WaiterEnd;

/** Applications, their lines, the persons behind them, and how long a validated line may wait. */
final class NaiveApplications {
    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveStamps stamps;
    private final NaiveWaiters waiters;
    private final NaiveEvents events;

    NaiveApplications(final Model model, final NaiveCatalogue catalogue, final NaiveStamps stamps, final NaiveWaiters waiters,
                      final NaiveEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.stamps = stamps;
        this.waiters = waiters;
        this.events = events;
    }

    Answer submit(final Command.SubmitApplication c) {
        if (c.postId() != 0) {
            catalogue.post(c.postId());
        }
        final Model.Application application = plan(c.postId(), c.applicant(), c.lines(), false);

        open(application);
        if (application.lines.stream().anyMatch(line -> line.state == LineState.VALIDATED)) {
            validUntil(application, model.nowMs + model.rules.validationTtlMs());
        }
        events.applicationSubmitted(application);
        return Answer.done(application.id, 0, 0);
    }

    /** The application that these lines would open, or why not. Changes nothing. */
    Model.Application plan(final int postId, final long applicant, final List<Command.LineAsked> asked,
                           final boolean validated) {
        final Model.Application application = new Model.Application(model.lastApplication + 1, postId, applicant, model.nowMs);
        final Map<Long, Set<Integer>> wanted = new HashMap<>();
        for (final Command.LineAsked line : asked) {
            final Model.Service service = catalogue.service(line.serviceId());
            if (line.registeredPostId() != 0) {
                catalogue.post(line.registeredPostId());
            }
            Refusal.when(line.quantity() > service.quantityMax, QUANTITY_OUT_OF_RANGE);
            final Model.Person person = model.persons.get(line.personKey());
            final Set<Integer> services = wanted.computeIfAbsent(line.personKey(), key -> new HashSet<>());
            final boolean already = person != null && person.openServices.contains(line.serviceId());
            Refusal.when(already || !services.add(line.serviceId()), LINE_ALREADY_OPEN);
            final int open = services.size() + (person == null ? 0 : person.openServices.size());
            Refusal.when(open > model.rules.openLinesPerPerson(), LIMIT_REACHED);
            application.lines.add(new Model.Line(line,
                    validated || !service.validationRequired ? LineState.VALIDATED : LineState.SUBMITTED));
        }
        Refusal.when(model.applications.size() >= model.rules.maxApplications(), APPLICATIONS_FULL);
        Refusal.when(model.linesInUse + asked.size() > model.rules.maxLines(), LINES_FULL);
        final long strangers = wanted.keySet().stream().filter(key -> !model.persons.containsKey(key)).count();
        Refusal.when(model.persons.size() + strangers > model.rules.maxPersons(), PERSONS_FULL);
        return application;
    }

    void open(final Model.Application application) {
        model.lastApplication = application.id;
        model.applications.put(application.id, application);
        model.linesInUse += application.lines.size();
        for (final Model.Line line : application.lines) {
            model.persons.computeIfAbsent(line.personKey, key -> new Model.Person()).openServices.add(line.serviceId);
        }
        touch(application);
    }

    Answer validate(final Command.ValidateLines c) {
        final Model.Application application = application(c.applicationId());
        for (final Model.Line line : lines(application, c.lines())) {
            Refusal.when(!line.isUndecided(), LINE_STATE);
        }
        NaiveReviews.mustNotBeOfOther(model, application, c.request().actor());

        becomeValidated(application, c.lines());
        return Answer.DONE;
    }

    void becomeValidated(final Model.Application application, final int set) {
        lines(application, set).forEach(line -> {
            line.state = LineState.VALIDATED;
            line.reason = null;
        });
        NaiveReviews.decided(application);
        validUntil(application, model.nowMs + model.rules.validationTtlMs());
        touch(application);
        events.linesDecided(application, set, LineState.VALIDATED, 0);
    }

    Answer reject(final Command.RejectLines c) {
        final Model.Application application = application(c.applicationId());
        mustClose(application, c.lines());
        NaiveReviews.mustNotBeOfOther(model, application, c.request().actor());

        close(application, c.lines(), LineState.REJECTED);
        events.linesDecided(application, c.lines(), LineState.REJECTED, c.reasonCode());
        giveReason(application, c.lines(), c.reasonCode(), c.reasonHash());
        endWith(application, c.lines());
        return Answer.DONE;
    }

    void giveReason(final Model.Application application, final int set, final int code, final long hash) {
        if (model.coreVersion >= 10) {
            final Model.Reason reason = code == 0 && hash == 0 ? null : new Model.Reason(code, hash);
            lines(application, set).forEach(line -> line.reason = reason);
            model.reviewsSeen.merge(reason == null ? "no reason given" : "a reason given", 1, Integer::sum);
            if (reason != null) {
                events.reasonGiven(application, set, reason);
            }
        }
    }

    Answer withdraw(final Command.WithdrawLines c) {
        final Model.Application application = application(c.applicationId());
        mustClose(application, c.lines());

        closeAndTell(application, c.lines(), LineState.WITHDRAWN);
        return Answer.DONE;
    }

    Answer sendMessage(final Command.SendMessage c) {
        Refusal.when(model.coreVersion < 7, CORE_VERSION_UNSUPPORTED);
        final Model.Application application = application(c.applicationId());
        final Model.Post post = catalogue.post(c.postId());

        touch(application);
        events.messageSent(application, post, c);
        return Answer.done(0, model.position, 0);
    }

    Answer recordAccess(final Command.RecordAccess c) {
        Refusal.when(model.coreVersion < 8, CORE_VERSION_UNSUPPORTED);
        events.accessRecorded(c);
        return Answer.DONE;
    }

    private void mustClose(final Model.Application application, final int set) {
        for (final Model.Line line : lines(application, set)) {
            Refusal.when(line.isTaken(), LINE_TAKEN);
            Refusal.when(!line.isOpen(), LINE_STATE);
        }
    }

    /** Ends lines that are not taken, for good. */
    void closeAndTell(final Model.Application application, final int set, final LineState state) {
        close(application, set, state);
        events.linesDecided(application, set, state, 0);
        endWith(application, set);
    }

    private void endWith(final Model.Application application, final int set) {
        stamps.voidIssued(application, set);
        waiters.leave(application, set, WaiterEnd.LINES_ENDED);
    }

    void close(final Model.Application application, final int set, final LineState state) {
        final List<Model.Line> closing = lines(application, set);
        for (final Model.Line line : closing) {
            line.state = state;
            line.reason = null;
            model.persons.get(line.personKey).openServices.remove(line.serviceId);
        }
        NaiveReviews.decided(application);
        closing.forEach(line -> forgetIfIdle(line.personKey));
        endValidityIfNothingWaits(application);
        touch(application);
    }

    Answer retire(final Command.Retire c) {
        for (final long id : c.applications()) {
            final Model.Application application = application(id);
            Refusal.when(application.lines.stream().anyMatch(Model.Line::isOpen), NOT_TERMINAL);
            Refusal.when(!application.appointments.stream().allMatch(Model.Appointment::isOver), NOT_TERMINAL);
            Refusal.when(application.lastChangeMs + model.rules.retainMs() > model.nowMs, NOT_TERMINAL);
            Refusal.when(!NaiveMoney.mayRetire(model, application), NOT_TERMINAL);
        }

        for (final long id : c.applications()) {
            final Model.Application application = model.applications.remove(id);
            NaiveMoney.retire(model, application);
            model.linesInUse -= application.lines.size();
            for (final Model.Appointment appointment : application.appointments) {
                model.appointments.remove(appointment.id);
                model.legsInUse -= appointment.visit.legs().size();
            }
            for (final Model.Line line : application.lines) {
                line.stamps.forEach(stamp -> model.stamps.remove(stamp.id));
                forgetIfIdle(line.personKey);
            }
            events.applicationRetired(application);
        }
        return Answer.DONE;
    }

    Model.Application application(final long id) {
        final Model.Application application = model.applications.get(id);
        Refusal.when(application == null, APPLICATION_UNKNOWN);
        return application;
    }

    /** The lines of a set, ascending, or LINE_UNKNOWN. */
    List<Model.Line> lines(final Model.Application application, final int set) {
        Refusal.when(set == 0 || (set & ~application.allLines()) != 0, LINE_UNKNOWN);
        return linesOf(application, set);
    }

    static List<Model.Line> linesOf(final Model.Application application, final int set) {
        final List<Model.Line> lines = new ArrayList<>();
        for (int i = 0; i < application.lines.size(); i++) {
            if ((set & 1 << i) != 0) {
                lines.add(application.lines.get(i));
            }
        }
        return lines;
    }

    /** The distinct persons of a set of lines, in order of line. */
    static List<Long> personsOf(final Model.Application application, final int set) {
        return linesOf(application, set).stream().map(line -> line.personKey).distinct().toList();
    }

    void touch(final Model.Application application) {
        application.lastChangeMs = model.nowMs;
    }

    /** @param atMs 0 = its lines wait without end */
    void validUntil(final Model.Application application, final long atMs) {
        model.validities.remove(new Model.Due(application.validUntilMs, application.id));
        application.validUntilMs = atMs;
        if (atMs != 0) {
            model.validities.add(new Model.Due(atMs, application.id));
        }
    }

    void endValidityIfNothingWaits(final Model.Application application) {
        if (application.lines.stream().noneMatch(line -> line.state == LineState.VALIDATED)) {
            validUntil(application, 0);
        }
    }

    /** What a Tick does with an application whose validity is over. @return false = nothing, it is left to the next one */
    boolean expire(final Model.Application application, final NaiveOffers offers) {
        if (!waiters.of(application).isEmpty()) {
            validUntil(application, model.nowMs + Model.DAY_MS);
            model.displacement.saw("validity does not end while somebody waits");
            return true;
        }
        int waiting = 0;
        for (int i = 0; i < application.lines.size(); i++) {
            waiting |= application.lines.get(i).isFree() ? 1 << i : 0;
        }
        if (waiting == 0) {
            validUntil(application, 0);
            return true;
        }
        final NaiveOffers.Turn turn = offers.turn(application, linesOf(application, waiting));
        model.turns.merge((application.postId == 0 ? "any post: " : "its post: ") + turn, 1, Integer::sum);
        if (turn == NaiveOffers.Turn.WAITS_A_DAY) {
            validUntil(application, model.nowMs + Model.DAY_MS);
        } else if (turn == NaiveOffers.Turn.EXPIRES) {
            validUntil(application, 0);
            closeAndTell(application, waiting, LineState.EXPIRED);
        }
        return turn != NaiveOffers.Turn.NEXT_TICK;
    }

    private void forgetIfIdle(final long personKey) {
        final Model.Person person = model.persons.get(personKey);
        if (person != null && person.openServices.isEmpty() && person.holds == 0 && person.fullAtMs <= model.nowMs) {
            model.persons.remove(personKey);
        }
    }
}
