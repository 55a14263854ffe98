package org.mawid.engine.twin;

import static org.mawid.sbe.Result.OUT_OF_RANGE;

import org.agrona.DirectBuffer;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.CommitCoolingSecretDecoder;
import org.mawid.sbe.EndCoolingAtDecoder;
import org.mawid.sbe.JoinWaitlistDecoder;
import org.mawid.sbe.LeaveWaitlistDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.RevealCoolingSecretDecoder;
import org.mawid.sbe.SetCoolingDecoder;
import org.mawid.sbe.SetWaitlistRulesDecoder;

/** The part of {@link CommandReader} for what came with core version 7: waiting and cooling. */
final class WaitingCommandReader {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    static boolean knows(final int template) {
        return switch (template) {
            case JoinWaitlistDecoder.TEMPLATE_ID, LeaveWaitlistDecoder.TEMPLATE_ID, SetWaitlistRulesDecoder.TEMPLATE_ID, EndCoolingAtDecoder.TEMPLATE_ID,
                 SetCoolingDecoder.TEMPLATE_ID, CommitCoolingSecretDecoder.TEMPLATE_ID, RevealCoolingSecretDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    Command read(final int template, final Command.Request request, final DirectBuffer buffer, final int offset) {
        return switch (template) {
            case JoinWaitlistDecoder.TEMPLATE_ID -> join(request, new JoinWaitlistDecoder().wrapAndApplyHeader(buffer, offset, header));
            case LeaveWaitlistDecoder.TEMPLATE_ID ->
                    new Command.LeaveWaitlist(request, number(new LeaveWaitlistDecoder().wrapAndApplyHeader(buffer, offset, header).waiterId()));
            case SetWaitlistRulesDecoder.TEMPLATE_ID -> {
                final SetWaitlistRulesDecoder from = new SetWaitlistRulesDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.SetWaitlistRules(request, new Command.WaitlistRules(from.offerTtlMs(), from.noticeMs(), from.coolingLeadMs(), from.maxWaiters(),
                        from.maxCoolings(), from.entriesEach(), from.offersEach(), from.spentEach()));
            }
            case EndCoolingAtDecoder.TEMPLATE_ID -> {
                final EndCoolingAtDecoder from = new EndCoolingAtDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.EndCoolingAt(request, number(from.coolingId()), number(from.delayMs()));
            }
            case SetCoolingDecoder.TEMPLATE_ID -> {
                final SetCoolingDecoder from = new SetCoolingDecoder().wrapAndApplyHeader(buffer, offset, header);
                Refusal.when(from.serviceId() < 1 || from.serviceId() > 128, OUT_OF_RANGE);
                yield new Command.SetCooling(request, from.serviceId(), from.minMs(), from.maxMs());
            }
            case CommitCoolingSecretDecoder.TEMPLATE_ID -> {
                final CommitCoolingSecretDecoder from = new CommitCoolingSecretDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.CommitCoolingSecret(request, number(from.era()), new Command.Words(from.word1(), from.word2(), from.word3(), from.word4()));
            }
            default -> {
                final RevealCoolingSecretDecoder from = new RevealCoolingSecretDecoder().wrapAndApplyHeader(buffer, offset, header);
                yield new Command.RevealCoolingSecret(request, number(from.era()), new Command.Words(from.word1(), from.word2(), from.word3(), from.word4()));
            }
        };
    }

    private static Command join(final Command.Request request, final JoinWaitlistDecoder from) {
        number(from.applicationId());
        number(from.appointmentId());
        final boolean earlier = from.appointmentId() != 0;
        Refusal.when(earlier && (from.lines() != 0 || from.postId() != 0), OUT_OF_RANGE);
        Refusal.when(!earlier && (from.lines() == 0 || from.postId() < 1 || from.postId() > 4_095), OUT_OF_RANGE);
        return new Command.JoinWaitlist(request, from.applicationId(), from.appointmentId(), from.fromEpochDay(), from.toEpochDay(), from.lines(), from.postId());
    }

    private static long number(final long value) {
        Refusal.when(value < 0, OUT_OF_RANGE);
        return value;
    }
}
