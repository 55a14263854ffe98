package org.mawid.api.http;

import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.access.Operation;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.engine.readmodel.ReadModel;

/** Asks calls for the capability that shows starts and lets them be taken. On the event loop. */
final class CapabilityCheck {
    private static final String HEADER = "Mawid-Capability";

    private CapabilityCheck() {
    }

    /** Of a call that wants to see starts. @throws Fault with what is missing */
    static void search(final Call call, final Operation operation, final int[] serviceIds, final int... postIds) {
        final Capabilities capabilities = call.loop().capabilities();
        if (capabilities != null && capabilities.isAsked(HttpAccess.caller(call), operation)) {
            refuseUnless(capabilities.whyNot(HttpAccess.caller(call), call.text(HEADER), serviceIds, postIds));
        }
    }

    /** Of a command that whoever calls may send. @param then with it, now or later; may throw a {@link Fault} @throws Fault with what is missing */
    static void command(final Call call, final CommandTemplate template, final DirectBuffer command, final int length, final Consumer<DirectBuffer> then) {
        final Capabilities capabilities = call.loop().capabilities();
        if (capabilities == null || !capabilities.isAsked(HttpAccess.caller(call), template)) {
            then.accept(command);
        } else if (!Capabilities.isLookedUp(template)) {
            refuseUnless(capabilities.whyNot(HttpAccess.caller(call), call.text(HEADER), template, command, 0, capabilities.applicationOf(template, command, 0)));
            then.accept(command);
        } else {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]); // the next command is drafted meanwhile
            copy.putBytes(0, command, 0, length);
            final ReadModel model = call.loop().readModel();
            Reads.whenReached(call, model.records()::position, call.loop().gateway().engine().status().durablePosition(),
                    () -> Reads.find(call, asked -> capabilities.applicationOf(template, copy, 0), application -> {
                        refuseUnless(capabilities.whyNot(HttpAccess.caller(call), call.text(HEADER), template, copy, 0, application));
                        then.accept(copy);
                    }));
        }
    }

    private static void refuseUnless(final CapabilityTrouble trouble) {
        if (trouble != null) {
            throw new Fault(Problem.uncovered(trouble));
        }
    }
}
