package org.mawid.api.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.mawid.api.access.Access;
import org.mawid.api.access.Caller;
import org.mawid.api.access.CommandAccess;
import org.mawid.api.access.Grounds;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.capability.Capabilities;
import org.mawid.api.capability.CapabilityTrouble;
import org.mawid.api.gateway.Cause;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.limit.Spent;
import org.mawid.api.rpc.CallCapability;
import org.mawid.api.rpc.Callers;
import org.mawid.api.rpc.Calls;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.sbe.Result;

/** Whether each of the commands of a call may go on: whether who calls may and has not done so too often, and whether it is covered by a capability. One for each call, on its event loop. */
final class Judge {
    private final Calls calls;
    /** Null = whoever calls may do anything. */
    private final Access access;
    /** Null = none is asked for. */
    private final Capabilities capabilities;
    private final Caller caller = Callers.ofCall();
    private final String ofCall = CallCapability.ofCall();
    /** By the application that each says that it is of. */
    private final Map<Long, String> brought = new HashMap<>();
    private long detail;
    private long waitMs;

    private Judge(final Calls calls) {
        this.calls = calls;
        this.access = calls.access();
        this.capabilities = calls.capabilities();
    }

    /** Of the present call; null = any may go on. */
    static Judge ofCall(final Calls calls) {
        return calls.access() == null && calls.capabilities() == null ? null : new Judge(calls);
    }

    /** One more capability, for those commands that are about its application and have none themselves. It is looked at when it is used. */
    void bring(final String capability) {
        final long application = capabilities == null ? 0 : capabilities.claimed(capability);
        if (application != 0) {
            brought.put(application, capability);
        }
    }

    /** As {@link CommandAccess#judge}; UNAVAILABLE as well when a limit is spent. @param own the capability that the command has itself; empty = none */
    Result judge(final CommandTemplate template, final MutableDirectBuffer command, final int at, final String own) {
        final Spent spent = calls.pay(caller, template, command, at);
        waitMs = spent == null ? 0 : spent.waitMs();
        if (spent != null) {
            detail = Cause.LIMIT_SPENT.number();
            return Result.UNAVAILABLE;
        }
        return judgePaid(template, command, at, own);
    }

    /** The same, of a command for which was paid. */
    Result judgePaid(final CommandTemplate template, final MutableDirectBuffer command, final int at, final String own) {
        final Result may = access == null ? Result.OK : access.commands().judge(caller, template, command, at);
        detail = CommandAccess.detail(may);
        return may == Result.OK && capabilities != null && capabilities.isAsked(access == null ? null : caller, template) ? cover(template, command, at, own) : may;
    }

    /** What goes with the answer that was given last. */
    long detail() {
        return detail;
    }

    /** After how many ms the command judged last may come again, when a limit stood in its way; else 0. */
    long waitMs() {
        return waitMs;
    }

    private Result cover(final CommandTemplate template, final MutableDirectBuffer command, final int at, final String own) {
        final boolean mayComeYet = Capabilities.isLookedUp(template) && capabilities.isBehind();
        final long application;
        try {
            application = capabilities.applicationOf(template, command, at);
        } catch (final ReadModelBehindException behind) {
            return Result.READ_MODEL_BEHIND;
        }
        if (application == 0 && mayComeYet) {
            return Result.READ_MODEL_BEHIND;
        }
        final CapabilityTrouble trouble = capabilities.whyNot(access == null ? null : caller, own.isEmpty() ? brought.getOrDefault(application, ofCall) : own, template, command, at, application);
        detail = trouble == null ? 0 : trouble.number();
        if (trouble != null && access != null) { // the call goes on, so that nobody sees it end with this
            access.ended(caller, Operation.of(template), application == 0 ? List.of() : List.of(new Target(ObjectKind.APPLICATION, application)), Grounds.ofCapability(trouble.name()));
        }
        return trouble == null ? Result.OK : Result.FORBIDDEN;
    }
}
