package org.mawid.api.stamp;

import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.readmodel.CatalogueView;

/**
 * What each service costs at a post at one instant, for one unit of quantity. Immutable.
 *
 * @param nowMs  of which instant, ms since 1970-01-01 UTC
 * @param prices by service id; those without a tariff in force are left out
 */
public record Prices(CatalogueView.Post post, long nowMs, List<Price> prices) {
    /** @param quote in the post's currency, null = the post has no rate */
    public record Price(CatalogueView.Service service, CatalogueView.Tariff tariff, CatalogueView.Quote quote) {
    }

    /** Any thread. */
    public static Prices of(final CatalogueView catalogue, final CatalogueView.Post post, final long nowMs) {
        final List<Price> prices = new ArrayList<>();
        for (final CatalogueView.Service service : catalogue.services()) {
            final CatalogueView.Tariff tariff = catalogue.tariff(service.serviceId(), nowMs);
            if (tariff != null) {
                prices.add(new Price(service, tariff, catalogue.quote(post.postId(), service.serviceId(), 1, nowMs)));
            }
        }
        return new Prices(post, nowMs, List.copyOf(prices));
    }
}
