package org.mawid.bench.capacity.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mawid.bench.capacity.plan.Plan;

/** What a plan came to at all of its posts, in the order of the files. */
public record PlanResult(Plan plan, List<PostResult> posts) {
    /** One post has its desks to show, several have each other. */
    public boolean isOnePost() {
        return posts.size() == 1;
    }

    public int counters() {
        return posts.stream().mapToInt(post -> post.site().counters()).sum();
    }

    /** All posts together; what is by date is weighted by counters. */
    public DeskFigures all() {
        if (isOnePost()) {
            return posts.get(0).all();
        }
        final DeskFigures all = new DeskFigures(posts.get(0).desks().get(0).thirdNextDays.length);
        for (final PostResult post : posts) {
            final DeskFigures ofPost = post.all();
            all.add(ofPost);
            for (int date = 0; date < all.thirdNextDays.length; date++) {
                all.thirdNextDays[date] += ofPost.thirdNextDays[date] * post.site().counters() / counters();
            }
        }
        all.countOnce();
        return all;
    }

    /** What became of every arrival. */
    public Map<String, Long> books() {
        final Map<String, Long> books = new LinkedHashMap<>();
        posts.forEach(post -> post.books().forEach((what, count) -> books.merge(what, count, Long::sum)));
        return books;
    }

    public long commands() {
        return posts.stream().mapToLong(PostResult::commands).sum();
    }
}
