package org.mawid.engine.readmodel;

/** Records that are not kept: every question is answered READ_MODEL_BEHIND. */
final class NoRecords implements Records {
    @Override
    public Application application(final long applicationId) {
        throw none();
    }

    @Override
    public Appointment appointment(final long appointmentId) {
        throw none();
    }

    @Override
    public Hold hold(final long holdId) {
        throw none();
    }

    @Override
    public Stamp stamp(final long stampId) {
        throw none();
    }

    @Override
    public Payment payment(final long paymentId) {
        throw none();
    }

    private static ReadModelBehindException none() {
        return new ReadModelBehindException("records are not kept by this server");
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public boolean awaitPosition(final long position, final long timeoutMs) {
        return false;
    }

    @Override
    public long lag() {
        return 0;
    }
}
