package org.mawid.api.limit;

import io.github.bucket4j.TimeMeter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.mawid.api.access.Caller;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;

/**
 * How much each caller may, over all edges of a server: who brings a token pays by it, and so does the person whom a call is for; who brings none pays by address. All applicants at one address pay together, too, and an address for
 * tokens that turn out not to be good; but for this machine. In memory: a restart begins anew. Any thread, does not wait.
 */
public final class Limits {
    /** Nobody is limited. */
    public static final Limits NONE = new Limits(Rates.of(payer -> "reads=0,commands=0,lookups=0,links=0,watches=0,uploads=0,open=0,tokens=0"), TimeMeter.SYSTEM_NANOTIME);

    /** When somebody ends one of those that are open is not known. Milliseconds. Source: as long as for all streams of a server. */
    private static final long OPEN_WAIT_MS = 5_000;
    /** Of each kind. Source: as many as tokens that are remembered. */
    private static final int MOST = 50_000;

    private final Rates rates;
    private final Map<Payer, Map<Budget, Buckets>> buckets = new EnumMap<>(Payer.class);
    private final Map<Payer, Map<Budget, LongAdder>> refused = new EnumMap<>(Payer.class);
    private final Map<Payer, AtOnce> open = new EnumMap<>(Payer.class);

    public Limits(final Rates rates, final TimeMeter clock) {
        this.rates = rates;
        for (final Payer payer : Payer.values()) {
            buckets.put(payer, new EnumMap<>(Budget.class));
            refused.put(payer, new EnumMap<>(Budget.class));
            open.put(payer, new AtOnce());
            for (final Budget budget : Budget.values()) {
                refused.get(payer).put(budget, new LongAdder());
                if (budget.every() != null && rates.of(payer, budget) > 0) {
                    buckets.get(payer).put(budget, new Buckets(rates.of(payer, budget), budget.every(), MOST, clock));
                }
            }
        }
    }

    /** As below, for the user whom the call names. */
    public Spent take(final Caller caller, final Budget budget, final long cost) {
        return take(caller, caller.onBehalfOf(), budget, cost);
    }

    /**
     * Pays for a call, or for one command of it.
     *
     * @param onBehalfOf key of the person whom it is for, 0 = none
     * @param budget     null = it costs nothing
     * @param cost       1, or how many bytes
     * @return null: go on; else what stands in the way, and nothing is taken
     */
    public Spent take(final Caller caller, final long onBehalfOf, final Budget budget, final long cost) {
        final Payer payer = Payer.of(caller);
        final Buckets first = buckets(caller, payer, budget);
        final Payer also = also(caller, payer, onBehalfOf);
        final Buckets second = also == null || budget == null ? null : buckets.get(also).get(budget);
        final long firstMs = first == null ? 0 : first.take(key(caller, payer), cost);
        if (second == null) {
            return firstMs == 0 ? null : spent(payer, budget, firstMs);
        }
        final long secondKey = alsoKey(caller, also, onBehalfOf);
        if (firstMs > 0) {
            return spent(payer, budget, Math.max(firstMs, second.waitMs(secondKey, cost)));
        }
        final long secondMs = second.take(secondKey, cost);
        if (secondMs > 0 && first != null) {
            first.giveBack(key(caller, payer), cost);
        }
        return secondMs == 0 ? null : spent(also, budget, secondMs);
    }

    /**
     * Pays for a token that was not seen before, by where it comes from, before anybody looks at it; see {@link #giveBackToken}.
     *
     * @param address as text, without port
     * @return null: go on; else what stands in the way, and nothing is taken
     */
    public Spent takeToken(final String address) {
        final Buckets tokens = Addresses.isOurs(address) ? null : buckets.get(Payer.ADDRESS).get(Budget.TOKENS);
        final long waitMs = tokens == null ? 0 : tokens.take(Addresses.key(address), 1);
        return waitMs == 0 ? null : spent(Payer.ADDRESS, Budget.TOKENS, waitMs);
    }

    /** It was good, or could not be looked at: it costs nothing. */
    public void giveBackToken(final String address) {
        final Buckets tokens = Addresses.isOurs(address) ? null : buckets.get(Payer.ADDRESS).get(Budget.TOKENS);
        if (tokens != null) {
            tokens.giveBack(Addresses.key(address), 1);
        }
    }

    /**
     * Pays also for a call about a person, beside {@link #take}, by that person: whoever makes it, and whether they say for whom or not. Not by an applicant, who has paid it.
     *
     * @param targets what the call names
     * @return null: go on; else what stands in the way, and whoever calls has paid nothing
     */
    public Spent takeAbout(final Caller caller, final List<Target> targets, final Budget budget) {
        final Payer payer = Payer.of(caller);
        final Buckets persons = payer == Payer.ADDRESS || payer == Payer.PERSON ? null : buckets.get(Payer.PERSON).get(budget);
        if (persons == null) {
            return null;
        }
        for (final Target target : targets) {
            if (target.kind() == ObjectKind.PERSON && target.number() != caller.onBehalfOf()) {
                final long waitMs = persons.take(target.number(), 1);
                if (waitMs > 0) {
                    giveBack(caller, budget, 1);
                    return spent(Payer.PERSON, budget, waitMs);
                }
            }
        }
        return null;
    }

    /** A call that was paid for costs nothing: it is paid for again, or was not begun. */
    public void giveBack(final Caller caller, final Budget budget, final long cost) {
        final Payer payer = Payer.of(caller);
        final Buckets first = buckets(caller, payer, budget);
        if (first != null) {
            first.giveBack(key(caller, payer), cost);
        }
        final Payer also = also(caller, payer, caller.onBehalfOf());
        final Buckets second = also == null || budget == null ? null : buckets.get(also).get(budget);
        if (second != null) {
            second.giveBack(alsoKey(caller, also, caller.onBehalfOf()), cost);
        }
    }

    /** One of those that somebody may have open. */
    public final class Open {
        private final Payer payer;
        private final long key;
        /** Whose it is as well; null = nobody's. */
        private final Open also;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Open(final Payer payer, final long key, final Open also) {
            this.payer = payer;
            this.key = key;
            this.also = also;
        }

        /** It has ended. Once; what comes later changes nothing. */
        public void close() {
            if (closed.compareAndSet(false, true)) {
                open.get(payer).giveBack(key);
                if (also != null) {
                    also.close();
                }
            }
        }
    }

    /** A stream or watch begins. @param tooMany told when as many are open as may @return null then */
    public Open open(final Caller caller, final Consumer<Spent> tooMany) {
        final Payer payer = Payer.of(caller);
        final Payer also = payer == Payer.PERSON ? also(caller, payer, 0) : null;
        final Open together = also == null ? null : open(also, alsoKey(caller, also, 0), rates.of(also, Budget.OPEN), null);
        if (also != null && together == null) {
            tooMany.accept(spent(also, Budget.OPEN, OPEN_WAIT_MS));
            return null;
        }
        final Open own = open(payer, key(caller, payer), isFree(caller, payer) ? 0 : rates.of(payer, Budget.OPEN), together);
        if (own == null) {
            if (together != null) {
                together.close();
            }
            tooMany.accept(spent(payer, Budget.OPEN, OPEN_WAIT_MS));
        }
        return own;
    }

    /** @param most 0 = as many as they like */
    private Open open(final Payer payer, final long key, final long most, final Open also) {
        return open.get(payer).take(key, most == 0 ? Long.MAX_VALUE : most) ? new Open(payer, key, also) : null;
    }

    private Spent spent(final Payer payer, final Budget budget, final long waitMs) {
        refused.get(payer).get(budget).increment();
        return new Spent(payer, budget, waitMs);
    }

    /** How often each limit has stood in the way, by its name. */
    public void count(final Count each) {
        refused.forEach((payer, byBudget) -> byBudget.forEach((budget, count) -> {
            if (count.sum() > 0) {
                each.of(payer.word() + '.' + budget.word(), count.sum());
            }
        }));
    }

    /** Told of one limit. */
    @FunctionalInterface
    public interface Count {
        void of(String limit, long refused);
    }

    /** Who pays as well; null = nobody. */
    private static Payer also(final Caller caller, final Payer payer, final long onBehalfOf) {
        return switch (payer) {
            case ADDRESS, APPLICANTS -> null;
            case PERSON -> Addresses.isOurs(caller.address()) ? null : Payer.APPLICANTS;
            case STAFF, PORTAL -> onBehalfOf == 0 ? null : Payer.PERSON;
        };
    }

    private static long alsoKey(final Caller caller, final Payer also, final long onBehalfOf) {
        return also == Payer.APPLICANTS ? Addresses.key(caller.address()) : onBehalfOf;
    }

    private Buckets buckets(final Caller caller, final Payer payer, final Budget budget) {
        return budget == null || isFree(caller, payer) ? null : buckets.get(payer).get(budget);
    }

    private static boolean isFree(final Caller caller, final Payer payer) {
        return payer == Payer.ADDRESS && Addresses.isOurs(caller.address());
    }

    /** Of an applicant the person, whatever the token; of others who they are at the issuer. */
    private static long key(final Caller caller, final Payer payer) {
        return payer == Payer.ADDRESS ? Addresses.key(caller.address()) : caller.key();
    }
}
