package org.mawid.api.gateway;

/**
 * Why something is UNAVAILABLE: the same word in gRPC's ErrorInfo, in HTTP problems and at {@code /health/ready}, the same number as the
 * detail of a reply in streams and batches, and in how many ms it is worth coming back. Words and numbers are never reused.
 */
public enum Cause {
    /** Empty again within milliseconds: one flush of the journal frees hundreds of places. */
    RING_FULL(1, 100, "Not admitted: as many commands are on their way as there are places. Try again after the given delay; nothing was done."),
    /** What has piled up must first be written to the records, at some hundred thousand positions a second. */
    RECORDS_BEHIND(2, 1_000, "Not admitted: the records cannot follow the commands. Reads go on. Try again after the given delay; nothing was done."),
    STARTING(3, 1_000, "The server is starting; nothing was done."),
    /** Another server may have taken its place by then. */
    STOPPING(4, 2_000, "The server is stopping; nothing was done."),
    /** They are long: one ends when its client goes. */
    TOO_MANY_STREAMS(5, 5_000, "As many streams of this kind are open as there may be. Try again after the given delay."),
    /** A question, not a command: what was asked about is as unknown as before. */
    NO_ANSWER(6, 1_000, "The core did not answer the question in time. Try again after the given delay."),
    /** As long as the client, or others, take as long to read what they have asked for. */
    ANSWERS_UNREAD(7, 1_000, "Not begun: as many bytes of answers wait to be read as may, on this connection or in all. Read, and try again after the given delay; nothing was done."),
    /** Not for what it asked: the next one begins where this one stood. */
    WATCH_ENDED(8, 1_000, "The watch met an accident of ours. Watch again, from its last cursor, after the given delay."),
    /** One takes some 50 ms. */
    TOO_MANY_DOCUMENTS(9, 1_000, "As many documents of stamps are being drawn, or wait to be, as may. Try again after the given delay."),
    /** It is asked again by ourselves meanwhile, and a payment waits for days. */
    TREASURY_DOWN(10, 5_000, "The treasury cannot be asked now, or does not answer as it should. The payment waits; try again after the given delay."),
    /** As long as nobody changes the settings. */
    NO_TREASURY(11, 60_000, "This server has no treasury to pay at: whoever runs it gives mawid.treasury.url and what goes with it ('mawid settings')."),
    /** It is connected to again by ourselves meanwhile. */
    TERMINAL_DOWN(12, 5_000, "The terminal cannot be reached now, or does not answer in time. Try again after the given delay; where its totals are wanted, the day can be closed by hand with those that it prints."),
    /** Until somebody has looked at it. */
    TERMINAL_REFUSES(13, 60_000, "The terminal refuses: look at it, its display says why. Try again then, or close the day by hand with the totals that it prints."),
    /** As long as nobody changes the list. */
    NO_TERMINAL(14, 60_000, "This server does not speak to the terminal: whoever runs it adds a line for it to the list that mawid.terminals.file names. Until then the day is closed by hand."),
    /** Whatever was told of it is told again under the same ids: once. */
    NOT_TAKEN(15, 5_000, "The file was not taken: the ledger could not be read, or not be told all that follows from it, or as many files wait as may. Offer the same file again after the given delay;"
            + " what was told is not done twice."),
    /** What is as wanted is not changed again. */
    SCHEDULE_NOT_TAKEN(16, 2_000, "The schedule was not taken: as many wait as may, or the engine did not answer. Nothing of it is in force, or, when only the last answer is missing, all of it."
            + " Send the same again after the given delay."),
    /** As long as nobody changes the settings. */
    NO_PERSONAL_DATA(17, 60_000, "This server keeps no texts and documents: whoever runs it gives mawid.person.master.key ('mawid master-key'). Where a hash is taken, what is sealed is kept elsewhere."),
    /** A disk or another server has to come back, or others have to be done. */
    PERSONAL_DATA_DOWN(18, 5_000, "What is kept of persons cannot be read or made durable now, or as much of it as may is under way. Nothing was sent; try the same again after the given delay."),
    /** Tokens that were seen before are good as long as they last. */
    TOKENS_UNCHECKED(19, 1_000, "The bearer token could not be checked: the keys of its issuer cannot be had now, or as many tokens wait to be checked as may."
            + " Try again after the given delay; nothing was done."),
    /** The log takes commands when it takes that. */
    UNWRITTEN(20, 1_000, "Who does this, and why, is to be in the log before it is done or answered, and could not be written now. Try again after the given delay; nothing was done."),
    /** Each refusal says by itself when: this is what a client does with that does not read it. */
    LIMIT_SPENT(21, 1_000, "Asked too often, or for too much at once: the limit that is named is spent. Try again after the given delay; nothing was done.");

    private static final Cause[] BY_NUMBER = new Cause[values().length + 1];

    static {
        for (final Cause cause : values()) {
            BY_NUMBER[cause.number] = cause;
        }
    }

    private final int number;
    private final long retryMs;
    private final String text;

    Cause(final int number, final long retryMs, final String text) {
        this.number = number;
        this.retryMs = retryMs;
        this.text = text;
    }

    /** Of the detail of a refusal that is UNAVAILABLE. */
    public static Cause of(final long number) {
        return BY_NUMBER[Math.toIntExact(number)];
    }

    /** What the detail of a reply says. */
    public int number() {
        return number;
    }

    /** After how many ms the same request is worth repeating. */
    public long retryMs() {
        return retryMs;
    }

    /** One or two English sentences, see {@link ResultTable.Row#text()}. */
    public String text() {
        return text;
    }
}
