package org.mawid.bench.load;

import org.agrona.MutableDirectBuffer;

/**
 * Stamps through their life, as one endless stream of commands: an application submitted and validated, its stamp issued, an online payment of it begun and
 * approved, the stamp consumed. Equal shares of each; one life's steps lie {@code distance} lives apart, as in {@link Lives}. Every command is
 * valid and every number is known beforehand, because the core counts and all succeed in order: the stream needs no answers.
 * <p>One thread. Allocates nothing after construction.
 */
public final class StampLives {
    /** Steps of a life. */
    public static final int SUBMIT = 0;
    public static final int VALIDATE = 1;
    public static final int ISSUE = 2;
    public static final int START = 3;
    public static final int APPROVE = 4;
    public static final int CONSUME = 5;
    /** How many there are. */
    public static final int STEPS = 6;

    private static final long DAY_MS = 86_400_000L;

    private final Commands commands;
    private final int posts;
    private final int distance;
    private final long seed;
    private final long[] written = new long[STEPS];
    private long life;
    private int step;

    /** @param posts of the {@link ModelNetwork}, which take turns @param distance how many lives later the next step of a life comes, 1 to 1 000 000 */
    public StampLives(final Commands commands, final int posts, final int distance, final long seed) {
        this.commands = commands;
        this.posts = posts;
        this.distance = distance;
        this.seed = seed;
    }

    /** Commands of a step so far in the stream: as many stamps have come to it at least. */
    public long written(final int ofStep) {
        return written[ofStep];
    }

    /** Writes the next command. @param nowMs when it is made; its day is today at the posts @return its bytes */
    public int next(final MutableDirectBuffer buffer, final int offset, final long nowMs) {
        while (true) {
            final int now = step;
            final long number = life - (long) now * distance;
            if (++step == STEPS) {
                step = 0;
                life++;
            }
            if (number >= 0) {
                written[now]++;
                return write(now, number + 1, 1 + (int) (number % posts), buffer, offset, nowMs);
            }
        }
    }

    /** @param number of the application, its stamp and its payment */
    private int write(final int now, final long number, final int postId, final MutableDirectBuffer buffer, final int offset, final long nowMs) {
        final int today = (int) (nowMs / DAY_MS);
        switch (now) {
            case SUBMIT:
                return commands.submit(buffer, offset, nowMs, Lives.personKey(number, seed), 1 + (int) (number % ModelNetwork.SERVICES));
            case VALIDATE:
                return commands.validate(buffer, offset, nowMs, number);
            case ISSUE:
                return commands.issueStamps(buffer, offset, nowMs, number, postId);
            case START:
                return commands.startPayment(buffer, offset, nowMs, number, number, postId, today);
            case APPROVE:
                return commands.recordApproval(buffer, offset, nowMs, number, ModelNetwork.PRICE_MINOR);
            default:
                return commands.consumeStamp(buffer, offset, nowMs, number, number, postId, today);
        }
    }
}
