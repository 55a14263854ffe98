package org.mawid.api.stamp.check;

import io.github.bucket4j.TimeMeter;
import org.mawid.api.gateway.SecretGuard;
import org.mawid.api.limit.Addresses;

/**
 * Wrong secret codes, so that a code cannot be searched for: five of a stamp and then five an hour, whoever tries; thirty from an address and then
 * sixty an hour, whatever the stamps. Whoever spends those of a stamp keeps its holder from using it meanwhile, which is the lesser harm: the act
 * takes place before an officer, who can wait or call. Source: our estimate. One for all edges of a server, as {@link CallerLimit} in memory only.
 */
public final class SecretLimit implements SecretGuard {
    static final int OF_STAMP = 5;
    static final int OF_CALLER = 30;
    static final long STAMP_EVERY_MS = 720_000;
    static final long CALLER_EVERY_MS = 60_000;
    private static final int MOST = 100_000;

    private final CallerLimit callers;
    private final CallerLimit stamps;

    public SecretLimit() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    SecretLimit(final TimeMeter clock) {
        callers = new CallerLimit(OF_CALLER, CALLER_EVERY_MS, MOST, clock);
        stamps = new CallerLimit(OF_STAMP, STAMP_EVERY_MS, MOST, clock);
    }

    @Override
    public boolean take(final long stamp, final String caller) {
        final long from = Addresses.key(caller);
        if (callers.take(from) > 0) {
            return false;
        }
        if (stamps.take(stamp) > 0) {
            callers.giveBack(from); // nothing was tried
            return false;
        }
        return true;
    }

    @Override
    public void giveBack(final long stamp, final String caller) {
        stamps.giveBack(stamp);
        callers.giveBack(Addresses.key(caller));
    }
}
