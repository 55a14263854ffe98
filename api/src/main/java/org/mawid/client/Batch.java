package org.mawid.client;

import java.util.ArrayList;
import java.util.List;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandBatch;
import org.mawid.grpc.CommandReply;
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
     * Sends all, and again those that were not admitted or not answered in time, while the client's time-out lasts. Afterwards
     * the batch is empty.
     *
     * @return one reply each, in order; PENDING where it is not known what became of it
     * @throws MawidException when there was no answer at all
     */
    public List<CommandReply> send() {
        final long dueNanos = client.dueNanos();
        final Repeat repeat = new Repeat();
        final List<CommandReply> replies = new ArrayList<>(client.send(message(commands), dueNanos).getRepliesList());
        while (true) {
            final long leftMs = client.leftMs(dueNanos);
            final List<Integer> open = open(replies, leftMs);
            final long delayMs = open.isEmpty() ? Repeat.NEVER : repeat.afterMs(told(replies, open), leftMs);
            if (delayMs == Repeat.NEVER) {
                break;
            }
            client.pause(delayMs, null);
            again(open, replies, dueNanos);
        }
        commands.clear();
        return replies;
    }

    /** Some once more, with their request ids. When that has no answer they may have been done, whatever was said of them before. */
    private void again(final List<Integer> open, final List<CommandReply> replies, final long dueNanos) {
        final List<Command> again = new ArrayList<>(open.size());
        open.forEach(i -> again.add(commands.get(i)));
        try {
            final List<CommandReply> answers = client.send(message(again), dueNanos).getRepliesList();
            for (int k = 0; k < open.size(); k++) {
                replies.set(open.get(k), answers.get(k));
            }
        } catch (final MawidException none) {
            open.forEach(i -> replies.set(i, CommandReply.newBuilder().setTag(replies.get(i).getTag()).setResult(Result.PENDING).build()));
        }
    }

    private static CommandBatch message(final List<Command> commands) {
        return CommandBatch.newBuilder().addAllCommands(commands).build();
    }

    /** Those that may pass when they are sent again in the time that is left. */
    private static List<Integer> open(final List<CommandReply> replies, final long leftMs) {
        final List<Integer> open = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            final CommandReply reply = replies.get(i);
            if (Refusal.mayPass(reply.getResult(), reply.getRetryMs()) && reply.getRetryMs() < leftMs) {
                open.add(i);
            }
        }
        return open;
    }

    /** The longest delay that any of them carries, 0 = none carries one. */
    private static long told(final List<CommandReply> replies, final List<Integer> open) {
        return open.stream().mapToLong(i -> replies.get(i).getRetryMs()).max().orElse(0);
    }
}
