package org.mawid.bench.capacity.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.api.network.Network.Pool;
import org.mawid.api.network.Network.Post;
import org.mawid.api.network.Network.Resource;
import org.mawid.api.network.Network.ResourceKind;
import org.mawid.api.network.Network.Service;
import org.mawid.sbe.PoolKind;

/** One post of a planned network: its desks, its shared places, and who serves what. Immutable. */
public final class Site {
    private final Network network;
    private final Post post;
    private final List<Desk> desks = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final int[] deskOfService;

    public Site(final Network network, final Post post) {
        this.network = network;
        this.post = post;
        this.deskOfService = new int[network.services().size() + 1];
        Arrays.fill(deskOfService, -1);
        for (final Pool pool : network.poolsOf(post.id())) {
            if (pool instanceof Desk desk) {
                desk.serviceIds().forEach(service -> deskOfService[service] = desks.size());
                desks.add(desk);
            } else {
                resources.add((Resource) pool);
            }
        }
    }

    public Network network() {
        return network;
    }

    public Post post() {
        return post;
    }

    public List<Desk> desks() {
        return desks;
    }

    public List<Resource> resources() {
        return resources;
    }

    public int counters() {
        return desks.stream().mapToInt(Desk::capacity).sum();
    }

    /** Index of the desk that serves it, -1 = none here. */
    public int deskOf(final int serviceId) {
        return deskOfService[serviceId];
    }

    /** Bit k = needs a place of PoolKind k. */
    public static int kinds(final Service service) {
        int kinds = 0;
        for (final ResourceKind kind : service.resourceKinds()) {
            kinds |= 1 << PoolKind.valueOf(kind.name()).value();
        }
        return kinds;
    }

    /** The pool of a kind. @return 0 = there is none */
    public int resource(final int kind) {
        for (final Resource resource : resources) {
            if (PoolKind.valueOf(resource.kind().name()).value() == kind) {
                return resource.id();
            }
        }
        return 0;
    }

    /** Five-minute units of the shortest service by appointment at a desk. */
    public int shortestUnits(final int desk) {
        return desks.get(desk).serviceIds().stream().map(network::service).filter(Service::appointmentRequired).mapToInt(service -> service.units(1)).min().orElse(1);
    }
}
