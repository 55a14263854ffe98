package org.mawid.api.oidc;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.nimbusds.jose.KeySourceException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mawid.api.access.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who calls, by the token that comes with the call. A token that was found good is remembered by its hash until it expires, as a call is made many
 * times with it: a key that the issuer withdraws meanwhile is not noticed before. Any thread.
 */
public final class Tokens implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final Pattern BEARER = Pattern.compile("Bearer +", Pattern.CASE_INSENSITIVE);
    private static final Authentication NOBODY = new Authentication.Known(Caller.NOBODY);
    private static final Authentication UNCHECKED = new Authentication.Unchecked();
    /** Tokens that are remembered, some 500 bytes each. Source: as many agents and citizens as are there at once in the design surge. */
    private static final long REMEMBERED = 50_000;
    /** Checking one signature takes some 0.1 ms, and waiting for keys up to some seconds. */
    private static final int THREADS = 2;
    private static final int WAITING = 1_024;

    private final TokenVerifier verifier;
    private final LongSupplier wallClock;
    private final Cache<HashCode, Authentication.Known> seen = CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();
    private final ThreadPoolExecutor threads;
    private volatile boolean down;

    public Tokens(final OidcConfig config) {
        this(config, System::currentTimeMillis);
    }

    Tokens(final OidcConfig config, final LongSupplier wallClock) {
        this.verifier = new TokenVerifier(config, wallClock);
        this.wallClock = wallClock;
        threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
            final Thread thread = new Thread(task, "mawid-tokens");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * At once, if that can be.
     *
     * @param authorization the header of that name, null = there is none
     * @return null when the token has to be looked at: see {@link #check}
     */
    public Authentication known(final String authorization) {
        if (authorization == null) {
            return NOBODY;
        }
        final String token = token(authorization);
        if (token == null) {
            return new Authentication.Refused(TokenTrouble.MALFORMED);
        }
        if (token.length() > TokenVerifier.MOST_CHARACTERS) {
            return new Authentication.Refused(TokenTrouble.TOO_LONG);
        }
        final HashCode hash = hash(token);
        final Authentication.Known known = seen.getIfPresent(hash);
        if (known == null || leftMs(known.caller()) > 0) {
            return known;
        }
        seen.invalidate(hash);
        return new Authentication.Refused(TokenTrouble.EXPIRED);
    }

    /** As {@link #known}, whatever it takes. @param then called once, on a thread of this, or on this one when none is free */
    public void check(final String authorization, final Consumer<Authentication> then) {
        try {
            threads.execute(() -> then.accept(checked(token(authorization))));
        } catch (final RejectedExecutionException full) {
            then.accept(UNCHECKED);
        }
    }

    /** For how long what a token said is still so, ms; 0 = it is no longer. */
    public long leftMs(final Caller caller) {
        return caller.isNobody() ? Long.MAX_VALUE : TokenVerifier.leftMs(caller.expiresMs(), wallClock.getAsLong());
    }

    private Authentication checked(final String token) {
        try {
            final Authentication.Known known = verifier.verify(token);
            seen.put(hash(token), known);
            down = false;
            return known;
        } catch (final BadTokenException bad) {
            return new Authentication.Refused(bad.trouble());
        } catch (final KeySourceException e) {
            if (!down) { // once for each time that it goes down
                down = true;
                LOG.warn("no token can be checked that was not seen before: the keys of the issuer cannot be had: {}", e.getMessage());
            }
            return UNCHECKED;
        } catch (final RuntimeException ours) {
            LOG.error("a token could not be checked: {}", ours.getClass().getName()); // its message may quote what is in it
            return UNCHECKED;
        }
    }

    /** Null when it is no bearer's. */
    private static String token(final String authorization) {
        final Matcher bearer = BEARER.matcher(authorization);
        return bearer.lookingAt() && bearer.end() < authorization.length() ? authorization.substring(bearer.end()) : null;
    }

    private static HashCode hash(final String token) {
        return Hashing.sha256().hashString(token, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
