package org.mawid.api.http;

import java.util.function.Consumer;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.hall.Kiosk;
import org.mawid.sbe.Result;

/** What a kiosk asks that says where it stands: whoever belongs to another post is told to which, before anything is submitted. */
final class KioskRoutes {
    private static final String AT_POST = "atPost";

    private KioskRoutes() {
    }

    /** Goes by where the visit is. */
    static Consumer<Call> checkIn(final Commands command) {
        return call -> {
            if (!call.has(AT_POST)) {
                command.run(call);
                return;
            }
            final int postId = call.post(call.text(AT_POST)).postId();
            final long number = call.number(ReferenceKind.APPOINTMENT, "appointment");
            final HttpAccess access = call.loop().access();
            Reads.lookUp(call, () -> Kiosk.at(postId, call.loop().catalogue()).ofVisit(call.loop().readModel().records().appointment(number),
                    () -> access == null || access.isTheirs(call, Operation.CHECK_IN, ObjectKind.APPOINTMENT, number),
                    () -> access.isTheirs(call, Operation.TELL_THE_WAY, ObjectKind.POST, postId)), elsewhere -> {
                mustBeHere(elsewhere);
                command.run(call);
            });
        };
    }

    /** Goes by where the desk is. */
    static Consumer<Call> walkIn(final Commands command) {
        return call -> {
            if (call.has(AT_POST)) {
                mustBeHere(Kiosk.at(call.post(call.text(AT_POST)).postId(), call.loop().catalogue()).ofDesk(call.body().getInteger("deskId")));
            }
            command.run(call);
        };
    }

    private static void mustBeHere(final Kiosk.Elsewhere elsewhere) {
        if (elsewhere != null) {
            final Problem problem = Problem.of(Result.WRONG_POST, 0, Kiosk.TEXT);
            elsewhere.told().forEach((name, value) -> problem.with(name, name.equals("postId") ? (Object) Integer.valueOf(value) : value));
            throw new Fault(problem);
        }
    }
}
