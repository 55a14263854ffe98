package org.mawid.engine.readmodel.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mawid.engine.readmodel.CatalogueView.Pool;
import org.mawid.engine.readmodel.CatalogueView.Post;
import org.mawid.engine.readmodel.CatalogueView.Rules;
import org.mawid.engine.readmodel.CatalogueView.Service;
import org.mawid.engine.readmodel.CatalogueView.Tariff;

/** Everything at one moment. Immutable; the calendar versions of the posts in it are not kept up to date. */
final class Picture {
    /** A pool with the services that it serves: bit s - 1 of the first for services 1 to 64, of the second for those above. */
    record Serving(Pool pool, long first, long second) {
        boolean serves(final int serviceId) {
            final long word = serviceId <= 64 ? first : second;
            return (word >>> (serviceId - 1) & 1) != 0;
        }

        Serving with(final int serviceId, final boolean serves) {
            final long bit = 1L << serviceId - 1;
            final boolean low = serviceId <= 64;
            return new Serving(pool, low ? set(first, bit, serves) : first, low ? second : set(second, bit, serves));
        }

        private static long set(final long word, final long bit, final boolean on) {
            return on ? word | bit : word & ~bit;
        }
    }

    /** The tariff that may be in force and the one that is in force or comes next. @param older null = none */
    record Tariffs(Tariff older, Tariff newest) {
        /** As the core keeps two: what is in force when the next is set is kept beside it. @param nowMs log time when it was set */
        Tariffs with(final Tariff tariff, final long nowMs) {
            return new Tariffs(newest.validFromMs() <= nowMs ? newest : older, tariff);
        }

        List<Tariff> kept() {
            return older == null ? List.of(newest) : List.of(older, newest);
        }

        Tariff inForce(final long nowMs) {
            if (newest.validFromMs() <= nowMs) {
                return newest;
            }
            return older != null && older.validFromMs() <= nowMs ? older : null;
        }
    }

    static final Picture EMPTY = new Picture(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), null);

    final Map<Integer, Post> posts;
    final Map<String, Post> postsByCode;
    final Map<Integer, Service> services;
    final Map<String, Service> servicesByCode;
    final Map<Integer, Serving> pools;
    final Map<Integer, List<Serving>> poolsByPost;
    final Map<Integer, Tariffs> tariffs;
    final List<Service> serviceList;
    /** Null = not told yet. */
    final Rules rules;

    Picture(final TreeMap<Integer, Post> posts, final TreeMap<Integer, Service> services, final TreeMap<Integer, Serving> pools, final TreeMap<Integer, Tariffs> tariffs,
            final Rules rules) {
        this.posts = new TreeMap<>(posts);
        this.postsByCode = byCode(posts.values(), Post::code);
        this.services = Map.copyOf(services);
        this.servicesByCode = byCode(services.values(), Service::code);
        this.pools = Map.copyOf(pools);
        this.poolsByPost = pools.values().stream()
                .collect(Collectors.groupingBy(serving -> serving.pool.postId(), Collectors.toCollection(ArrayList::new)));
        this.tariffs = Map.copyOf(tariffs);
        this.serviceList = List.copyOf(services.values());
        this.rules = rules;
    }

    private static <T> Map<String, T> byCode(final Collection<T> all, final Function<T, String> code) {
        return all.stream().collect(Collectors.toUnmodifiableMap(code, Function.identity(), (earlier, later) -> earlier));
    }
}
