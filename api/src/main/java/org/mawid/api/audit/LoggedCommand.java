package org.mawid.api.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.access.CommandAccess;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Operation;
import org.mawid.api.access.Target;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.engine.core.CommandCheck;
import org.mawid.sbe.AccessedKind;
import org.mawid.sbe.Channel;
import org.mawid.sbe.ImportStampsDecoder;
import org.mawid.sbe.ImportVisitDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RecordAccessDecoder;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.RetireDecoder;
import org.mawid.sbe.SetCoreVersionDecoder;
import org.mawid.sbe.TickDecoder;

/** One position of the log, read as what somebody did. One thread. */
public final class LoggedCommand {
    private static final int LEAST_BYTES = MessageHeaderDecoder.ENCODED_LENGTH + RequestDecoder.ENCODED_LENGTH;
    /** What no edge brings. */
    private static final Map<Integer, String> OF_OPERATORS = Map.of(SetCoreVersionDecoder.TEMPLATE_ID, "setCoreVersion", RetireDecoder.TEMPLATE_ID, "retire",
            ImportStampsDecoder.TEMPLATE_ID, "importStamps", ImportVisitDecoder.TEMPLATE_ID, "importVisit", Audit.RETENTION_SWEEP, "retentionSweep", Audit.COMES_FROM, "comesFrom");

    private final long position;
    private final long nowMs;
    private final UnsafeBuffer command;
    private final int templateId;
    private final RequestDecoder request = new RequestDecoder();
    /** Null = that is a command. */
    private final RecordAccessDecoder access;
    /** Null = nobody has asked yet: most are passed over by what the request alone says. */
    private Boolean whole;
    private List<Target> targets;

    private LoggedCommand(final long position, final long nowMs, final UnsafeBuffer command) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(command, 0);
        this.position = position;
        this.nowMs = nowMs;
        this.command = command;
        templateId = header.templateId();
        request.wrap(command, MessageHeaderDecoder.ENCODED_LENGTH);
        access = templateId == RecordAccessDecoder.TEMPLATE_ID && isWhole() ? new RecordAccessDecoder().wrapAndApplyHeader(command, 0, header) : null;
    }

    /** A copy. Null when nobody did that: log time went on, or what is there says of nobody. */
    public static LoggedCommand of(final long position, final long nowMs, final DirectBuffer buffer, final int offset, final int length) {
        if (length < LEAST_BYTES || new MessageHeaderDecoder().wrap(buffer, offset).templateId() == TickDecoder.TEMPLATE_ID) {
            return null;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new LoggedCommand(position, nowMs, new UnsafeBuffer(bytes));
    }

    public long position() {
        return position;
    }

    /** Log time, ms since 1970-01-01 UTC. */
    public long nowMs() {
        return nowMs;
    }

    /** Key of who acted, 0 = nobody who said who they are. */
    long actor() {
        return request.actor();
    }

    long onBehalfOf() {
        return request.onBehalfOf();
    }

    /** High and low half. */
    long[] requestId() {
        return new long[] {request.idHigh(), request.idLow()};
    }

    /** {@link Operation#code}. */
    public int operation() {
        return access == null ? templateId : access.operation();
    }

    /** Whether somebody was let do something, or was not: no command. */
    public boolean isAccess() {
        return access != null;
    }

    /** Null = it is not whole, or no command. */
    public DirectBuffer command() {
        return isAccess() || !isWhole() ? null : command;
    }

    /** What it is about. */
    public List<Target> targets() {
        if (targets == null) {
            targets = isAccess() ? accessed() : named();
        }
        return targets;
    }

    /** Without what the core answered. */
    public Entry entry() {
        final Channel channel = request.channel();
        final Target target = Target.mostTelling(targets());
        final String operation = name(operation());
        return isAccess() ? new Entry(position, nowMs, actor(), onBehalfOf(), channel, operation, target, access.detail(), null, false, access.verdict(), access.reasonCode(), access.address(), access.leftOut())
                : new Entry(position, nowMs, actor(), onBehalfOf(), channel, operation, target, 0, null, false, null, 0, 0, 0);
    }

    /** What another program has logged may be shorter than it says. */
    private boolean isWhole() {
        if (whole == null) {
            whole = CommandCheck.check(command, 0, command.capacity()) == Result.OK;
        }
        return whole;
    }

    private List<Target> accessed() {
        return access.targetKind() == AccessedKind.NOTHING ? List.of() : List.of(new Target(ObjectKind.valueOf(access.targetKind().name()), access.targetId()));
    }

    private List<Target> named() {
        final CommandTemplate template = CommandTemplate.of(templateId);
        return template == null || !isWhole() ? List.of() : CommandAccess.named(template, command, 0);
    }

    /** As the edges call it. @param operation {@link Operation#code}, or another one that is in logs only */
    public static String name(final int operation) {
        final Operation known = Operation.of(operation);
        return known != null ? known.word() : OF_OPERATORS.getOrDefault(operation, Arrays.stream(PersonAct.values()).filter(act -> act.code() == operation).findFirst().map(PersonAct::word).orElse("operation" + operation));
    }
}
