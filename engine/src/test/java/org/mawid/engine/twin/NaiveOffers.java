package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.ServiceScope;

/** What one Tick sees of what is on offer: it looks at 64 desks of posts it is asked for, and at 64 of whatever posts come first today. */
final class NaiveOffers {
    /** How a waiting application's turn ends. */
    enum Turn { EXPIRES, WAITS_A_DAY, NEXT_TICK }

    private static final int DESKS = 64;
    private static final int DAYS = 60;

    private final Model model;
    /** Services on offer at the posts that were looked at because somebody named them. */
    private final Map<Integer, Set<Integer>> atPost = new HashMap<>();
    private final Set<Integer> onTheWay = new HashSet<>();
    private final List<Integer> way = new ArrayList<>();
    private int desksLeft = DESKS;
    private int wayLeft = DESKS;

    /** Made anew for each Tick. */
    NaiveOffers(final Model model) {
        this.model = model;
        final List<Integer> posts = model.pools.values().stream().map(pool -> pool.post.id).distinct().sorted().toList();
        final long begin = Long.remainderUnsigned(model.today() * 2_654_435_769L, 1L << 32) * posts.size() / (1L << 32);
        for (int i = 0; i < posts.size(); i++) {
            way.add(posts.get((int) (begin + i) % posts.size()));
        }
    }

    Turn turn(final Model.Application application, final List<Model.Line> waiting) {
        final boolean nothingSeenYet = atPost.isEmpty();
        if (application.postId != 0) {
            return look(application.postId) ? turn(waiting.stream().anyMatch(line -> isSeen(application.postId, line))) : Turn.NEXT_TICK;
        }
        final List<Model.Line> free = waiting.stream().filter(line -> onlyPost(line) == 0).toList();
        while (free.stream().noneMatch(line -> onTheWay.contains(line.serviceId))) {
            if (free.isEmpty() || way.isEmpty() || cost(way.get(0)) > wayLeft) {
                return whereRegistered(application, waiting, nothingSeenYet);
            }
            wayLeft -= cost(way.get(0));
            onTheWay.addAll(onOffer(way.remove(0)));
        }
        return Turn.EXPIRES;
    }

    private Turn whereRegistered(final Model.Application application, final List<Model.Line> waiting, final boolean nothingSeenYet) {
        final int lines = application.lines.size();
        for (int i = 0; i < lines; i++) {
            final Model.Line line = application.lines.get((model.today() + i) % lines);
            if (!waiting.contains(line) || onlyPost(line) == 0) {
                continue;
            }
            if (look(onlyPost(line))) {
                if (isSeen(onlyPost(line), line)) {
                    return Turn.EXPIRES;
                }
            } else if (!nothingSeenYet) {
                return Turn.NEXT_TICK;
            }
        }
        return Turn.WAITS_A_DAY;
    }

    private int onlyPost(final Model.Line line) {
        return model.services.get(line.serviceId).scope == ServiceScope.REGISTERED_POST ? line.registeredPostId : 0;
    }

    /** @return false = not any more in this Tick */
    private boolean look(final int postId) {
        if (!atPost.containsKey(postId)) {
            if (cost(postId) > desksLeft) {
                return false;
            }
            desksLeft -= cost(postId);
            atPost.put(postId, onOffer(postId));
        }
        return true;
    }

    private boolean isSeen(final int postId, final Model.Line line) {
        return atPost.get(postId).contains(line.serviceId);
    }

    private static Turn turn(final boolean seen) {
        return seen ? Turn.EXPIRES : Turn.WAITS_A_DAY;
    }

    private int cost(final int postId) {
        return Math.max(1, desks(postId).size());
    }

    private List<Model.Pool> desks(final int postId) {
        return model.pools.values().stream()
                .filter(pool -> pool.post.id == postId && pool.kind == PoolKind.DESK && !pool.serves.isEmpty()).toList();
    }

    private Set<Integer> onOffer(final int postId) {
        final Set<Integer> services = new HashSet<>();
        for (final Model.Pool desk : desks(postId)) {
            for (int ahead = 0; ahead < DAYS; ahead++) {
                final Model.Day day = model.visibleDay(desk.id, model.today() + ahead);
                if (day != null && day.live.releasedAtMs <= model.nowMs && hasAnyRoom(day)) {
                    services.addAll(desk.serves);
                }
            }
        }
        return services;
    }

    private static boolean hasAnyRoom(final Model.Day day) {
        for (int unit = 0; unit < Model.UNITS; unit++) {
            if (day.open(day.live, unit) > day.taken(unit)) {
                return true;
            }
        }
        return false;
    }
}
