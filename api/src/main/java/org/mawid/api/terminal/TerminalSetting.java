package org.mawid.api.terminal;

/** Every property of the terminals' adapter. Read once, at start. */
public enum TerminalSetting {
    /**
     * How long a customer has at a terminal before the payment is broken off. Milliseconds, 1 000 to 600 000, default 90 000.
     * Source: terminals themselves give up after 30 to 60 s without a card; the rest is for the PIN and the bank.
     */
    CUSTOMER_MS("mawid.terminal.customer.ms", 90_000, 1_000, 600_000, "How long a customer has at a terminal, in ms."),

    /** How long a payment that was broken off may still be answered before it is in doubt. Milliseconds, 100 to 60 000, default 10 000. Source: our estimate. */
    ABORT_MS("mawid.terminal.abort.ms", 10_000, 100, 60_000, "How long a payment that was broken off may still be answered, in ms."),

    /**
     * How long a terminal may take to answer what it knows by itself: login, status, diagnosis. Milliseconds, 100 to 60 000, default 10 000.
     * Source: our estimate.
     */
    ANSWER_MS("mawid.terminal.answer.ms", 10_000, 100, 60_000, "How long a terminal may take for login, status and diagnosis, in ms."),

    /**
     * How long it may take for what its bank must answer: reversal, reconciliation. Milliseconds, 1 000 to 300 000, default 60 000.
     * Source: our estimate, the time-out of an acquirer's host and once more.
     */
    HOST_MS("mawid.terminal.host.ms", 60_000, 1_000, 300_000, "How long a terminal may take for reversal and reconciliation, in ms."),

    /**
     * How long a payment may wait for its terminal to be there and free before it is told as never happened. Milliseconds, 100 to 300 000,
     * default 20 000. Source: our estimate of an officer's patience.
     */
    WAIT_MS("mawid.terminal.wait.ms", 20_000, 100, 300_000, "How long a payment may wait for its terminal, in ms."),

    /**
     * How long a request may be under way after its connection has ended; what a terminal does not know of by then never happened.
     * Milliseconds, 100 to 60 000, default 5 000. Source: our estimate, what a terminal has received and not yet begun.
     */
    SETTLE_MS("mawid.terminal.settle.ms", 5_000, 100, 60_000, "How long a request may be under way after its connection has ended, in ms."),

    /** How often a terminal is asked for the status of one transaction before it is reversed. 1 to 100, default 5. Source: our estimate. */
    STATUS_ATTEMPTS("mawid.terminal.status.attempts", 5, 1, 100, "How often a status is asked for before the payment is reversed."),

    /** Pause before a status is asked for again; doubled each time, up to sixteen of it. Milliseconds, 10 to 60 000, default 1 000. Source: our estimate. */
    STATUS_PAUSE_MS("mawid.terminal.status.pause.ms", 1_000, 10, 60_000, "Pause before a status is asked for again, in ms."),

    /**
     * How long a payment may be in doubt, in one life of the adapter, before a person is asked. Milliseconds, 1 000 to 86 400 000, default 900 000.
     * Source: a quarter of an hour, which a customer waits at a counter.
     */
    DOUBT_MS("mawid.terminal.doubt.ms", 900_000, 1_000, 86_400_000, "How long a payment may be in doubt before a person is asked, in ms."),

    /** How often an idle terminal is asked whether it is there. Milliseconds, 1 000 to 3 600 000, default 30 000. Source: below what a NAT forgets. */
    HEARTBEAT_MS("mawid.terminal.heartbeat.ms", 30_000, 1_000, 3_600_000, "How often an idle terminal is asked whether it is there, in ms."),

    /** How long a connection may take to be made. Milliseconds, 100 to 60 000, default 5 000. Source: our estimate. */
    CONNECT_MS("mawid.terminal.connect.ms", 5_000, 100, 60_000, "How long a connection may take to be made, in ms."),

    /**
     * Pause before a connection is tried again; doubled each time, up to sixty-four of it, and each between half and all of that.
     * Milliseconds, 10 to 60 000, default 500. Source: our estimate.
     */
    RECONNECT_MS("mawid.terminal.reconnect.ms", 500, 10, 60_000, "Pause before a connection is tried again, in ms.");

    private final String key;
    private final long defaultValue;
    private final long min;
    private final long max;
    private final String purpose;

    TerminalSetting(final String key, final long defaultValue, final long min, final long max, final String purpose) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.min = min;
        this.max = max;
        this.purpose = purpose;
    }

    public String key() {
        return key;
    }

    public String defaultText() {
        return Long.toString(defaultValue);
    }

    /** What may be given, in words. */
    public String range() {
        return min + " to " + max;
    }

    public String purpose() {
        return purpose;
    }

    /** @throws IllegalArgumentException in one line, when it is not in range */
    long parse(final String text) {
        try {
            final long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (final NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private IllegalArgumentException wrong(final String text) {
        return new IllegalArgumentException(key + " = " + text + " is not " + range());
    }
}
