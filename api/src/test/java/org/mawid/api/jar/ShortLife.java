package org.mawid.api.jar;

import java.util.Random;
import org.mawid.api.testkit.OnePost;
import org.mawid.grpc.Cancel;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.Hold;
import org.mawid.grpc.Release;
import org.mawid.grpc.Result;
import org.mawid.grpc.SubmitApplication;
import org.mawid.grpc.ValidateLines;

/**
 * One person after another: submits, is validated, holds a place with its stamp, confirms or lets go, cancels sometimes.
 */
final class ShortLife extends Life {
    private static final int PLACES = OnePost.UNITS / OnePost.VISIT_UNITS;
    private static final int PATIENCE = 3;

    private final Random random;
    private final int days;
    private long person;
    private String application = "";
    private int refusals;

    /** @param firstPerson key of the first, the others follow it @param days of {@link OnePost} that are open */
    ShortLife(final Ledger ledger, final long firstPerson, final int days, final long seed) {
        super(ledger);
        this.person = firstPerson;
        this.days = days;
        this.random = new Random(seed);
        begin(submit());
    }

    @Override
    Command next(final Command before, final CommandReply reply) {
        if (reply.getResult() != Result.OK) {
            final boolean tries = before.hasHold() && ++refusals < PATIENCE
                    && (reply.getResult() == Result.HELD_BY_OTHER || reply.getResult() == Result.SOLD_OUT);
            return tries ? hold() : nextPerson();
        }
        switch (before.getCommandCase()) {
            case SUBMIT_APPLICATION:
                application = reply.getReference();
                return Command.newBuilder().setValidateLines(ValidateLines.newBuilder().setRequest(ledger.newRequest()).setApplication(application)
                        .setLines(1)).build();
            case VALIDATE_LINES:
                return hold();
            case HOLD:
                return random.nextInt(8) == 0
                        ? Command.newBuilder().setRelease(Release.newBuilder().setRequest(ledger.newRequest()).setHold(reply.getReference())).build()
                        : Command.newBuilder().setConfirm(Confirm.newBuilder().setRequest(ledger.newRequest()).setHold(reply.getReference())).build();
            case CONFIRM:
                return random.nextInt(3) == 0
                        ? Command.newBuilder().setCancel(Cancel.newBuilder().setRequest(ledger.newRequest()).setAppointment(reply.getReference())).build()
                        : nextPerson();
            default:
                return nextPerson();
        }
    }

    private Command nextPerson() {
        person++;
        refusals = 0;
        return submit();
    }

    private Command submit() {
        return Command.newBuilder().setSubmitApplication(SubmitApplication.newBuilder().setRequest(ledger.newRequest()).setPostId(OnePost.POST)
                .addLines(OnePost.line(person))).build();
    }

    private Command hold() {
        return Command.newBuilder().setHold(Hold.newBuilder().setRequest(ledger.newRequest()).setApplication(application).setIssueStamps(true)
                .addLegs(OnePost.leg(random.nextInt(days), random.nextInt(PLACES)))).build();
    }
}
