package org.mawid.api.notification.send;

/** What became of an attempt. */
public enum Outcome {
    /** Somebody else carries it on from here. */
    ACCEPTED,
    /** This address will never be taken. */
    REFUSED,
    /** Not now: nobody there, or something is wrong that is not this letter's. It may have been accepted all the same. */
    LATER
}
