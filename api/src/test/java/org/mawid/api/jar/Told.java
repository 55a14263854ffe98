package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mawid.grpc.AppointmentState;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Leg;
import org.mawid.grpc.LineState;
import org.mawid.grpc.Result;

/** What became of everything by the answers alone, as {@link WholeLife} was given them. One line in each application. One thread. */
final class Told {
    /** An instant that no answer has told. */
    static final long UNKNOWN = 0;

    /** An application. */
    static final class Asked {
        private final String key;
        /** Empty: opened by a walk-in, whose answer does not tell it. */
        final String reference;
        final long personKey;
        final long submittedMs;
        /** Of the last answer that changed it. */
        long position;
        LineState state = LineState.LINE_STATE_SUBMITTED;
        String stamp = "";
        String hold = "";
        String appointment = "";

        private Asked(final String key, final String reference, final long personKey, final long submittedMs) {
            this.key = key;
            this.reference = reference;
            this.personKey = personKey;
            this.submittedMs = submittedMs;
        }
    }

    /** A live one. */
    static final class Held {
        final String reference;
        final Asked asked;
        final Leg leg;
        final long untilMs;

        private Held(final String reference, final Asked asked, final Leg leg, final long untilMs) {
            this.reference = reference;
            this.asked = asked;
            this.leg = leg;
            this.untilMs = untilMs;
        }
    }

    /** An appointment. */
    static final class Visit {
        final String reference;
        final Asked asked;
        /** Null: of a walk-in. */
        Leg leg;
        boolean overflow;
        AppointmentState state;
        int ticket;
        int counter;
        int reschedules;
        long changedMs;

        private Visit(final String reference, final Asked asked, final Leg leg) {
            this.reference = reference;
            this.asked = asked;
            this.leg = leg;
        }

        private void step(final AppointmentState next, final CommandReply reply) {
            state = next;
            changedMs = nowMs(reply);
        }
    }

    /** A stamp. */
    static final class Issued {
        final String reference;
        final Asked asked;
        final long issuedMs;
        boolean isVoid;

        private Issued(final String reference, final Asked asked, final long issuedMs) {
            this.reference = reference;
            this.asked = asked;
            this.issuedMs = issuedMs;
        }
    }

    private final Map<String, Asked> applications = new LinkedHashMap<>();
    private final Map<String, Held> holds = new LinkedHashMap<>();
    private final Map<String, Visit> visits = new LinkedHashMap<>();
    private final Map<String, Issued> stamps = new LinkedHashMap<>();
    /** Commands without an answer may have changed these. */
    private final Set<Asked> touched = new HashSet<>();

    /** @param entries each life's in its order; those without an answer are the last of theirs */
    Told(final List<Ledger.Entry> entries) {
        for (final Ledger.Entry entry : entries) {
            if (entry.isDone()) {
                final Asked changed = apply(entry.command, entry.reply());
                changed.position = entry.reply().getPosition();
                for (final String stamp : entry.reply().getStampsList()) {
                    stamps.put(stamp, new Issued(stamp, changed, nowMs(entry.reply())));
                    changed.stamp = stamp;
                }
            }
        }
        entries.stream().filter(entry -> entry.reply() == null).map(entry -> touchedBy(entry.command)).forEach(touched::add);
    }

    Stream<Asked> asked() {
        return applications.values().stream();
    }

    Stream<Visit> visits() {
        return visits.values().stream();
    }

    Stream<Issued> stamps() {
        return stamps.values().stream();
    }

    Stream<Held> holds() {
        return holds.values().stream();
    }

    boolean isSettled(final Asked asked) {
        return !touched.contains(asked);
    }

    /** One that was told later, or by more answers. */
    boolean hasSettled(final Asked later) {
        final Asked known = applications.get(later.key);
        return known != null && isSettled(known);
    }

    /** When it was done: a repeated answer does not tell. */
    private static long nowMs(final CommandReply reply) {
        return reply.getRepeatedAnswer() ? UNKNOWN : reply.getNowMs();
    }

    private Asked apply(final Command command, final CommandReply reply) {
        return switch (command.getCommandCase()) {
            case SUBMIT_APPLICATION -> opened(reply.getReference(), reply.getReference(), command.getSubmitApplication().getLines(0).getPersonKey(), reply);
            case VALIDATE_LINES -> decided(command.getValidateLines().getApplication(), LineState.LINE_STATE_VALIDATED);
            case REJECT_LINES -> decided(command.getRejectLines().getApplication(), LineState.LINE_STATE_REJECTED);
            case WITHDRAW_LINES -> withdrawn(applications.get(command.getWithdrawLines().getApplication()));
            case ISSUE_STAMPS -> applications.get(command.getIssueStamps().getApplication());
            case VOID_STAMP -> madeVoid(stamps.get(command.getVoidStamp().getStamp()));
            case HOLD -> held(applications.get(command.getHold().getApplication()), command.getHold().getLegs(0), reply);
            case RELEASE -> letGo(command.getRelease().getHold()).asked;
            case CONFIRM -> confirmed(letGo(command.getConfirm().getHold()), reply);
            case WALK_IN -> walkedIn(command, reply);
            default -> stepped(visits.get(appointment(command)), command, reply).asked;
        };
    }

    private Asked opened(final String key, final String reference, final long personKey, final CommandReply reply) {
        final Asked opened = new Asked(key, reference, personKey, nowMs(reply));
        applications.put(key, opened);
        return opened;
    }

    private Asked decided(final String application, final LineState state) {
        final Asked asked = applications.get(application);
        asked.state = state;
        return asked;
    }

    /** Its stamp is void by that. */
    private Asked withdrawn(final Asked asked) {
        asked.state = LineState.LINE_STATE_WITHDRAWN;
        if (!asked.stamp.isEmpty()) madeVoid(stamps.get(asked.stamp));
        return asked;
    }

    private static Asked madeVoid(final Issued stamp) {
        stamp.isVoid = true;
        stamp.asked.stamp = "";
        return stamp.asked;
    }

    private Asked held(final Asked asked, final Leg leg, final CommandReply reply) {
        holds.put(reply.getReference(), new Held(reply.getReference(), asked, leg, reply.getDetail()));
        asked.hold = reply.getReference();
        return asked;
    }

    private Held letGo(final String hold) {
        final Held ended = holds.remove(hold);
        ended.asked.hold = "";
        return ended;
    }

    private Asked confirmed(final Held hold, final CommandReply reply) {
        assertThat(reply.getDetail()).as("start of %s", reply.getReference()).isEqualTo(TodayPost.startMs(hold.leg));
        return comes(new Visit(reply.getReference(), hold.asked, hold.leg), AppointmentState.APPOINTMENT_STATE_CONFIRMED, reply);
    }

    private Asked walkedIn(final Command command, final CommandReply reply) {
        final String known = command.getWalkIn().getApplication();
        final Asked asked = known.isEmpty() ? opened(reply.getReference(), "", command.getWalkIn().getLines(0).getPersonKey(), reply) : applications.get(known);
        asked.state = LineState.LINE_STATE_VALIDATED;
        final Visit visit = new Visit(reply.getReference(), asked, null);
        visit.ticket = (int) reply.getDetail();
        visit.overflow = reply.getResult() == Result.OVERFLOW;
        return comes(visit, AppointmentState.APPOINTMENT_STATE_CHECKED_IN, reply);
    }

    private Asked comes(final Visit visit, final AppointmentState state, final CommandReply reply) {
        visit.step(state, reply);
        visits.put(visit.reference, visit);
        visit.asked.appointment = visit.reference;
        return visit.asked;
    }

    private static Visit stepped(final Visit visit, final Command command, final CommandReply reply) {
        switch (command.getCommandCase()) {
            case RESCHEDULE -> {
                visit.leg = command.getReschedule().getLegs(0);
                visit.reschedules++;
                visit.changedMs = nowMs(reply);
            }
            case CHECK_IN -> {
                visit.ticket = (int) reply.getDetail();
                visit.step(AppointmentState.APPOINTMENT_STATE_CHECKED_IN, reply);
            }
            case CALL -> {
                visit.counter = command.getCall().getCounter();
                visit.step(AppointmentState.APPOINTMENT_STATE_CALLED, reply);
            }
            case SERVE -> {
                visit.step(AppointmentState.APPOINTMENT_STATE_SERVED, reply);
                visit.asked.appointment = "";
                visit.asked.state = command.getServe().getFulfilled() == 0 ? LineState.LINE_STATE_VALIDATED : LineState.LINE_STATE_FULFILLED;
            }
            case CANCEL -> {
                visit.step(AppointmentState.APPOINTMENT_STATE_CANCELLED, reply);
                visit.asked.appointment = "";
            }
            case MARK_NO_SHOW -> {
                visit.step(AppointmentState.APPOINTMENT_STATE_NO_SHOW, reply);
                visit.asked.appointment = "";
            }
            default -> throw new AssertionError(command);
        }
        return visit;
    }

    private static String appointment(final Command command) {
        return switch (command.getCommandCase()) {
            case RESCHEDULE -> command.getReschedule().getAppointment();
            case CHECK_IN -> command.getCheckIn().getAppointment();
            case CALL -> command.getCall().getAppointment();
            case SERVE -> command.getServe().getAppointment();
            case CANCEL -> command.getCancel().getAppointment();
            case MARK_NO_SHOW -> command.getMarkNoShow().getAppointment();
            default -> throw new AssertionError(command);
        };
    }

    /** Null: something new. */
    private Asked touchedBy(final Command command) {
        return switch (command.getCommandCase()) {
            case SUBMIT_APPLICATION -> null;
            case VALIDATE_LINES -> applications.get(command.getValidateLines().getApplication());
            case REJECT_LINES -> applications.get(command.getRejectLines().getApplication());
            case WITHDRAW_LINES -> applications.get(command.getWithdrawLines().getApplication());
            case ISSUE_STAMPS -> applications.get(command.getIssueStamps().getApplication());
            case VOID_STAMP -> stamps.get(command.getVoidStamp().getStamp()).asked;
            case HOLD -> applications.get(command.getHold().getApplication());
            case RELEASE -> holds.get(command.getRelease().getHold()).asked;
            case CONFIRM -> holds.get(command.getConfirm().getHold()).asked;
            case WALK_IN -> applications.get(command.getWalkIn().getApplication());
            default -> visits.get(appointment(command)).asked;
        };
    }
}
