package org.mawid.bench.wire.grpc;

import java.util.concurrent.ThreadLocalRandom;
import org.mawid.bench.load.Life;
import org.mawid.bench.load.Lives;
import org.mawid.bench.load.ModelNetwork;
import org.mawid.grpc.AgeBand;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Channel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/** The commands of a {@link Life} as messages of gRPC. Nothing is kept. */
final class LifeMessages {
    private LifeMessages() {
    }

    static SubmitApplication submit(final Life life, final long nowMs) {
        final long person = life.personKey();
        return SubmitApplication.newBuilder().setRequest(request(nowMs)).setApplicant(person).setPostId(life.choosesItsPost() ? life.postId() : 0).addLines(NewLine.newBuilder().setPersonKey(person)
                .setServiceId(Life.SERVICE).setQuantity(1).setAgeBand(AgeBand.AGE_BAND_ADULT)).build();
    }

    static ValidateLines validate(final Life life, final long nowMs) {
        return ValidateLines.newBuilder().setRequest(request(nowMs)).setApplication(life.reference()).setLines(1).build();
    }

    static Hold hold(final Life life, final long nowMs) {
        return Hold.newBuilder().setRequest(request(nowMs)).setApplication(life.reference()).setIssueStamps(true).addLegs(Leg.newBuilder()
                .setDeskId(life.deskId()).setLines(1).setEpochDay(life.epochDay()).setStartUnit(life.startUnit()).setUnits(ModelNetwork.unitsOf(Life.SERVICE))).build();
    }

    static Confirm confirm(final Life life, final long nowMs) {
        return Confirm.newBuilder().setRequest(request(nowMs)).setHold(life.reference()).build();
    }

    static Cancel cancel(final Life life, final long nowMs) {
        return Cancel.newBuilder().setRequest(request(nowMs)).setAppointment(life.reference()).build();
    }

    static Command command(final Life life, final long tag, final long nowMs) {
        final Command.Builder command = Command.newBuilder().setTag(tag);
        return switch (life.step()) {
            case Lives.SUBMIT -> command.setSubmitApplication(submit(life, nowMs)).build();
            case Lives.VALIDATE -> command.setValidateLines(validate(life, nowMs)).build();
            case Lives.HOLD -> command.setHold(hold(life, nowMs)).build();
            case Lives.CONFIRM -> command.setConfirm(confirm(life, nowMs)).build();
            default -> command.setCancel(cancel(life, nowMs)).build();
        };
    }

    /**
     * @return true when the command was done, false when it was not admitted and is the next one again
     * @throws IllegalStateException when it was refused: each of these must succeed
     */
    static boolean answered(final Life life, final CommandReply reply) {
        if (reply.getResult() == Result.UNAVAILABLE || reply.getResult() == Result.READ_MODEL_BEHIND) {
            return false;
        }
        if (reply.getResult() != Result.OK) {
            throw new IllegalStateException("step " + life.step() + " was answered " + reply.getResult());
        }
        life.done(reply.getReference());
        return true;
    }

    private static Request request(final long nowMs) {
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        return Request.newBuilder().setIdHigh(random.nextLong() | 1).setIdLow(random.nextLong()).setCreatedMs(nowMs)
                .setChannel(Channel.CHANNEL_ONLINE).build();
    }
}
