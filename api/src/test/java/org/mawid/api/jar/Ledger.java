package org.mawid.api.jar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mawid.grpc.Command;
import org.mawid.grpc.Command.CommandCase;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Request;
import org.mawid.grpc.Result;

/** What clients asked and were told, kept where the server's death cannot reach it. Any thread. */
final class Ledger {
    /** One request, and its first answer; null while there is none. */
    static final class Entry {
        final Command command;
        private volatile CommandReply reply;

        private Entry(final Command command) {
            this.command = command;
        }

        /** Null when nothing was acknowledged. */
        CommandReply reply() {
            return reply;
        }

        void answered(final CommandReply first) {
            reply = first;
        }

        boolean isDone() {
            return reply != null && Ledger.isDone(reply);
        }

        @Override
        public String toString() {
            return command + "answered " + reply;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final long idHigh;
    private long lastId;

    /** @param idHigh upper half of all request ids */
    Ledger(final long idHigh) {
        this.idHigh = idHigh;
    }

    /** A walk-in beyond the day is done as well: it has its ticket. */
    static boolean isDone(final CommandReply reply) {
        return reply.getResult() == Result.OK || reply.getResult() == Result.OVERFLOW;
    }

    synchronized Request newRequest() {
        return Request.newBuilder().setIdHigh(idHigh).setIdLow(++lastId).setCreatedMs(System.currentTimeMillis()).build();
    }

    synchronized Entry asked(final Command command) {
        final Entry entry = new Entry(command);
        entries.add(entry);
        return entry;
    }

    synchronized int size() {
        return entries.size();
    }

    /** Those from number {@code from} on that are so, in the order in which they were asked. */
    synchronized List<Entry> since(final int from, final Predicate<Entry> wanted) {
        return entries.subList(from, entries.size()).stream().filter(wanted).toList();
    }

    /** How many of a kind were done. */
    long done(final CommandCase kind) {
        return since(0, entry -> entry.isDone() && entry.command.getCommandCase() == kind).size();
    }

    /** How many of a kind were never answered: each was done once or not at all. */
    long open(final CommandCase kind) {
        return since(0, entry -> entry.reply() == null && entry.command.getCommandCase() == kind).size();
    }
}
