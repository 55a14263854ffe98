package org.mawid.engine.testkit;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.CommitCoolingSecretEncoder;
import org.mawid.sbe.EndCoolingAtEncoder;
import org.mawid.sbe.JoinWaitlistEncoder;
import org.mawid.sbe.LeaveWaitlistEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.RevealCoolingSecretEncoder;
import org.mawid.sbe.SetCoolingEncoder;
import org.mawid.sbe.SetWaitlistRulesEncoder;

/** The bytes of a {@link Command.Waiting}. */
final class WaitingCommandWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** @return where the message ends */
    int write(final Command.Waiting command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.JoinWaitlist c) {
            final JoinWaitlistEncoder message = new JoinWaitlistEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.applicationId(c.applicationId()).appointmentId(c.appointmentId()).fromEpochDay(c.fromEpochDay()).toEpochDay(c.toEpochDay())
                    .lines(c.lines()).postId(c.postId()).limit();
        }
        if (command instanceof Command.LeaveWaitlist c) {
            final LeaveWaitlistEncoder message = new LeaveWaitlistEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.waiterId(c.waiterId()).limit();
        }
        if (command instanceof Command.SetWaitlistRules c) {
            final SetWaitlistRulesEncoder message = new SetWaitlistRulesEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            final Command.WaitlistRules r = c.rules();
            return message.offerTtlMs(r.offerTtlMs()).noticeMs(r.noticeMs()).coolingLeadMs(r.coolingLeadMs()).maxWaiters(r.maxWaiters())
                    .maxCoolings(r.maxCoolings()).entriesEach((short) r.entriesEach()).offersEach((short) r.offersEach()).spentEach((short) r.spentEach()).limit();
        }
        if (command instanceof Command.EndCoolingAt c) {
            final EndCoolingAtEncoder message = new EndCoolingAtEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.coolingId(c.coolingId()).delayMs(c.delayMs()).limit();
        }
        if (command instanceof Command.SetCooling c) {
            final SetCoolingEncoder message = new SetCoolingEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.minMs(c.minMs()).maxMs(c.maxMs()).serviceId(c.serviceId()).limit();
        }
        if (command instanceof Command.CommitCoolingSecret c) {
            final CommitCoolingSecretEncoder message = new CommitCoolingSecretEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.era(c.era()).word1(c.hash().word1()).word2(c.hash().word2()).word3(c.hash().word3()).word4(c.hash().word4()).limit();
        }
        if (command instanceof Command.RevealCoolingSecret c) {
            final RevealCoolingSecretEncoder message = new RevealCoolingSecretEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.era(c.era()).word1(c.secret().word1()).word2(c.secret().word2()).word3(c.secret().word3()).word4(c.secret().word4()).limit();
        }
        throw new IllegalArgumentException(command.toString());
    }
}
