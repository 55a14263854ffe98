package org.mawid.api.schedule;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.network.Calendars;
import org.mawid.api.network.Network;
import org.mawid.engine.readmodel.CatalogueView;

/**
 * What is known of a post before it says what it wants. Immutable.
 *
 * @param number    by which releases are spread
 * @param pools     by code
 * @param files     the post in the network's files, {@code null} when they do not have it
 * @param calendars of the network, {@code null} with {@code files}
 * @param places    of mobile desks, by code
 * @param keepsQuotas whether the log is of a core version that keeps places for channels
 * @param keepsOverbooking whether it is of one that knows which places are beyond the counters
 */
record Site(CatalogueView.Post post, ZoneId zone, int number, Map<String, CatalogueView.Pool> pools, Network.Post files, Calendars calendars, Map<String, String> places,
        boolean keepsQuotas, boolean keepsOverbooking) {

    /** @param network {@code null} = none was imported: the post lives in UTC, and its holidays are not known */
    static Site of(final CatalogueView catalogue, final CatalogueView.Post post, final ZoneId zone, final Network network, final boolean keepsQuotas,
            final boolean keepsOverbooking) {
        final Map<String, CatalogueView.Pool> pools = new LinkedHashMap<>();
        catalogue.pools(post.postId()).forEach(pool -> pools.put(pool.code(), pool));
        final Network.Post files = network == null ? null
                : network.posts().stream().filter(one -> one.code().equals(post.code())).findFirst().orElse(null);
        final Map<String, String> places = new HashMap<>();
        for (final Network.Pool pool : files == null ? List.<Network.Pool>of() : network.poolsOf(files.id())) {
            if (pool instanceof Network.Desk desk && desk.place() != null) {
                places.put(desk.code(), desk.place());
            }
        }
        return new Site(post, zone, files == null ? post.postId() : files.id(), pools, files, files == null ? null : network.calendars(), places, keepsQuotas,
                keepsOverbooking);
    }

    /** Whether the calendar that goes on by itself would open the post on that date when it finds nothing there. */
    boolean wouldOpenByItself(final LocalDate date) {
        return files != null && calendars.isOpen(files, date);
    }
}
