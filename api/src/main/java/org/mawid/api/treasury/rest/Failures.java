package org.mawid.api.treasury.rest;

import io.vertx.core.VertxException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.mawid.api.treasury.port.TreasuryException;
import org.mawid.api.treasury.port.TreasuryException.Trouble;

/** What went wrong, in our words. Texts of libraries are not passed on: they may quote what was sent. */
final class Failures {
    private static final long MOST_RETRY_AFTER_S = 3_600;

    private Failures() {
    }

    static TreasuryException of(final Throwable failure, final String what) {
        if (failure instanceof TreasuryException known) {
            return known;
        }
        if (failure instanceof TimeoutException || failure instanceof VertxException && String.valueOf(failure.getMessage()).contains("timeout")) {
            return new TreasuryException(Trouble.TIMED_OUT, "the treasury did not answer in time to " + what + ": it may have been done or not, and is asked for again");
        }
        return unreachable(failure, what);
    }

    static TreasuryException unreachable(final Throwable failure, final String what) {
        final String hint = failure instanceof SSLException || failure.getCause() instanceof SSLException ? " (TLS: check the certificates of both sides)" : " (" + failure.getClass().getSimpleName() + ')';
        return new TreasuryException(Trouble.UNREACHABLE, "the treasury cannot be reached for " + what + hint + ": it may have been done or not, and is asked for again");
    }

    static TreasuryException of(final int status, final String retryAfter, final String what) {
        return switch (status) {
            case 401, 403 -> new TreasuryException(Trouble.UNAUTHORIZED, "the treasury does not accept our token for " + what + ": check the client's rights there");
            case 408, 429, 500, 502, 503, 504 -> new TreasuryException(Trouble.OVERLOADED, "the treasury answered " + status + " to " + what + ": it is asked again", afterMs(retryAfter));
            default -> status >= 400 && status < 500
                    ? new TreasuryException(Trouble.REFUSED, "the treasury answered " + status + " to " + what + ": it will not be asked again by itself; a person has to look at it")
                    : new TreasuryException(Trouble.UNREADABLE, "the treasury answered " + status + " to " + what + ", which means nothing here: check its address");
        };
    }

    private static long afterMs(final String seconds) {
        return seconds != null && seconds.matches("\\d{1,6}") ? Math.min(MOST_RETRY_AFTER_S, Long.parseLong(seconds)) * 1_000 : 0;
    }
}
