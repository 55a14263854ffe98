package org.mawid.api.notification.notice;

/**
 * Something that somebody is to be told of.
 *
 * @param position   of the log, which brought it about; of a reminder, that of which its visits were read
 * @param ordinal    of the event; of a reminder 0
 * @param postId     the post concerned
 * @param subject    number of the appointment; of an offer that of the hold; else 0
 * @param startMs    of the visit, ms since 1970-01-01 UTC; 0 = there is none, or it is not known yet
 * @param deadlineMs until when an offer can be taken, likewise; else 0
 */
public record Happening(Kind kind, long position, int ordinal, int postId, long applicationId, long subject, long startMs, long deadlineMs) {
    /** With the times of its visit. */
    public Happening at(final long newStartMs, final long newDeadlineMs) {
        return new Happening(kind, position, ordinal, postId, applicationId, subject, newStartMs, newDeadlineMs);
    }
}
