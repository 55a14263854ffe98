package org.mawid.api.command;

import java.util.List;
import org.mawid.api.gateway.Answer;
import org.mawid.api.gateway.CommandTemplate;
import org.mawid.api.gateway.References;
import org.mawid.api.gateway.ResultTable;
import org.mawid.grpc.CommandReply;

/** From an answer to the message of streams and batches. */
final class CommandReplies {
    private CommandReplies() {
    }

    static CommandReply reply(final Answer answer, final long tag, final References references) {
        final CommandReply.Builder reply = CommandReply.newBuilder()
                .setTag(tag)
                .setResultValue(answer.result().value())
                .setPosition(answer.position())
                .setNowMs(answer.nowMs())
                .setRepeatedAnswer(answer.repeated());
        if (!answer.isDone()) {
            return reply.setReference(answer.reference(references)).setDetail(answer.number1()).setRetryMs(ResultTable.retryMs(answer.result(), answer.number1(), answer.number2())).build();
        }
        if (answer.template() == null) {
            return reply.build(); // an operator's or the host's own: nothing that could be shown
        }
        if (answer.template() != CommandTemplate.ISSUE_STAMPS) {
            reply.setReference(answer.reference(references)).setDetail(answer.detail()).setTicketId(answer.ticketId());
        }
        final List<String> stamps = answer.stamps(references);
        if (!stamps.isEmpty()) {
            reply.addAllStamps(stamps);
        }
        return reply.build();
    }
}
