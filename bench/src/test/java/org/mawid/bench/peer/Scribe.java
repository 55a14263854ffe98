package org.mawid.bench.peer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.mawid.bench.peer.work.Books;
import org.mawid.bench.peer.work.Calendar;
import org.mawid.bench.peer.work.PeerName;
import org.mawid.bench.peer.work.Questions;
import org.mawid.bench.peer.work.Steps;
import org.mawid.bench.peer.work.Taken;
import org.mawid.bench.wire.loop.Tally;

/** A peer without a server: does whatever it is asked, at once and on the caller's thread, and writes down what each client asked for. */
final class Scribe extends EmptyPeer {
    private static final int CALLS = 300;

    final List<List<String>> asked = new ArrayList<>();
    final List<Long> ids = new ArrayList<>();
    private final int firstDay;
    private final int[][] taken;
    private long made;

    /** @param firstDay what days are counted from in what is written down */
    Scribe(final PeerName name, final Calendar calendar, final int firstDay) {
        super(name, calendar);
        this.firstDay = firstDay;
        this.taken = new int[calendar.days()][calendar.slots()];
    }

    @Override
    public void start(final List<Books> books, final Books.Asking asking, final int batch, final Tally tally) {
        final Steps steps = new Steps(batch);
        for (int call = 0; call < CALLS; call++) {
            for (int client = 0; client < books.size(); client++) {
                while (asked.size() <= client) {
                    asked.add(new ArrayList<>());
                }
                if (asking.next(books.get(client), steps, batch) > 0) {
                    answer(steps, asked.get(client));
                    books.get(client).take(steps, tally);
                }
            }
        }
    }

    private void answer(final Steps steps, final List<String> by) {
        if (!ids.contains(steps.idHigh())) {
            ids.add(steps.idHigh());
        }
        for (int i = 0; i < steps.count(); i++) {
            by.add(steps.kind[i] + " units " + steps.units[i] + " day " + (steps.day[i] - firstDay) + " slot " + steps.start[i]);
            steps.answer[i] = ++made;
            final int more = steps.kind[i] == Steps.HOLD ? 1 : steps.kind[i] == Steps.CONFIRM ? 0 : -1;
            for (int slot = steps.start[i]; slot < steps.start[i] + steps.units[i]; slot++) {
                taken[steps.day[i]][slot] += more;
            }
        }
    }

    @Override
    public void search(final Questions questions, final Tally tally) {
        while (asked.size() < 2) {
            final Questions.Question question = questions.another();
            final List<String> by = new ArrayList<>();
            for (int call = 0; call < CALLS; call++) {
                question.next();
                by.add(question.units() + " at " + question.post());
            }
            asked.add(by);
        }
    }

    @Override
    public Taken taken(final BitSet days) {
        final Taken all = new Taken(calendar());
        for (int day = 0; day < taken.length; day++) {
            for (int slot = 0; slot < calendar().slots(); slot++) {
                all.set(day, slot, taken[day][slot]);
            }
        }
        return all;
    }
}
