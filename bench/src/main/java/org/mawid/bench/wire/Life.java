package org.mawid.bench.wire;

import java.util.concurrent.ThreadLocalRandom;
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

/**
 * One appointment after another at a place of its own: submitted, validated, held with its stamp, confirmed, cancelled, then the next person's.
 * It knows its next command from the last answer, so that it can be driven by any client. One thread at a time.
 */
final class Life {
    /** Steps of a life, as many as commands. */
    static final int STEPS = 5;
    static final int SERVICE = 1;

    private final int deskId;
    private final int epochDay;
    private final int startUnit;
    private final int postId;
    private final long seed;
    private boolean choosesPost;
    private long number;
    private int step;
    private String reference = "";

    /** @param slot which place of the network is this one's: no two alike below {@code capacity} times its units */
    Life(final ModelNetwork network, final int slot, final long seed) {
        final int place = slot % (network.posts() * network.days() * network.units());
        final int day = place / network.units();
        this.deskId = ModelNetwork.deskId(day / network.days());
        this.epochDay = ModelNetwork.FIRST_DAY + day % network.days();
        this.startUnit = place % network.units();
        this.postId = day / network.days() + 1;
        this.seed = seed + slot * 1_000_000_007L;
    }

    /** The same, made for its post from the beginning: all of its events are that post's. */
    Life choosingItsPost() {
        choosesPost = true;
        return this;
    }

    /** Where its place is. */
    int postId() {
        return postId;
    }

    int step() {
        return step;
    }

    int deskId() {
        return deskId;
    }

    int epochDay() {
        return epochDay;
    }

    int startUnit() {
        return startUnit;
    }

    /** Of the person whose life this is now. */
    long personKey() {
        return Lives.personKey(number, seed);
    }

    String reference() {
        return reference;
    }

    Request request(final long nowMs) {
        final ThreadLocalRandom random = ThreadLocalRandom.current();
        return Request.newBuilder().setIdHigh(random.nextLong() | 1).setIdLow(random.nextLong()).setCreatedMs(nowMs).setActor(1)
                .setChannel(Channel.CHANNEL_ONLINE).build();
    }

    SubmitApplication submit(final long nowMs) {
        final long person = personKey();
        return SubmitApplication.newBuilder().setRequest(request(nowMs)).setApplicant(person).setPostId(choosesPost ? postId : 0).addLines(NewLine.newBuilder().setPersonKey(person)
                .setServiceId(SERVICE).setQuantity(1).setAgeBand(AgeBand.AGE_BAND_ADULT)).build();
    }

    ValidateLines validate(final long nowMs) {
        return ValidateLines.newBuilder().setRequest(request(nowMs)).setApplication(reference).setLines(1).build();
    }

    Hold hold(final long nowMs) {
        return Hold.newBuilder().setRequest(request(nowMs)).setApplication(reference).setIssueStamps(true).addLegs(Leg.newBuilder()
                .setDeskId(deskId).setLines(1).setEpochDay(epochDay).setStartUnit(startUnit).setUnits(ModelNetwork.unitsOf(SERVICE))).build();
    }

    Confirm confirm(final long nowMs) {
        return Confirm.newBuilder().setRequest(request(nowMs)).setHold(reference).build();
    }

    Cancel cancel(final long nowMs) {
        return Cancel.newBuilder().setRequest(request(nowMs)).setAppointment(reference).build();
    }

    Command command(final long tag, final long nowMs) {
        final Command.Builder command = Command.newBuilder().setTag(tag);
        return switch (step) {
            case Lives.SUBMIT -> command.setSubmitApplication(submit(nowMs)).build();
            case Lives.VALIDATE -> command.setValidateLines(validate(nowMs)).build();
            case Lives.HOLD -> command.setHold(hold(nowMs)).build();
            case Lives.CONFIRM -> command.setConfirm(confirm(nowMs)).build();
            default -> command.setCancel(cancel(nowMs)).build();
        };
    }

    /**
     * @return true when the command was done, false when it was not admitted and is the next one again
     * @throws IllegalStateException when it was refused: each of these must succeed
     */
    boolean answered(final CommandReply reply) {
        if (reply.getResult() == Result.UNAVAILABLE) {
            return false;
        }
        if (reply.getResult() != Result.OK) {
            throw new IllegalStateException("step " + step + " was answered " + reply.getResult());
        }
        done(reply.getReference());
        return true;
    }

    /** @param made what the command made, empty when nothing */
    void done(final String made) {
        if (!made.isEmpty()) {
            reference = made;
        }
        if (++step == STEPS) {
            step = 0;
            number++;
        }
    }
}
