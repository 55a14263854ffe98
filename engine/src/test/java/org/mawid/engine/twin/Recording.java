package org.mawid.engine.twin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.testkit.Answered;

/** A log made by the generator, with what the twin answered, for tests that need a log rather than a conversation. */
record Recording(long seed, List<Entry> entries, List<Answered> answers) {
    static Recording of(final long seed, final int commands) {
        final NaiveEngine twin = new NaiveEngine();
        final CommandGenerator generator = new CommandGenerator(seed, twin);
        final Answered.Teller teller = new Answered.Teller(twin::apply);
        final List<Entry> entries = new ArrayList<>();
        final List<Answered> answers = new ArrayList<>();
        for (int position = 1; position <= commands; position++) {
            final Entry entry = generator.next();
            entries.add(entry);
            answers.add(teller.tell(position, entry.nowMs(), entry.flags(), entry.command()));
        }
        return new Recording(seed, entries, answers);
    }

    /** What the teller's engine answers to position {@code position}, 1 to the number of entries. */
    Answered tell(final Answered.Teller teller, final int position) {
        final Entry entry = entries.get(position - 1);
        return teller.tell(position, entry.nowMs(), entry.flags(), entry.command());
    }

    int size() {
        return entries.size();
    }

    String where(final int position) {
        return "seed " + seed + ", position " + position + ": " + entries.get(position - 1).words();
    }

    /** Count, then time, flags, length and bytes of each. */
    void write(final DataOutputStream to) throws IOException {
        to.writeInt(entries.size());
        for (final Entry entry : entries) {
            to.writeLong(entry.nowMs());
            to.writeInt(entry.flags());
            to.writeInt(entry.command().length);
            to.write(entry.command());
        }
    }

    /** Log as written, without words and answers. */
    static List<Entry> read(final DataInputStream from) throws IOException {
        final List<Entry> entries = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--) {
            final long nowMs = from.readLong();
            final int flags = from.readInt();
            final byte[] command = new byte[from.readInt()];
            from.readFully(command);
            entries.add(new Entry(nowMs, flags, command, "", null));
        }
        return entries;
    }
}
