package org.mawid.api.capability;

/**
 * Why a call is not let see or take a start, told under {@link Capabilities#NAME} beside FORBIDDEN; in replies of streams and batches its number is the detail. Words and numbers are
 * never reused; 0 is FORBIDDEN for another reason. The first that applies is told, in this order.
 */
public enum CapabilityTrouble {
    MISSING(1, "It takes a capability. Read your application, which gives one, and send it along."),
    MALFORMED(2, "It is no capability. Send it as it was given; or read your application again, which gives another."),
    FORGED(3, "The capability is not one of ours, was given to somebody else, or its key is no longer in use. Read your application again, which gives another."),
    EXPIRED(4, "The time of the capability is over. Read your application again, which gives another, and repeat the same request with it."),
    OTHER_APPLICATION(5, "The capability is of another application. Read this one, which gives its own."),
    OTHER_POST(6, "The capability is for other posts. Accept this one for your application, then read it again; or look at its own."),
    OTHER_SERVICE(7, "The capability is for other services. Ask for those of your application that are validated; read it again when that has changed.");

    private final int number;
    private final String text;

    CapabilityTrouble(final int number, final String text) {
        this.number = number;
        this.text = text;
    }

    public int number() {
        return number;
    }

    /** What is wrong and what to do next, in English. */
    public String text() {
        return text;
    }
}
