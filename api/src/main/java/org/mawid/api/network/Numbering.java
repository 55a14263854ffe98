package org.mawid.api.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.Resource;
import org.mawid.api.network.Network.Service;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.sbe.PoolKind;

/**
 * Under which number the log knows each post, service and pool. What the log has keeps its number, found by code; what is new
 * gets the next ones, in file order. So a desk can be added in the middle of a file, and into an empty log the numbers are those
 * of the files.
 */
final class Numbering {
    private final int[] posts;
    private final int[] services;
    private final int[] pools;

    Numbering(Network network, CatalogueView log) {
        posts = new int[network.posts().size() + 1];
        services = new int[network.services().size() + 1];
        pools = new int[network.pools().size() + 1];
        int lastPost = 0;
        int lastPool = 0;
        for (CatalogueView.Post post : log.posts()) {
            lastPost = Math.max(lastPost, post.postId());
            for (CatalogueView.Pool pool : log.pools(post.postId())) lastPool = Math.max(lastPool, pool.poolId());
        }
        for (Post post : network.posts()) {
            final CatalogueView.Post known = log.post(post.code());
            posts[post.id()] = known != null ? known.postId() : next(++lastPost, CatalogueFiles.MAX_POSTS, "post", post.code());
        }
        int lastService = log.services().stream().mapToInt(CatalogueView.Service::serviceId).max().orElse(0);
        for (Service service : network.services()) {
            final CatalogueView.Service known = log.service(service.code());
            services[service.id()] = known != null ? known.serviceId() : next(++lastService, CatalogueFiles.MAX_SERVICES, "service", service.code());
        }
        for (Post post : network.posts()) {
            final Map<String, Integer> known = new HashMap<>();
            final List<CatalogueView.Pool> ofPost = log.post(post.code()) == null ? List.of() : log.pools(posts[post.id()]);
            ofPost.forEach(pool -> known.put(key(pool.kind(), pool.code()), pool.poolId()));
            for (Pool pool : network.poolsOf(post.id())) {
                final Integer number = known.get(key(kind(pool), code(pool)));
                pools[pool.id()] = number != null ? number : next(++lastPool, CatalogueFiles.MAX_POOLS, "desk or resource", post.code() + ' ' + code(pool));
            }
        }
    }

    int post(Post post) {
        return posts[post.id()];
    }

    int service(int serviceId) {
        return services[serviceId];
    }

    int pool(int poolId) {
        return pools[poolId];
    }

    static PoolKind kind(Pool pool) {
        return pool instanceof Resource resource ? CommandWriter.kind(resource.kind()) : PoolKind.DESK;
    }

    /** A desk by its code; a resource by its kind, of which a post has one. */
    static String code(Pool pool) {
        return pool instanceof Desk desk ? desk.code() : ((Resource) pool).kind().name();
    }

    private static String key(PoolKind kind, String code) {
        return kind == PoolKind.DESK ? "DESK " + code : kind.name();
    }

    private static int next(int number, int max, String what, String code) {
        if (number > max) throw new NetworkImportException("no number is left for the " + what + ' ' + code + ": the log has " + max);
        return number;
    }
}
