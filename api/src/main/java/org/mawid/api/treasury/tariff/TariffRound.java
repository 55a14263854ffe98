package org.mawid.api.treasury.tariff;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.mawid.api.treasury.port.PaymentPort.Told;
import org.mawid.api.treasury.port.TariffFeed;
import org.mawid.api.treasury.port.Treasury;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.engine.FileTrouble;
import org.mawid.engine.readmodel.CatalogueView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the treasury's prices and compares them with the catalogue's. What differs is told; it is set only where the settings say so, for a ministry will not let a feed change prices unseen. A feed with
 * anything wrong in it is refused as a whole. Of two prices to come the nearer one is set, the other when its time has come nearer: the catalogue keeps one. Rounds do not overlap. Any thread.
 */
public final class TariffRound {
    private static final Logger LOG = LoggerFactory.getLogger(TariffRound.class);
    private static final int MOST_LOGGED = 20;

    private final Treasury treasury;
    private final Supplier<CatalogueView> catalogue;
    private final Function<TreasuryCommand, Future<Told>> ledger;
    private final LongSupplier nowMs;
    private final FeedVersions versions;
    private final boolean isApplying;
    private final Context context;
    private volatile Seen seen = new Seen("", List.of(), List.of());
    /** The newest that may be taken; null = none yet. On workers, one after the other. */
    private TariffFeed taken;
    private Future<Void> running;

    /**
     * Of the last round.
     *
     * @param version     that the treasury gave last, empty = none
     * @param refused     why nothing of that is taken; empty = it is
     * @param differences of the newest that is taken
     */
    public record Seen(String version, List<String> refused, List<TariffDifference> differences) {
        public Seen {
            refused = List.copyOf(refused);
            differences = List.copyOf(differences);
        }
    }

    /**
     * @param ledger     tells a command
     * @param nowMs      the engine's time
     * @param versions   a file of ours
     * @param isApplying whether what differs is set
     */
    public TariffRound(final Vertx vertx, final Treasury treasury, final Supplier<CatalogueView> catalogue, final Function<TreasuryCommand, Future<Told>> ledger, final LongSupplier nowMs,
                       final Path versions, final boolean isApplying) {
        this.treasury = treasury;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.nowMs = nowMs;
        this.versions = new FeedVersions(versions);
        this.isApplying = isApplying;
        context = vertx.getOrCreateContext();
    }

    public Seen seen() {
        return seen;
    }

    public boolean isApplying() {
        return isApplying;
    }

    /** Begins a round, or gives the one that runs. Never fails. */
    public synchronized Future<Void> run() {
        if (running == null || running.isComplete()) {
            running = treasury.tariffs(seen.version()).compose(found -> context.executeBlocking(() -> look(found.orElse(null)), true)).compose(this::apply).otherwise(failure -> {
                LOG.debug("the treasury's prices could not be looked at: {}", failure.getMessage());
                return null;
            });
        }
        return running;
    }

    /** @param found null = nothing newer */
    private Seen look(final TariffFeed found) {
        final TariffComparison comparison = new TariffComparison(catalogue.get());
        final Seen before = seen;
        List<String> refused = before.refused();
        if (found != null) {
            refused = take(found, comparison);
        }
        final List<TariffDifference> differences = taken == null ? List.of() : comparison.differences(taken, nowMs.getAsLong());
        seen = new Seen(found == null ? before.version() : found.version(), refused, differences);
        if (!differences.equals(before.differences())) {
            differences.stream().limit(MOST_LOGGED).forEach(one -> LOG.warn("price of {} from day {}: {} centimes by the treasury, {} here{}", one.service().code(), one.fromDay(), one.feedCentimes(),
                    one.catalogueCentimes(), isApplying ? "; it is set" : "; set it, or let mawid.treasury.tariffs=apply do it"));
        }
        return seen;
    }

    private List<String> take(final TariffFeed found, final TariffComparison comparison) {
        try {
            final String version = versions.whyNot(found);
            final List<String> wrong = version != null ? List.of(version) : comparison.whyNot(found);
            if (wrong.isEmpty()) {
                versions.add(found);
                taken = found;
            } else {
                LOG.error("prices of the treasury, version {}, are refused as a whole: {}", found.version(), wrong.subList(0, Math.min(wrong.size(), MOST_LOGGED)));
            }
            return wrong;
        } catch (final IOException trouble) {
            LOG.error("prices of the treasury are not taken: {}", FileTrouble.of(trouble));
            return List.of("the file of its versions cannot be used");
        }
    }

    private Future<Void> apply(final Seen now) {
        Future<Void> chain = Future.succeededFuture();
        if (isApplying && now.refused().isEmpty()) {
            for (final TariffDifference one : now.differences()) {
                chain = chain.compose(before -> ledger.apply(new TreasuryCommand.SetTariff(one.service().serviceId(), one.version(), one.fromMs(), one.feed()))).map(told -> {
                    if (told == Told.REFUSED) {
                        LOG.error("the price of {} could not be set: the core has refused it", one.service().code());
                    }
                    return null;
                });
            }
        }
        return chain;
    }
}
