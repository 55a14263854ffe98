package org.mawid.bench.release.loop;

/** Something that is due so many times in each second, evenly. Only the thread that decides. */
public final class PerSecond implements Loop.Task {
    private final Loop loop;
    private final long fromNs;
    private final int[] counts;
    private final Loop.Task each;
    private int second;
    private int index = -1;

    /** @param fromNs where the first second begins, {@link System#nanoTime()} */
    public PerSecond(final Loop loop, final long fromNs, final int[] counts, final Loop.Task each) {
        this.loop = loop;
        this.fromNs = fromNs;
        this.counts = counts;
        this.each = each;
    }

    /** What should have been before {@code nowNs} is left out. */
    public void begin(final long nowNs) {
        do {
            index++;
            skipEmpty();
        } while (second < counts.length && dueNs() - nowNs < 0);
        schedule();
    }

    @Override
    public void run(final long dueNs) {
        each.run(dueNs);
        next();
    }

    private void next() {
        index++;
        skipEmpty();
        schedule();
    }

    private void skipEmpty() {
        while (second < counts.length && index >= counts[second]) {
            second++;
            index = 0;
        }
    }

    private long dueNs() {
        return fromNs + second * Loop.SECOND_NS + index * Loop.SECOND_NS / counts[second];
    }

    private void schedule() {
        if (second < counts.length && !loop.isClosed()) {
            loop.at(dueNs(), this);
        }
    }
}
