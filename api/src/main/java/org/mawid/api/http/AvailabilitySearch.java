package org.mawid.api.http;

import io.vertx.core.json.Json;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Result;

/** From a query to its answer as JSON, all but the tail that tells position and age. */
final class AvailabilitySearch {
    private static final int DESKS_MAX = 64;
    private static final int UNITS_MAX = 192;
    private static final int QUANTITY_MAX = 255;
    private static final int BYTES_PER_SLOT = 120;

    /** @param postIds whose days the answer depends on @param serviceIds that are asked for @param json without its closing tail @param asOf all of it is at least as new */
    record Found(int[] postIds, int[] serviceIds, String json, int units, Availability.AsOf asOf) {
    }

    private AvailabilitySearch() {
    }

    /** @param counts true: starts for each date; false: the first starts @throws Fault that says what is unknown */
    static Found search(final Loop loop, final AvailabilityQuery query, final boolean counts) {
        final Availability.AsOf asOf = loop.readModel().availability().asOf(); // before the plan: what a service takes may change between that and the search
        final CatalogueView catalogue = loop.catalogue();
        final List<CatalogueView.Service> services = new ArrayList<>();
        final SearchPlan plan = plan(catalogue, query.services(), query.persons(), services);
        final List<CatalogueView.Pool> desks = desks(catalogue, query, services);
        final Availability.Query search = plan.query(
                desks, Times.epochDay(query.from()), query.days(), query.limit(), loop.gateway().nowMs()).forClass(query.keptFor().value());
        final int[] postIds = postIds(catalogue, query, desks);
        if (counts) {
            final Availability.DayCounts found = loop.readModel().availability().countsPerDay(search);
            return new Found(postIds, ids(services), counts(found.days()), plan.units(), asOf);
        }
        final Availability.Slots found = loop.readModel().availability().firstStarts(search);
        return new Found(postIds, ids(services), slots(loop, found.slots()), plan.units(), asOf);
    }

    /** What a visit needs. @param asked codes or ids, with {@code :quantity} where it is not 1 @param services gets those that they name @throws Fault that says what is wrong with it */
    static SearchPlan plan(final CatalogueView catalogue, final List<String> asked, final int persons, final List<CatalogueView.Service> services) {
        final SearchPlan plan = catalogue.plan(needs(catalogue, asked, persons, services));
        if (plan == null) {
            throw new Fault(Result.SERVICE_UNKNOWN);
        }
        if (plan.units() > UNITS_MAX) {
            throw new Fault(Problem.of(Result.OUT_OF_RANGE).in("services", "together longer than a day"));
        }
        return plan;
    }

    private static List<SearchPlan.Need> needs(final CatalogueView catalogue, final List<String> asked, final int persons, final List<CatalogueView.Service> services) {
        final List<SearchPlan.Need> needs = new ArrayList<>();
        for (final String each : asked) {
            final int colon = each.indexOf(':');
            final String code = colon < 0 ? each : each.substring(0, colon);
            final CatalogueView.Service service = Call.isNumber(code) ? catalogue.service(Integer.parseInt(code)) : catalogue.service(code);
            if (service == null) {
                throw new Fault(Result.SERVICE_UNKNOWN);
            }
            final int quantity = colon < 0 ? 1 : Integer.parseInt(each.substring(colon + 1));
            if (quantity > QUANTITY_MAX) {
                throw new Fault(Problem.of(Result.OUT_OF_RANGE).in("services", "a quantity is 1 to " + QUANTITY_MAX));
            }
            services.add(service);
            for (int person = 0; person < persons; person++) {
                needs.add(new SearchPlan.Need(person, service.serviceId(), quantity));
            }
        }
        return needs;
    }

    private static List<CatalogueView.Pool> desks(final CatalogueView catalogue, final AvailabilityQuery query,
                                                  final List<CatalogueView.Service> services) {
        final List<CatalogueView.Pool> desks = new ArrayList<>();
        for (final int deskId : query.desks()) {
            final CatalogueView.Pool desk = catalogue.pool(deskId);
            if (desk == null || desk.kind() != PoolKind.DESK) {
                throw new Fault(Result.POOL_UNKNOWN);
            }
            desks.add(desk);
        }
        final int[] serviceIds = ids(services);
        for (final String codeOrId : query.posts()) {
            desks.addAll(catalogue.desksFor(post(catalogue, codeOrId).postId(), serviceIds));
        }
        if (desks.isEmpty() && !query.posts().isEmpty()) {
            throw new Fault(Result.DESK_DOES_NOT_SERVE);
        }
        if (desks.isEmpty()) {
            throw new Fault(Problem.of(Result.MALFORMED).in("posts", "give posts or desks"));
        }
        if (desks.size() > DESKS_MAX) {
            throw new Fault(Problem.of(Result.OUT_OF_RANGE).in("posts", "more than " + DESKS_MAX + " desks together"));
        }
        return desks;
    }

    static int[] ids(final List<CatalogueView.Service> services) {
        return services.stream().mapToInt(CatalogueView.Service::serviceId).toArray();
    }

    private static CatalogueView.Post post(final CatalogueView catalogue, final String codeOrId) {
        final CatalogueView.Post post = Call.isNumber(codeOrId) ? catalogue.post(Integer.parseInt(codeOrId)) : catalogue.post(codeOrId);
        if (post == null) {
            throw new Fault(Result.POST_UNKNOWN);
        }
        return post;
    }

    private static int[] postIds(final CatalogueView catalogue, final AvailabilityQuery query, final List<CatalogueView.Pool> desks) {
        final TreeSet<Integer> ids = new TreeSet<>();
        desks.forEach(desk -> ids.add(desk.postId()));
        query.posts().forEach(post -> ids.add(post(catalogue, post).postId()));
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    /** But for places nothing in it needs to be escaped: numbers, dates and instants. */
    private static String slots(final Loop loop, final List<Availability.Slot> slots) {
        final StringBuilder json = new StringBuilder(BYTES_PER_SLOT * (slots.size() + 1)).append("{\"slots\":[");
        int deskId = 0;
        ZoneId zone = null;
        String place = "";
        for (int i = 0; i < slots.size(); i++) {
            final Availability.Slot slot = slots.get(i);
            if (zone == null || slot.deskId() != deskId) {
                deskId = slot.deskId();
                zone = loop.zoneOfPool(deskId);
                place = place(loop, deskId);
            }
            json.append(i == 0 ? "" : ",").append("{\"deskId\":").append(deskId)
                    .append(",\"date\":\"").append(Times.date(slot.epochDay()))
                    .append("\",\"startUnit\":").append(slot.startUnit())
                    .append(",\"start\":\"").append(Times.text(slot.startMs(), zone))
                    .append("\",\"startMs\":").append(slot.startMs()).append(place).append('}');
        }
        return json.append(']').toString();
    }

    /** As a member that follows others; empty at the post. */
    private static String place(final Loop loop, final int deskId) {
        final String place = loop.place(deskId);
        return place == null ? "" : ",\"place\":" + Json.encode(place);
    }

    private static String counts(final List<Availability.DayCount> days) {
        final StringBuilder json = new StringBuilder(BYTES_PER_SLOT).append("{\"days\":[");
        boolean first = true;
        for (final Availability.DayCount day : days) {
            if (day.starts() > 0) {
                json.append(first ? "" : ",").append("{\"date\":\"").append(Times.date(day.epochDay()))
                        .append("\",\"starts\":").append(day.starts()).append('}');
                first = false;
            }
        }
        return json.append(']').toString();
    }
}
