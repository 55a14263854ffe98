package org.mawid.bench.peer.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.wire.loop.Tally;

/** A thread and a connection for each client, as clients that block are used. */
public final class BlockingDrive implements Drive {
    /** The same request ids: what was done the first time is only answered. */
    private static final int ATTEMPTS = 3;
    private static final long LONGEST_MS = 120_000;

    private final String name;
    private final List<Line> lines;
    private final List<Thread> running = new ArrayList<>();

    public BlockingDrive(final String name, final List<? extends Line> lines) {
        this.name = name;
        this.lines = List.copyOf(lines);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Override
    public void start(final List<Books> books, final Books.Asking asking, final int batch, final Tally tally) {
        for (int i = 0; i < books.size(); i++) {
            final Line line = lines.get(i);
            final Books own = books.get(i);
            begin(i, tally, () -> askAndAnswer(line, own, asking, batch, tally));
        }
    }

    private static void askAndAnswer(final Line line, final Books books, final Books.Asking asking, final int batch, final Tally tally) throws Exception {
        final Steps steps = new Steps(batch);
        while (!tally.isStopping() && asking.next(books, steps, batch) > 0) {
            final long fromNs = System.nanoTime();
            askUntilAnswered(line, steps, tally);
            final long tookNs = System.nanoTime() - fromNs;
            final int done = books.take(steps, tally);
            if (done > 0) {
                tally.done(done, tookNs);
            }
        }
    }

    private static void askUntilAnswered(final Line line, final Steps steps, final Tally tally) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                line.ask(steps);
                return;
            } catch (final Exception e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                tally.lost(steps.count());
            }
        }
    }

    @Override
    public void search(final Questions questions, final Tally tally) {
        for (int i = 0; i < lines.size(); i++) {
            final Line line = lines.get(i);
            final Questions.Question question = questions.another(); // in the order of the clients, not in that of their threads
            begin(i, tally, () -> {
                while (!tally.isStopping()) {
                    question.next();
                    final long fromNs = System.nanoTime();
                    final long dates = line.datesWith(question.post(), question.units());
                    tally.done(1, System.nanoTime() - fromNs);
                    question.answered(dates);
                }
            });
        }
    }

    private void begin(final int client, final Tally tally, final Work work) {
        final Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (final Exception e) {
                tally.fail(e);
            }
        }, name + "-client-" + client);
        thread.setDaemon(true);
        running.add(thread);
        thread.start();
    }

    @Override
    public void await() throws InterruptedException {
        final long dueNs = System.nanoTime() + LONGEST_MS * 1_000_000L;
        for (final Thread thread : running) {
            thread.join(Math.max(1, (dueNs - System.nanoTime()) / 1_000_000L));
            if (thread.isAlive()) {
                throw new IllegalStateException(thread.getName() + " got no answer within " + LONGEST_MS / 1_000 + " s");
            }
        }
        running.clear();
    }

    @Override
    public void ask(final Steps steps) throws Exception {
        lines.get(0).ask(steps);
    }

    @Override
    public void close() throws IOException {
        for (final Line line : lines) {
            line.close();
        }
    }
}
