package org.mawid.engine.testkit;

import org.agrona.MutableDirectBuffer;
import org.mawid.sbe.AcceptPostsEncoder;
import org.mawid.sbe.ChooseAnotherEncoder;
import org.mawid.sbe.CloseDaysEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.ReopenDaysEncoder;
import org.mawid.sbe.SetOfferRulesEncoder;

/** The bytes of a {@link Command.Displacement}. */
final class DisplacementCommandWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** @return where the message ends */
    int write(final Command.Displacement command, final MutableDirectBuffer to, final int offset) {
        if (command instanceof Command.CloseDays c) {
            final CloseDaysEncoder message = new CloseDaysEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.fromMs(c.fromMs()).toMs(c.toMs()).reasonHash(c.reasonHash()).postId(c.postId()).poolId(c.poolId()).reasonCode(c.reasonCode())
                    .capacity((short) c.capacity()).limit();
        }
        if (command instanceof Command.ReopenDays c) {
            final ReopenDaysEncoder message = new ReopenDaysEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            return message.closureId(c.closureId()).limit();
        }
        if (command instanceof Command.AcceptPosts c) {
            final AcceptPostsEncoder message = new AcceptPostsEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            message.applicationId(c.applicationId());
            final AcceptPostsEncoder.PostsEncoder group = message.postsCount(c.posts().size());
            c.posts().forEach(post -> group.next().postId(post));
            return message.limit();
        }
        if (command instanceof Command.ChooseAnother c) {
            final ChooseAnotherEncoder message = new ChooseAnotherEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            message.holdId(c.holdId());
            final ChooseAnotherEncoder.LegsEncoder group = message.legsCount(c.legs().size());
            c.legs().forEach(leg -> group.next().deskId(leg.deskId()).lines(leg.lines()).epochDay(leg.epochDay()).startUnit((short) leg.startUnit())
                    .units((short) leg.units()));
            return message.limit();
        }
        if (command instanceof Command.SetOfferRules c) {
            final SetOfferRulesEncoder message = new SetOfferRulesEncoder().wrapAndApplyHeader(to, offset, header);
            CommandWriter.request(c.request(), message.request());
            final Command.OfferRules r = c.rules();
            return message.offerTtlMs(r.offerTtlMs()).noticeMs(r.noticeMs()).searchDays(r.searchDays()).offersEach((short) r.offersEach()).limit();
        }
        throw new IllegalArgumentException(command.toString());
    }
}
