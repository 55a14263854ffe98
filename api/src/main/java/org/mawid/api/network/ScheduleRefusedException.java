package org.mawid.api.network;

/** Days that cannot be resolved, with the reason as message. None of the range was handed out. */
public final class ScheduleRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScheduleRefusedException(String reason) {
        super(reason);
    }
}
