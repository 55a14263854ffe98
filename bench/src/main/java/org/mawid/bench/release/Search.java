package org.mawid.bench.release;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.ServiceNeed;

/** What a page asks: where there is room for some services at a post. One of it serves all pages that ask the same. Immutable. */
final class Search {
    private static final int LIMIT = 30;

    private final AvailabilityQuery query;
    private final String parameters;

    /** @param fromEpochDay first local date @param days how many, 1 to 420 */
    Search(final int postId, final int[] serviceIds, final int fromEpochDay, final int days) {
        final AvailabilityQuery.Builder builder = AvailabilityQuery.newBuilder().addPostIds(postId).setFromEpochDay(fromEpochDay).setDays(days).setLimit(LIMIT);
        for (final int serviceId : serviceIds) {
            builder.addServices(ServiceNeed.newBuilder().setServiceId(serviceId));
        }
        query = builder.build();
        parameters = "?posts=" + postId + "&services=" + Arrays.stream(serviceIds).mapToObj(Integer::toString).collect(Collectors.joining(","))
                + "&from=" + LocalDate.ofEpochDay(fromEpochDay) + "&days=" + days;
    }

    AvailabilityQuery query() {
        return query;
    }

    /** For a calendar to be coloured. */
    String countsUri() {
        return "/v1/availability/counts" + parameters;
    }

    /** The first {@value #LIMIT}. */
    String startsUri() {
        return "/v1/availability/starts" + parameters + "&limit=" + LIMIT;
    }
}
