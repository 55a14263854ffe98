package org.mawid.bench.capacity.post;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mawid.bench.capacity.plan.Site;
import org.mawid.bench.capacity.post.PostSimulation.Progress;
import org.mawid.bench.capacity.result.PostResult;

/**
 * The posts of one country, lived at the same time, so that who finds nothing at one can try the nearest other one that serves all they want (since January 2024
 * any post serves anybody, see {@code demand.md}). Event after event in the order of time, at the same instant in the order of the posts: one thread, and the same
 * result whatever else runs.
 * <p>There they bring what was validated already, begin to look anew with the same patience, and go no further [A].
 */
public final class Neighbours {
    private final List<PostSimulation> posts;
    private final Coordinates coordinates;

    /** @param posts in the order of the files */
    public Neighbours(final List<PostSimulation> posts, final Coordinates coordinates) {
        this.posts = posts;
        this.coordinates = coordinates;
    }

    public List<PostResult> run(final Progress progress) {
        try {
            for (final PostSimulation post : posts) {
                final List<PostSimulation> near = nearestFirst(post);
                post.start((position, nowMs, buffer, length) -> { }, (visitor, nowMs) -> goes(post, near, visitor, nowMs));
            }
            for (PostSimulation next = next(); next != null; next = next()) {
                next.next(progress);
            }
            final List<PostResult> results = new ArrayList<>();
            posts.forEach(post -> results.add(post.end()));
            balance(results);
            return results;
        } finally {
            posts.forEach(PostSimulation::close);
        }
    }

    private List<PostSimulation> nearestFirst(final PostSimulation from) {
        final List<PostSimulation> others = new ArrayList<>(posts);
        others.remove(from);
        others.sort(Comparator.comparingDouble(other -> coordinates.km(from.site().post().code(), other.site().post().code())));
        return others;
    }

    private PostSimulation next() {
        PostSimulation next = null;
        for (final PostSimulation post : posts) {
            if (post.nextMs() != PostSimulation.NEVER && (next == null || post.nextMs() < next.nextMs())) {
                next = post;
            }
        }
        return next;
    }

    private static boolean goes(final PostSimulation from, final List<PostSimulation> near, final Visitor visitor, final long nowMs) {
        for (final PostSimulation other : near) {
            if (servesAll(other.site(), visitor)) {
                return other.welcomes(visitor.elsewhere(from.site().post().id(), other.site()), nowMs);
            }
        }
        return false;
    }

    private static boolean servesAll(final Site site, final Visitor visitor) {
        for (final int service : visitor.services) {
            if (site.deskOf(service) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void balance(final List<PostResult> results) {
        long went = 0;
        long came = 0;
        for (final PostResult result : results) {
            went += result.books().get("wentElsewhere");
            came += result.books().get("cameFromElsewhere");
        }
        if (went != came) {
            throw new IllegalStateException("the books do not balance: " + went + " went to another post, and " + came + " came");
        }
    }
}
