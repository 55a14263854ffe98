package org.mawid.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.mawid.grpc.Command;
import org.mawid.grpc.Request;

/** Gives a command a request id where it has none, and what else its request does not say. Every command's first field is its request. */
final class Requested {
    private static final int REQUEST_FIELD = 1;

    private Requested() {
    }

    static Command withRequest(final Command command, final MawidClient client) {
        final Request given = of(command);
        if ((given.getIdHigh() | given.getIdLow()) != 0) {
            return command;
        }
        final FieldDescriptor which = which(command);
        final Message body = (Message) command.getField(which);
        final Request request = client.newRequest().toBuilder().mergeFrom(given).build();
        return command.toBuilder().setField(which, body.toBuilder().setField(requestField(which), request).build()).build();
    }

    static Request of(final Command command) {
        final FieldDescriptor which = which(command);
        return (Request) ((Message) command.getField(which)).getField(requestField(which));
    }

    private static FieldDescriptor which(final Command command) {
        final FieldDescriptor which = command.getOneofFieldDescriptor(Command.getDescriptor().getOneofs().get(0));
        if (which == null) {
            throw new IllegalArgumentException("the command is empty");
        }
        return which;
    }

    private static FieldDescriptor requestField(final FieldDescriptor which) {
        return which.getMessageType().findFieldByNumber(REQUEST_FIELD);
    }
}
