package org.mawid.api.notification.notice;

import java.util.Arrays;

/**
 * Something that a person is told one way: all that is kept of it, and nothing personal.
 *
 * @param person key
 */
public record Notice(Happening what, Channel channel, long person) {
    /** How many numbers it is kept as. */
    public static final int LONGS = 10;

    /** As it is kept. */
    public long[] longs() {
        return new long[] {what.position(), what.ordinal(), what.kind().number(), what.postId(), what.applicationId(), what.subject(), what.startMs(), what.deadlineMs(), channel.number(), person};
    }

    /** @param kept begins as {@link #longs} */
    public static Notice of(final long[] kept) {
        return new Notice(new Happening(Kind.of(kept[2]), kept[0], (int) kept[1], (int) kept[3], kept[4], kept[5], kept[6], kept[7]), Channel.of(kept[8]), kept[9]);
    }

    /** The same for the same notice, at every attempt and in every life, and another one for any other. */
    public String name() {
        return Arrays.toString(longs());
    }

    /** For the operator's log. */
    @Override
    public String toString() {
        return what.kind() + " of position " + what.position() + " by " + channel;
    }
}
