package org.mawid.bench.release.ground;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mawid.api.network.Network;
import org.mawid.grpc.CatalogueServiceGrpc;
import org.mawid.grpc.Day;
import org.mawid.grpc.GetDayRequest;
import org.mawid.grpc.InventoryServiceGrpc;
import org.mawid.grpc.ListPoolsReply;
import org.mawid.grpc.ListPoolsRequest;
import org.mawid.grpc.ListPostsRequest;
import org.mawid.grpc.ListServicesRequest;
import org.mawid.grpc.Pool;
import org.mawid.grpc.PoolKind;

/** What the server has: posts, desks, services and days, asked of itself before the clock starts. Nothing of it changes afterwards. */
public final class Ground {
    public static final int UNIT_MINUTES = 5;
    static final long UNIT_MS = UNIT_MINUTES * 60_000L;
    public static final int SEATS = PoolKind.POOL_KIND_RECEPTION_SEAT_VALUE;
    private static final int KINDS = SEATS + 1;

    /** @param kinds bit k = needs a place of PoolKind k @param share of all that is asked for, in percent */
    public record Service(int id, String code, int minutes, boolean validationRequired, int kinds, double share) {
    }

    /** @param services that need an appointment, by number */
    public record Desk(int id, Post post, List<Service> services) {
    }

    /** A post with its desks and resources. */
    public static final class Post {
        private final int id;
        private final String code;
        private final int calendarVersion;
        private final List<Desk> desks = new ArrayList<>();
        private final int[] resources = new int[KINDS];

        public Post(final int id, final String code, final int calendarVersion) {
            this.id = id;
            this.code = code;
            this.calendarVersion = calendarVersion;
        }

        public int id() {
            return id;
        }

        public String code() {
            return code;
        }

        int calendarVersion() {
            return calendarVersion;
        }

        public List<Desk> desks() {
            return desks;
        }

        /** @param kind value of a PoolKind, 1 to 3 @return 0 = the post has none */
        public int resource(final int kind) {
            return resources[kind];
        }

        public void resource(final int kind, final int poolId) {
            resources[kind] = poolId;
        }

        /** What a leg takes a place of: the desk, the resources that it needs, and a seat where the post has any. @param kinds bit k = PoolKind k */
        public List<Integer> pools(final int deskId, final int kinds) {
            final List<Integer> pools = new ArrayList<>(KINDS);
            pools.add(deskId);
            for (int kind = 1; kind < KINDS; kind++) {
                if (resources[kind] != 0 && (kind == SEATS || (kinds >>> kind & 1) != 0)) {
                    pools.add(resources[kind]);
                }
            }
            return pools;
        }

        /** Desks, then resources. */
        public List<Integer> pools() {
            final List<Integer> pools = new ArrayList<>();
            desks.forEach(desk -> pools.add(desk.id()));
            for (final int resource : resources) {
                if (resource != 0) {
                    pools.add(resource);
                }
            }
            return pools;
        }
    }

    private final List<Post> posts = new ArrayList<>();
    private final Map<Integer, Service> services = new TreeMap<>();
    private final Map<Long, PoolDay> days = new HashMap<>();

    /** @param mix how often each service is asked for, by its code; what is not in it is asked for as often as the others on average */
    public static Ground read(final Asks asks, final Map<String, Double> mix) throws InterruptedException {
        final Ground ground = new Ground();
        ground.readCatalogue(asks, mix);
        return ground;
    }

    /** Shares of services by code, as in a network's files. */
    public static Map<String, Double> mixOf(final Network network) {
        final Map<String, Double> mix = new HashMap<>();
        network.mix().forEach(share -> mix.merge(network.service(share.serviceId()).code(), share.percent().doubleValue(), Double::sum));
        return mix;
    }

    private void readCatalogue(final Asks asks, final Map<String, Double> mix) throws InterruptedException {
        final CatalogueServiceGrpc.CatalogueServiceBlockingStub catalogue = CatalogueServiceGrpc.newBlockingStub(asks.channel());
        final double usual = mix.isEmpty() ? 1 : mix.values().stream().mapToDouble(Double::doubleValue).average().orElse(1);
        for (final org.mawid.grpc.Service service : catalogue.listServices(ListServicesRequest.getDefaultInstance()).getServicesList()) {
            if (service.getAppointmentRequired()) {
                services.put(service.getServiceId(), new Service(service.getServiceId(), service.getCode(), service.getDurationMinutes(),
                        service.getValidationRequired(), service.getResourceKinds(), mix.getOrDefault(service.getCode(), usual)));
            }
        }
        for (final org.mawid.grpc.Post post : catalogue.listPosts(ListPostsRequest.getDefaultInstance()).getPostsList()) {
            posts.add(new Post(post.getPostId(), post.getCode(), post.getCalendarVersion()));
        }
        final List<ListPoolsReply> pools = asks.all(posts,
                (post, reply) -> CatalogueServiceGrpc.newStub(asks.channel()).listPools(ListPoolsRequest.newBuilder().setPostId(post.id()).build(), reply));
        final Map<Integer, Desk> desks = new HashMap<>();
        for (int i = 0; i < posts.size(); i++) {
            final Post post = posts.get(i);
            for (final Pool pool : pools.get(i).getPoolsList()) {
                if (pool.getKind() == PoolKind.POOL_KIND_DESK) {
                    final Desk desk = new Desk(pool.getPoolId(), post, new ArrayList<>());
                    post.desks.add(desk);
                    desks.put(desk.id(), desk);
                } else {
                    post.resource(pool.getKindValue(), pool.getPoolId());
                }
            }
        }
        posts.removeIf(post -> post.desks.isEmpty());
        readWhatDesksServe(asks, desks);
        posts.forEach(post -> post.desks.removeIf(desk -> desk.services().isEmpty()));
        posts.removeIf(post -> post.desks.isEmpty());
    }

    private record Served(Post post, Service service) {
    }

    private void readWhatDesksServe(final Asks asks, final Map<Integer, Desk> desks) throws InterruptedException {
        final List<Served> questions = new ArrayList<>();
        posts.forEach(post -> services.values().forEach(service -> questions.add(new Served(post, service))));
        final List<ListPoolsReply> replies = asks.all(questions, (question, reply) -> CatalogueServiceGrpc.newStub(asks.channel())
                .listPools(ListPoolsRequest.newBuilder().setPostId(question.post().id()).addServiceIds(question.service().id()).build(), reply));
        for (int i = 0; i < questions.size(); i++) {
            if (isPossible(questions.get(i))) {
                final Service service = questions.get(i).service();
                replies.get(i).getPoolsList().forEach(pool -> desks.get(pool.getPoolId()).services().add(service));
            }
        }
    }

    /** Whether the post has every resource that the service needs. */
    private static boolean isPossible(final Served served) {
        for (int kind = 1; kind < KINDS; kind++) {
            if ((served.service().kinds() >>> kind & 1) != 0 && served.post().resource(kind) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads the days of some posts that are published. @param fromEpochDay first date @param count of dates */
    public void readDays(final Asks asks, final List<Post> ofPosts, final int fromEpochDay, final int count) throws InterruptedException {
        final List<GetDayRequest> questions = new ArrayList<>();
        for (final Post post : ofPosts) {
            for (final int pool : post.pools()) {
                for (int day = fromEpochDay; day < fromEpochDay + count; day++) {
                    questions.add(GetDayRequest.newBuilder().setPoolId(pool).setEpochDay(day).build());
                }
            }
        }
        for (final Day day : asks.<GetDayRequest, Day>all(questions, (question, reply) -> InventoryServiceGrpc.newStub(asks.channel()).getDay(question, reply))) {
            if (day != null) {
                put(new PoolDay(day));
            }
        }
    }

    /** A day as it will be when the clock starts. */
    public void put(final PoolDay day) {
        days.put(day.key(), day);
    }

    /** Posts that have a desk, in the server's order. */
    public List<Post> posts() {
        return posts;
    }

    /** Null when there is none. */
    public PoolDay day(final int poolId, final int epochDay) {
        return days.get(PoolDay.key(poolId, epochDay));
    }

    /** All that were read. */
    public Map<Long, PoolDay> days() {
        return days;
    }

    /** Places of the post's desks on some dates: units added up. */
    public long placesOf(final Post post, final int fromEpochDay, final int count) {
        long places = 0;
        for (final Desk desk : post.desks()) {
            for (int date = fromEpochDay; date < fromEpochDay + count; date++) {
                final PoolDay day = day(desk.id(), date);
                places += day == null ? 0 : day.places();
            }
        }
        return places;
    }

    /** The dates on which a post's desks are open, ascending. */
    public List<Integer> openDates(final Post post, final int fromEpochDay, final int count) {
        final List<Integer> dates = new ArrayList<>();
        for (int date = fromEpochDay; date < fromEpochDay + count; date++) {
            if (day(post.desks().get(0).id(), date) != null) {
                dates.add(date);
            }
        }
        return dates;
    }
}
