package org.mawid.api.network;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mawid.api.network.Network.Group;
import org.mawid.api.network.Network.Names;
import org.mawid.api.network.Network.PostKind;
import org.mawid.api.network.Network.Weekend;

/**
 * What people read and the log does not have: names, places, zones and documents, by the codes that the log has. Immutable, any thread.
 */
public final class NetworkNames {
    /** Nothing was imported: every look-up says so. */
    public static final NetworkNames NONE = new NetworkNames(Map.of(), Map.of(), Map.of());

    /** @param country ISO 3166 alpha-2 */
    public record PostNames(String code, Names names, PostKind kind, String city, String country, ZoneId zone, Weekend weekend) {
    }

    /** @param documentsEn as many as {@code documentsFr}, in the same order */
    public record ServiceNames(String code, Names names, Group group, List<String> documentsFr, List<String> documentsEn) {
    }

    private final Map<String, PostNames> posts;
    private final Map<String, ServiceNames> services;
    /** By code of the post, then of the desk. */
    private final Map<String, Map<String, String>> places;

    private NetworkNames(final Map<String, PostNames> posts, final Map<String, ServiceNames> services, final Map<String, Map<String, String>> places) {
        this.posts = posts;
        this.services = services;
        this.places = places;
    }

    public static NetworkNames of(final Network network) {
        final Map<String, PostNames> posts = new HashMap<>();
        for (final Network.Post post : network.posts()) {
            posts.put(post.code(), new PostNames(
                    post.code(), post.names(), post.kind(), post.city(), post.country(), post.zone(), post.weekend()));
        }
        final Map<String, ServiceNames> services = new HashMap<>();
        for (final Network.Service service : network.services()) {
            services.put(service.code(), new ServiceNames(
                    service.code(), service.names(), service.group(), service.documentsFr(), service.documentsEn()));
        }
        final Map<String, Map<String, String>> places = new HashMap<>();
        for (final Network.Pool pool : network.pools()) {
            if (pool instanceof Network.Desk desk && desk.place() != null) {
                places.computeIfAbsent(network.posts().get(desk.postId() - 1).code(), code -> new HashMap<>()).put(desk.code(), desk.place());
            }
        }
        return new NetworkNames(posts, services, places);
    }

    /** Null when the files know no such post. */
    public PostNames post(final String code) {
        return posts.get(code);
    }

    /** Null when the files know no such service. */
    public ServiceNames service(final String code) {
        return services.get(code);
    }

    /** Where a mobile desk is; {@code null} = at the post. */
    public String place(final String postCode, final String deskCode) {
        return places.getOrDefault(postCode, Map.of()).get(deskCode);
    }

    /** Never null: UTC for a post that is not known. */
    public ZoneId zone(final String postCode) {
        final PostNames post = posts.get(postCode);
        return post == null ? ZoneOffset.UTC : post.zone();
    }
}
