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
     * @return one reply each, in order
     * @throws MawidException when there was no answer at all
     */
    public List<CommandReply> send() {
        final long dueNanos = System.nanoTime() + client.timeoutMs() * 1_000_000L;
        final List<CommandReply> replies = new ArrayList<>(client.send(message(commands)).getRepliesList());
        final Backoff backoff = new Backoff();
        List<Integer> open = open(replies);
        while (!open.isEmpty()) {
            final long delayMs = backoff.nextMs();
            if (System.nanoTime() + delayMs * 1_000_000L - dueNanos >= 0) {
                break;
            }
            MawidClient.sleep(delayMs, null);
            final List<Command> again = new ArrayList<>(open.size());
            open.forEach(i -> again.add(commands.get(i)));
            final List<CommandReply> answers = client.send(message(again)).getRepliesList();
            for (int k = 0; k < open.size(); k++) {
                replies.set(open.get(k), answers.get(k));
            }
            open = open(replies);
        }
        commands.clear();
        return replies;
    }

    private static CommandBatch message(final List<Command> commands) {
        return CommandBatch.newBuilder().addAllCommands(commands).build();
    }

    private static List<Integer> open(final List<CommandReply> replies) {
        final List<Integer> open = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i).getResult() == Result.UNAVAILABLE || replies.get(i).getResult() == Result.PENDING) {
                open.add(i);
            }
        }
        return open;
    }
}
