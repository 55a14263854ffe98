package org.mawid.client;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Confirm;
import org.mawid.grpc.FirstStartsReply;
import org.mawid.grpc.Leg;
import org.mawid.grpc.NewLine;
import org.mawid.grpc.ServiceNeed;
import org.mawid.grpc.Slot;
import org.mawid.grpc.ValidateLines;

/** What the README shows of the Java client, compiled and run; {@code ReadmeTest} holds the two equal. */
final class FirstHold {
    private FirstHold() {
    }

    /** @param token of an officer of the post @return the appointment, or what was refused */
    static String book(final int grpcPort, final int post, final int service, final long personKey, final String token) throws IOException {
        // README: from here
        try (MawidClient mawid = MawidClient.connect(ClientOptions.of("127.0.0.1", grpcPort).withToken(() -> token))) {
            NewLine line = NewLine.newBuilder().setPersonKey(personKey).setServiceId(service).setQuantity(1).build();
            if (!(mawid.submitApplication(0, post, List.of(line)) instanceof SubmitReply.Submitted submitted)) {
                return "no application";
            }
            String application = submitted.application();
            CommandReply validated = mawid.execute(Command.newBuilder().setValidateLines( // what an officer does
                    ValidateLines.newBuilder().setApplication(application).setLines(0b1)).build());
            // what lets its starts be seen and held, for some minutes: reading again gives another one
            String capability = mawid.application(application, validated.getPosition()).orElseThrow().getCapability().getToken();

            FirstStartsReply starts = mawid.firstStarts(AvailabilityQuery.newBuilder()
                    .addPostIds(post).addServices(ServiceNeed.newBuilder().setServiceId(service))
                    .setFromEpochDay((int) LocalDate.now().toEpochDay() + 1).setDays(30).setLimit(1).build(), capability);
            Slot free = starts.getSlots(0);
            Leg leg = Leg.newBuilder().setDeskId(free.getDeskId()).setLines(0b1).setEpochDay(free.getEpochDay())
                    .setStartUnit(free.getStartUnit()).setUnits(starts.getUnits()).build();

            HoldReply reply = mawid.hold(application, List.of(leg), true, capability); // with its fee stamp
            if (reply instanceof HoldReply.Refused refused) {
                return "refused: " + refused.reason(); // HELD_BY_OTHER, SOLD_OUT, LIMIT_REACHED...
            }
            HoldReply.Held held = (HoldReply.Held) reply;
            try {
                if (mawid.confirm(held.hold(), false) instanceof ConfirmReply.Confirmed confirmed) {
                    Instant start = confirmed.start();
                    return confirmed.appointment() + " at " + start + ", stamp " + held.stamps().get(0);
                }
                return "not confirmed: the hold was until " + held.until();
            } catch (MawidException noAnswer) { // done or not? the same request again, not a new one: its first answer, or done now
                Confirm again = Confirm.newBuilder().setRequest(noAnswer.request()).setHold(held.hold()).build();
                CommandReply answer = mawid.execute(Command.newBuilder().setConfirm(again).build());
                return answer.getResult() + " " + answer.getReference(); // mawid.outcome(noAnswer.request()) only asks
            }
        }
        // README: to here
    }
}
