package org.mawid.api.treasury.tariff;

import java.util.List;
import org.mawid.api.treasury.port.TariffFeed;
import org.mawid.engine.readmodel.CatalogueView;

/**
 * A price of the feed that is not the catalogue's.
 *
 * @param fromDay   since when, or from when on, it is in force by the feed; days since 1970-01-01
 * @param fromMs    when that day begins, ms since 1970-01-01 UTC
 * @param feed      its parts by the words of the catalogue
 * @param catalogue what is in force there, or will be then; null = nothing
 * @param version   under which it would be set
 */
public record TariffDifference(CatalogueView.Service service, int fromDay, long fromMs, List<TariffFeed.Part> feed, CatalogueView.Tariff catalogue, long version) {
    /** For one unit of quantity, centimes of MAD. */
    public long feedCentimes() {
        return feed.stream().mapToLong(TariffFeed.Part::centimes).sum();
    }

    /** Likewise; 0 = nothing. */
    public long catalogueCentimes() {
        return catalogue == null ? 0 : catalogue.unitCentimes();
    }
}
