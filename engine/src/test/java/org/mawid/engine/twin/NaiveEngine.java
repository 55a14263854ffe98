package org.mawid.engine.twin;

import java.util.List;
import org.agrona.DirectBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.Result;
import org.mawid.sbe.TickDecoder;

/** The oracle: decides as the fast core must, with nothing clever in it. */
public final class NaiveEngine {
    /** The operator has said that this position is to be passed over. */
    private static final int SKIPPED = 1;
    private static final int DEADLINE_BYTES = Long.BYTES;
    private static final int VERSION_OFFSET = 6;

    private final Model model = new Model();
    private final NaiveEvents events = new NaiveEvents();
    private final NaiveCatalogue catalogue = new NaiveCatalogue(model, events);
    private final NaiveMoneyEvents moneyEvents = new NaiveMoneyEvents(events);
    private final NaiveLedger ledger = new NaiveLedger(model, moneyEvents);
    private final NaiveLives lives = new NaiveLives(model, ledger, moneyEvents, events);
    private final NaiveStamps stamps = new NaiveStamps(model, catalogue, lives, events);
    private final NaiveMoney money = new NaiveMoney(model, catalogue, stamps, ledger, lives, moneyEvents);
    private final NaiveDisplacementEvents displacementEvents = new NaiveDisplacementEvents(events);
    private final NaiveWaitingEvents waitingEvents = new NaiveWaitingEvents(events);
    private final NaiveWaiters waiters = new NaiveWaiters(model, ledger, displacementEvents, waitingEvents);
    private final NaiveClosures closures = new NaiveClosures(model, catalogue, events, displacementEvents);
    private final NaiveCooling cooling = new NaiveCooling(model, catalogue, closures, events, waitingEvents);
    private final NaiveRoom room = new NaiveRoom(model, catalogue);
    private final NaiveOverbooking overbooking = new NaiveOverbooking(model, events);
    private final NaiveQuotas quotas = new NaiveQuotas(model, room, waiters, overbooking, events);
    private final NaiveCalendar calendar = new NaiveCalendar(model, catalogue, closures, cooling, waiters, quotas, overbooking, events);
    private final NaiveApplications applications = new NaiveApplications(model, catalogue, stamps, waiters, events);
    private final NaiveVisits visits =
            new NaiveVisits(model, catalogue, applications, room, quotas, stamps, closures, waiters, cooling, events, displacementEvents);
    private final NaiveTickets tickets = new NaiveTickets(model, new NaiveHallEvents(events));
    private final NaiveAppointments appointments =
            new NaiveAppointments(model, catalogue, applications, visits, room, quotas, stamps, closures, waiters, tickets, cooling, events);
    private final NaiveOffline offline = new NaiveOffline(model, catalogue, applications, visits, stamps, appointments, money, waiters, tickets, events);
    private final NaiveReviews reviews = new NaiveReviews(model, applications, events);
    private final NaiveHall hall = new NaiveHall(model, catalogue, appointments, tickets, new NaiveHallEvents(events));
    private final NaiveLooking looking = new NaiveLooking(model, room, visits, waiters, cooling, events, displacementEvents);
    private final NaiveDisplacement displacement = new NaiveDisplacement(model, catalogue, applications, calendar, visits, appointments, closures,
            waiters, looking, cooling, ledger, events, displacementEvents);
    private final NaiveWaitlist waitlist = new NaiveWaitlist(model, catalogue, applications, room, visits, waiters, cooling, waitingEvents);
    private final NaiveMemory memory = new NaiveMemory(model);
    private final CommandReader reader = new CommandReader();
    private long skipped;

    /** As {@code EngineCore.apply}. */
    public void apply(final long position, final long nowMs, final int flags, final DirectBuffer command, final int offset,
                      final int length, final EventWriter out, final Outcome outcome) {
        Invariant.that(position == model.position + 1, "gap in the log", position, model.position);
        Invariant.that(nowMs >= model.nowMs, "log time went back", nowMs, model.nowMs);
        model.position = position;
        model.nowMs = nowMs;
        outcome.begin(position, nowMs);
        events.begin(out, position, nowMs);
        try {
            skipped += (flags & SKIPPED) != 0 ? 1 : 0;
            Refusal.when((flags & SKIPPED) != 0, Result.MALFORMED);
            final int template = reader.frame(command, offset, length);
            final Command.Request request = reader.request();
            if (template == TickDecoder.TEMPLATE_ID) {
                tell(outcome, tick());
                return;
            }
            final byte[] body = bodyOf(command, offset, length);
            final Answer earlier = memory.answered(request, body);
            if (earlier != null) {
                tell(outcome, earlier);
                outcome.repeated(true);
                return;
            }
            memory.admit(request);
            final Answer answer = decide(request);
            memory.remember(request, body, template, answer);
            tell(outcome, answer);
        } catch (final Refusal refusal) {
            outcome.set(refusal.result, refusal.number1, refusal.number2, 0);
        }
    }

    /** What became of a request; position 0. */
    public void outcomeOf(final long idHigh, final long idLow, final Outcome outcome) {
        final NaiveMemory.Remembered known = memory.find(idHigh, idLow);
        if (known == null) {
            outcome.begin(0, 0).set(Result.REQUEST_UNKNOWN, 0, 0, 0);
        } else {
            tell(outcome.begin(0, known.nowMs()), known.answer());
            outcome.repeated(true).template(known.template());
        }
    }

    /** When a Tick has something to do, ms; Long.MAX_VALUE = never. */
    public long nextDueMs() {
        final long hold = model.deadlines.isEmpty() ? Long.MAX_VALUE : model.deadlines.first().atMs();
        final long validity = model.validities.isEmpty() ? Long.MAX_VALUE : model.validities.first().atMs();
        return Math.min(Math.min(Math.min(hold, quotas.nextDueMs()), validity), Math.min(Math.min(money.nextDueMs(), displacement.nextDueMs()), tickets.nextDueMs()));
    }

    Model model() {
        return model;
    }

    int clients() {
        return memory.clients();
    }

    int requests() {
        return memory.requests();
    }

    /** The highest creation time that was forgotten, ms; -1 = none. */
    long forgottenCreatedMs() {
        return memory.forgottenCreatedMs();
    }

    long skipped() {
        return skipped;
    }

    long watermark(final long client) {
        return memory.watermark(client);
    }

    private Answer decide(final Command.Request request) {
        try {
            final Answer answer = dispatch(reader.body(request));
            money.tell();
            waiters.tellRoom();
            return answer;
        } catch (final Refusal refusal) {
            return new Answer(refusal.result, refusal.number1, refusal.number2, 0);
        }
    }

    private Answer dispatch(final Command command) {
        if (command instanceof Command.Money c) {
            return money.dispatch(c);
        } else if (command instanceof Command.Offline c) {
            return offline.dispatch(c);
        } else if (command instanceof Command.Waiting c) {
            return waitlist.dispatch(c);
        } else if (command instanceof Command.Displacement c) {
            return displacement.dispatch(c);
        } else if (command instanceof Command.Hall c) {
            return hall.dispatch(c);
        } else if (command instanceof Command.Hold c) {
            return visits.hold(c);
        } else if (command instanceof Command.ImportVisit c) {
            return visits.takeOver(c);
        } else if (command instanceof Command.Confirm c) {
            return visits.confirm(c);
        } else if (command instanceof Command.Release c) {
            return visits.release(c);
        } else if (command instanceof Command.Reschedule c) {
            return visits.reschedule(c);
        } else if (command instanceof Command.ConfirmAttendance c) {
            return appointments.confirmAttendance(c);
        } else if (command instanceof Command.Cancel c) {
            return appointments.cancel(c);
        } else if (command instanceof Command.CheckIn c) {
            return appointments.checkIn(c);
        } else if (command instanceof Command.Call c) {
            return appointments.call(c);
        } else if (command instanceof Command.Serve c) {
            return appointments.serve(c);
        } else if (command instanceof Command.MarkNoShow c) {
            return appointments.markNoShow(c);
        } else if (command instanceof Command.WalkIn c) {
            return appointments.walkIn(c);
        } else if (command instanceof Command.SubmitApplication c) {
            return applications.submit(c);
        } else if (command instanceof Command.ValidateLines c) {
            return applications.validate(c);
        } else if (command instanceof Command.RejectLines c) {
            return applications.reject(c);
        } else if (command instanceof Command.WithdrawLines c) {
            return applications.withdraw(c);
        } else if (command instanceof Command.SendMessage c) {
            return applications.sendMessage(c);
        } else if (command instanceof Command.RecordDocument c) {
            return reviews.recordDocument(c);
        } else if (command instanceof Command.AskForDocuments c) {
            return reviews.ask(c);
        } else if (command instanceof Command.ResubmitLines c) {
            return reviews.resubmit(c);
        } else if (command instanceof Command.AssignApplication c) {
            return reviews.assign(c);
        } else if (command instanceof Command.RecordAccess c) {
            return applications.recordAccess(c);
        } else if (command instanceof Command.Retire c) {
            return applications.retire(c);
        } else if (command instanceof Command.IssueStamps c) {
            return issueStamps(c);
        } else if (command instanceof Command.VoidStamp c) {
            return stamps.voidStamp(c);
        }
        return configure(command);
    }

    private Answer configure(final Command command) {
        if (command instanceof Command.PublishDay c) {
            return calendar.publishDay(c);
        } else if (command instanceof Command.SetCapacity c) {
            return calendar.setCapacity(c);
        } else if (command instanceof Command.BeginChange c) {
            return calendar.beginChange(c);
        } else if (command instanceof Command.AddToChange c) {
            return calendar.addToChange(c);
        } else if (command instanceof Command.ApplyChange c) {
            return calendar.applyChange(c);
        } else if (command instanceof Command.AbandonChange c) {
            return calendar.abandonChange(c);
        } else if (command instanceof Command.DefinePost c) {
            return model.coreVersion >= 8 ? catalogue.definePost(c) : searchAnew(catalogue.definePost(c));
        } else if (command instanceof Command.DefinePool c) {
            return searchAnew(catalogue.definePool(c), c.poolId());
        } else if (command instanceof Command.DefineService c) {
            return searchAnew(catalogue.defineService(c));
        } else if (command instanceof Command.SetDeskService c) {
            return searchAnew(catalogue.setDeskService(c), c.deskId());
        } else if (command instanceof Command.SetTariff c) {
            return catalogue.setTariff(c);
        } else if (command instanceof Command.SetRate c) {
            return catalogue.setRate(c);
        } else if (command instanceof Command.SetFeeTime c) {
            return catalogue.setFeeTime(c);
        } else if (command instanceof Command.SetServiceDocuments c) {
            return catalogue.setServiceDocuments(c);
        } else if (command instanceof Command.SetCoreVersion c) {
            final Answer done = catalogue.setCoreVersion(c);
            if (model.coreVersion >= 8) {
                waiters.searchBeside();
            }
            return done;
        } else if (command instanceof Command.SetRules c) {
            return searchAnew(catalogue.setRules(c, memory.clients()));
        }
        throw new IllegalArgumentException(command.toString());
    }

    /** See {@link NaiveLooking#overlooked}. */
    List<DisplacementModel.Waiter> overlooked() {
        return looking.overlooked();
    }

    private Answer searchAnew(final Answer done, final int poolId) {
        if (model.coreVersion < 8) {
            return searchAnew(done);
        }
        waiters.searchAnew(model.pools.get(poolId).post);
        return done;
    }

    private Answer searchAnew(final Answer done) {
        waiters.searchAnew();
        return done;
    }

    private Answer issueStamps(final Command.IssueStamps c) {
        final Model.Application application = applications.application(c.applicationId());
        final Model.Post post = catalogue.post(c.postId());
        applications.lines(application, c.lines());
        return stamps.issue(c, application, post);
    }

    private Answer tick() {
        int left = model.rules.expiredPerTick();
        while (left > 0 && !model.deadlines.isEmpty() && model.deadlines.first().atMs() <= model.nowMs && displacement.mayTell()) {
            visits.expire(model.holds.get(model.deadlines.first().number()));
            ledger.tell();
            left--;
        }
        final NaiveOffers offers = new NaiveOffers(model);
        while (left > 0 && !model.validities.isEmpty() && model.validities.first().atMs() <= model.nowMs
                && applications.expire(model.applications.get(model.validities.first().number()), offers)) {
            left--;
        }
        money.tick(left);
        money.tell();
        tickets.tick();
        quotas.tick();
        waiters.tellRoom();
        displacement.tick();
        money.tell();
        waiters.tellRoom(); // an offer that went with its appointment
        return Answer.DONE;
    }

    /** All that a repeat must match: everything from the template id on, but not the deadline, nor which schema version said it. */
    private static byte[] bodyOf(final DirectBuffer command, final int offset, final int length) {
        final byte[] body = new byte[length];
        command.getBytes(offset, body);
        for (int i = 0; i < DEADLINE_BYTES; i++) {
            body[CommandReader.HEADER_BYTES + i] = 0;
        }
        body[VERSION_OFFSET] = 0;
        body[VERSION_OFFSET + 1] = 0;
        return body;
    }

    private static void tell(final Outcome outcome, final Answer answer) {
        outcome.set(answer.result(), answer.number1(), answer.number2(), answer.number3());
    }
}
