package org.mawid.bench.release.wire;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.mawid.grpc.AvailabilityQuery;
import org.mawid.grpc.ServiceNeed;

/** What a page asks: where there is room for some services at a post. Made once for all who ask the same, in the form in which it is sent. Immutable. */
public final class Search {
    private static final int LIMIT = 30;

    private final int postId;
    private final int fromEpochDay;
    private final int days;
    private final String serviceIds;
    private final AvailabilityQuery query;
    private final byte[] message;
    private final String countsUri;
    private final String startsUri;

    /** @param fromEpochDay first local date @param days how many, 1 to 420 */
    public Search(final int postId, final int[] serviceIds, final int fromEpochDay, final int days) {
        final AvailabilityQuery.Builder builder = AvailabilityQuery.newBuilder().addPostIds(postId).setFromEpochDay(fromEpochDay).setDays(days).setLimit(LIMIT);
        for (final int serviceId : serviceIds) {
            builder.addServices(ServiceNeed.newBuilder().setServiceId(serviceId));
        }
        this.postId = postId;
        this.fromEpochDay = fromEpochDay;
        this.days = days;
        this.serviceIds = Arrays.stream(serviceIds).mapToObj(Integer::toString).collect(Collectors.joining(","));
        query = builder.build();
        message = query.toByteArray();
        final String parameters = "?posts=" + postId + "&services=" + this.serviceIds + "&from=" + LocalDate.ofEpochDay(fromEpochDay) + "&days=" + days;
        countsUri = "/v1/availability/counts" + parameters;
        startsUri = "/v1/availability/starts" + parameters + "&limit=" + LIMIT;
    }

    public AvailabilityQuery query() {
        return query;
    }

    /** The query as it goes over gRPC. Not to be changed. */
    public byte[] message() {
        return message;
    }

    /** @param kind COUNTS: for a calendar to be coloured; STARTS: the first {@value #LIMIT} */
    public String uri(final Exchange.Kind kind) {
        return kind == Exchange.Kind.STARTS ? startsUri : countsUri;
    }

    public int postId() {
        return postId;
    }

    public int fromEpochDay() {
        return fromEpochDay;
    }

    public int days() {
        return days;
    }

    /** Joined with commas. */
    public String serviceIds() {
        return serviceIds;
    }
}
