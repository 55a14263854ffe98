package org.mawid.api.report;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;

/**
 * What never changes of applications, stamps and payments, and events do not repeat. From the records, which are waited for; what has been retired is not
 * there any more. One thread.
 */
final class Facts {
    private static final long LOOK_MS = 100;

    private final Records records;
    private final BooleanSupplier stopped;
    private long position;
    private int unknown;

    /** The server stops: what waits is not counted now. */
    static final class Stopping extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopping() {
            super("stopping", null, false, false);
        }
    }

    Facts(final Records records, final BooleanSupplier stopped) {
        this.records = records;
        this.stopped = stopped;
    }

    /** From now on what is asked is known by the records from this position on. */
    void asOf(final long newPosition) {
        position = newPosition;
        unknown = 0;
    }

    /** Questions since then that nothing was found for. */
    int unknown() {
        return unknown;
    }

    Records.Application application(final long applicationId) {
        return found(() -> records.application(applicationId));
    }

    Records.Appointment appointment(final long appointmentId) {
        return found(() -> records.appointment(appointmentId));
    }

    Records.Stamp stamp(final long stampId) {
        return found(() -> records.stamp(stampId));
    }

    Records.Payment payment(final long paymentId) {
        return found(() -> records.payment(paymentId));
    }

    /** 0 = it is not known. */
    int service(final long applicationId, final int line) {
        final Records.Application application = application(applicationId);
        return application == null ? 0 : application.lines().get(line).serviceId();
    }

    /** Null = there is none. @throws Stopping */
    private <T> T found(final Supplier<T> question) {
        while (!stopped.getAsBoolean()) {
            if (records.awaitPosition(position, LOOK_MS)) {
                try {
                    final T found = question.get();
                    unknown += found == null ? 1 : 0;
                    return found;
                } catch (final ReadModelBehindException e) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS)); // they are being made anew
                }
            }
        }
        throw new Stopping();
    }
}
