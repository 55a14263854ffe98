package org.mawid.api.jar;

import java.util.Random;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Call;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.CheckIn;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.IssueStamps;
import org.mawid.grpc.MarkNoShow;
import org.mawid.grpc.RejectLines;
import org.mawid.grpc.Release;
import org.mawid.grpc.Reschedule;
import org.mawid.grpc.Result;
import org.mawid.grpc.Serve;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;
import org.mawid.grpc.VoidStamp;
import org.mawid.grpc.WalkIn;
import org.mawid.grpc.WithdrawLines;

/**
 * One person after another, each as far as chance has it: submits, is validated, has a stamp issued apart or with the hold, holds a place, confirms or
 * lets go, moves, cancels or comes, is called and served; comes without an appointment, is missing, withdraws.
 */
final class WholeLife extends Life {
    private static final int PATIENCE = 3;
    private static final int COUNTER = 200;

    private final Random random;
    private long person;
    private String application = "";
    private String appointment = "";
    private String stamp = "";
    private boolean overflow;
    private int refusals;

    /** @param firstPerson key of the first, the others follow it */
    WholeLife(final Ledger ledger, final long firstPerson, final long seed) {
        super(ledger);
        this.person = firstPerson;
        this.random = new Random(seed);
        begin(submit());
    }

    @Override
    Command next(final Command before, final CommandReply reply) {
        if (!Ledger.isDone(reply)) {
            final boolean tries = before.hasHold() && ++refusals < PATIENCE
                    && (reply.getResult() == Result.HELD_BY_OTHER || reply.getResult() == Result.SOLD_OUT);
            return tries ? hold() : nextPerson();
        }
        stamp = reply.getStampsCount() > 0 ? reply.getStamps(0) : stamp;
        return switch (before.getCommandCase()) {
            case SUBMIT_APPLICATION -> {
                application = reply.getReference();
                yield oneOf(12) ? reject() : oneOf(8) ? walkIn(application) : validate();
            }
            case VALIDATE_LINES -> oneOf(6) ? issueStamps() : oneOf(12) ? withdraw() : hold();
            case ISSUE_STAMPS -> oneOf(3) ? voidStamp() : hold();
            case VOID_STAMP -> appointment.isEmpty() ? withdraw() : call();
            case HOLD -> oneOf(8) ? release(reply.getReference()) : confirm(reply.getReference());
            case CONFIRM -> {
                appointment = reply.getReference();
                yield oneOf(4) ? reschedule() : oneOf(4) ? cancel() : oneOf(2) ? checkIn() : nextPerson();
            }
            case RESCHEDULE -> oneOf(3) ? cancel() : oneOf(2) ? checkIn() : nextPerson();
            case RELEASE, CANCEL -> oneOf(2) ? withdraw() : nextPerson();
            case WALK_IN -> {
                appointment = reply.getReference();
                overflow = reply.getResult() == Result.OVERFLOW;
                yield !overflow && oneOf(4) ? voidStamp() : call(); // who stands there was called before anybody says that they are not
            }
            case CHECK_IN -> oneOf(4) ? nextPerson() : call();
            case CALL -> overflow && oneOf(3) ? noShow() : oneOf(6) ? nextPerson() : serve();
            case MARK_NO_SHOW -> application.isEmpty() ? nextPerson() : withdraw();
            default -> nextPerson();
        };
    }

    private boolean oneOf(final int many) {
        return random.nextInt(many) == 0;
    }

    private Command nextPerson() {
        person++;
        refusals = 0;
        application = "";
        appointment = "";
        stamp = "";
        overflow = false;
        return oneOf(8) ? walkIn("") : submit();
    }

    private Command submit() {
        return Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(ledger.newRequest()).setPostId(OnePost.POST)
                .addLines(OnePost.line(person))).build();
    }

    private Command validate() {
        return Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setRequest(ledger.newRequest()).setApplication(application).setLines(1)).build();
    }

    private Command reject() {
        return Command.newBuilder().setRejectLines(RejectLines.newBuilder().setRequest(ledger.newRequest()).setApplication(application).setLines(1)
                .setReasonCode(1)).build();
    }

    private Command withdraw() {
        return Command.newBuilder().setWithdrawLines(WithdrawLines.newBuilder().setRequest(ledger.newRequest()).setApplication(application).setLines(1)).build();
    }

    private Command hold() {
        return Command.newBuilder().setHold(Hold.newBuilder().setRequest(ledger.newRequest()).setApplication(application)
                .setIssueStamps(stamp.isEmpty()).addLegs(TodayPost.leg(random))).build();
    }

    private Command confirm(final String hold) {
        return Command.newBuilder().setConfirm(Confirm.newBuilder().setRequest(ledger.newRequest()).setHold(hold)).build();
    }

    private Command release(final String hold) {
        return Command.newBuilder().setRelease(Release.newBuilder().setRequest(ledger.newRequest()).setHold(hold)).build();
    }

    private Command reschedule() {
        return Command.newBuilder().setReschedule(Reschedule.newBuilder().setRequest(ledger.newRequest()).setAppointment(appointment)
                .addLegs(TodayPost.leg(random))).build();
    }

    private Command cancel() {
        return Command.newBuilder().setCancel(Cancel.newBuilder().setRequest(ledger.newRequest()).setAppointment(appointment)).build();
    }

    private Command checkIn() {
        return Command.newBuilder().setCheckIn(CheckIn.newBuilder().setRequest(ledger.newRequest()).setAppointment(appointment)).build();
    }

    private Command call() {
        return Command.newBuilder().setCall(Call.newBuilder().setRequest(ledger.newRequest()).setAppointment(appointment).setCounter(COUNTER)).build();
    }

    /** Sometimes in vain: the line is validated still. */
    private Command serve() {
        return Command.newBuilder().setServe(Serve.newBuilder().setRequest(ledger.newRequest()).setAppointment(appointment).setFulfilled(oneOf(4) ? 0 : 1)).build();
    }

    private Command noShow() {
        return Command.newBuilder().setMarkNoShow(MarkNoShow.newBuilder().setRequest(ledger.newRequest()).setAppointment(appointment)).build();
    }

    /** @param known an application, or empty: one is opened */
    private Command walkIn(final String known) {
        final WalkIn.Builder walkIn = WalkIn.newBuilder().setRequest(ledger.newRequest()).setDeskId(oneOf(2) ? TodayPost.WITHOUT_A_DAY : TodayPost.WALK_INS)
                .setEpochDay(TodayPost.TODAY).setIssueStamps(true);
        return Command.newBuilder().setWalkIn(known.isEmpty() ? walkIn.addLines(OnePost.line(person)) : walkIn.setApplication(known).setServed(1)).build();
    }

    private Command issueStamps() {
        return Command.newBuilder().setIssueStamps(IssueStamps.newBuilder().setRequest(ledger.newRequest()).setApplication(application).setLines(1)
                .setPostId(OnePost.POST)).build();
    }

    private Command voidStamp() {
        return Command.newBuilder().setVoidStamp(VoidStamp.newBuilder().setRequest(ledger.newRequest()).setStamp(stamp)).build();
    }
}
