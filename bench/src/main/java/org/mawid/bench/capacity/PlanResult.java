package org.mawid.bench.capacity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a plan came to at all of its posts, in the order of the files. */
record PlanResult(Plan plan, List<PostResult> posts) {
    /** One post has its desks to show, several have each other. */
    boolean isOnePost() {
        return posts.size() == 1;
    }

    int counters() {
        return posts.stream().mapToInt(post -> post.site().counters()).sum();
    }

    /** All posts together; what is by date is weighted by counters. */
    DeskFigures all() {
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
    Map<String, Long> books() {
        final Map<String, Long> books = new LinkedHashMap<>();
        posts.forEach(post -> post.books().forEach((what, count) -> books.merge(what, count, Long::sum)));
        return books;
    }

    long commands() {
        return posts.stream().mapToLong(PostResult::commands).sum();
    }
}
