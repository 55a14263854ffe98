package org.mawid.engine.core;

/**
 * How far the telling of applications has come, also in the middle of one that is too large to be told at once. Belongs to whoever asks; it is
 * moved by {@link EngineCore#dumpRetirable}, on the core's thread.
 */
public final class Bookmark {
    private long number;
    private boolean within;
    private long changedMs;
    private long appointment;
    private long stamp;
    private long payment;

    /** Application number at which the telling goes on, that of the one that was told in part; 0 = at the beginning: all was told, or nothing yet. */
    public long number() {
        return number;
    }

    /** What was told in part is forgotten. @param to application number, 0 = the beginning */
    public void moveTo(final long to) {
        number = to;
        within = false;
    }

    /** Before the first appointment, stamp and payment of an application. @param changedAtMs when it changed last */
    void open(final long application, final long changedAtMs, final long lastAppointment, final long lastStamp, final long lastPayment) {
        number = application;
        within = true;
        changedMs = changedAtMs;
        appointment = lastAppointment;
        stamp = lastStamp;
        payment = lastPayment;
    }

    /** Whether some of this application was told, and is still so. */
    boolean isWithin(final long application, final long changedAtMs) {
        return within && number == application && changedMs == changedAtMs;
    }

    /** Of an application that was told in part: its next appointment, 0 = they were all told. */
    long appointment() {
        return appointment;
    }

    void appointment(final long next) {
        appointment = next;
    }

    /** Its next stamp, 0 = they were all told. */
    long stamp() {
        return stamp;
    }

    void stamp(final long next) {
        stamp = next;
    }

    /** Its next payment, 0 = they were all told. */
    long payment() {
        return payment;
    }

    void payment(final long next) {
        payment = next;
    }
}
