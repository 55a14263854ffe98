package org.mawid.client;

import java.util.ArrayList;
import java.util.List;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;

/** Commands that travel together; each is done or refused by itself. One thread. */
public final class Batch {
    /** Most commands of one batch. */
    public static final int MAX_COMMANDS = 8_190;

    private final MawidClient client;
    private final List<Command> commands = new ArrayList<>();

    Batch(final MawidClient client) {
        this.client = client;
    }

    /** A command without a request id gets one. @throws IllegalStateException when there are {@link #MAX_COMMANDS} already */
    public Batch add(final Command command) {
        if (commands.size() == MAX_COMMANDS) {
            throw new IllegalStateException("a batch takes " + MAX_COMMANDS + " commands");
        }
        commands.add(Requested.withRequest(command, client));
        return this;
    }

    public int size() {
        return commands.size();
    }

    /**
     * Sends all, and again those that were not admitted or not answered in time, while the client's time-out lasts and it has not repeated
     * in vain too often. Afterwards the batch is empty.
     *
     * @return one reply each, in order; PENDING where it is not known what became of it: {@link MawidClient#outcome} tells, of a command whose
     *         request is known, as from {@link #requests} before
     * @throws MawidException when there was no answer at all, or while interrupted: the batch is as it was and may be sent again, each command
     *         with its request
     */
    public List<CommandReply> send() {
        final long dueNanos = client.dueNanos();
        final Attempts attempts = new Attempts(client, dueNanos);
        final List<CommandReply> replies;
        try {
            replies = new ArrayList<>(client.send(message(commands), attempts).getRepliesList());
            new Again(dueNanos, replies).repeat(attempts.mayBeDone());
        } catch (final MawidException noAnswer) {
            throw noAnswer.of(requests());
        }
        commands.clear();
        return replies;
    }

    /** Of the commands that were added, in order, also where the client gave the id. A copy. */
    public List<Request> requests() {
        return commands.stream().map(Requested::of).toList();
    }

    private static CommandBatch message(final List<Command> commands) {
        return CommandBatch.newBuilder().addAllCommands(commands).build();
    }

    private final class Again extends Repeats {
        private final List<CommandReply> replies;

        Again(final long dueNanos, final List<CommandReply> replies) {
            super(client, dueNanos);
            this.replies = replies;
        }

        @Override
        int size() {
            return replies.size();
        }

        @Override
        Result result(final int index) {
            return replies.get(index).getResult();
        }

        @Override
        long retryMs(final int index) {
            return replies.get(index).getRetryMs();
        }

        @Override
        void sendAgain(final int[] indexes, final Attempts attempts) {
            final List<Command> again = new ArrayList<>(indexes.length);
            for (final int index : indexes) {
                again.add(commands.get(index));
            }
            final List<CommandReply> answers = client.send(message(again), attempts).getRepliesList();
            for (int k = 0; k < indexes.length; k++) {
                replies.set(indexes[k], answers.get(k));
            }
        }

        @Override
        void setPending(final int index) {
            replies.set(index, CommandReply.newBuilder().setTag(replies.get(index).getTag()).setResult(Result.PENDING).build());
        }
    }
}
