package org.mawid.bench.capacity;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mawid.api.network.Network.Desk;
import org.mawid.sbe.Result;

/** A plan's result as a page that a planner reads: a table and three sentences. */
final class PlanText {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final int MOST_POSTS = 20;
    private static final int MOST_SERVICES = 4;
    /**
     * From when on a desk counts as short: nine in ten wait so many days. "A week to ten days or more" is what people complain of, against a target of two
     * days (defaf.info, see {@code demand.md}).
     */
    private static final double SHORT_WAIT_DAYS = 10;
    private static final double SHORT_REFUSED_PERCENT = 1;
    /** And so many until the third next available visit, in the mean or in the last four weeks [A]: what a target is usually set at. */
    private static final double SHORT_THIRD_NEXT_DAYS = 5;

    private PlanText() {
    }

    static String page(final PlanResult result) {
        final StringBuilder page = new StringBuilder(4096);
        final Plan plan = result.plan();
        if (result.isOnePost()) {
            final PostResult post = result.posts().get(0);
            page.append(text("%s (%s): %d counters at %d desks, open %.1f hours a week%n", post.site().post().city(), post.site().post().code(), post.site().counters(),
                    post.desks().size(), post.hoursAWeek()));
        } else {
            page.append(text("%d posts, %d counters%n", result.posts().size(), result.counters()));
        }
        page.append(period(result)).append('\n').append(said(plan)).append('\n');
        page.append(result.isOnePost() ? desks(result.posts().get(0)) : posts(result));
        page.append('\n').append(more(result)).append('\n');
        sentences(result).forEach(sentence -> page.append(wrapped(sentence)).append('\n'));
        return page.toString();
    }

    private static String period(final PlanResult result) {
        final LocalDate to = result.plan().to().minusDays(1);
        final int warmUp = result.posts().stream().mapToInt(PostResult::warmUpWeeks).min().orElse(0);
        return text("%s to %s (%d weeks), after %d weeks of warm-up from an empty calendar", DAY.format(result.plan().from()), DAY.format(to), result.plan().weeks(), warmUp);
    }

    /** What was said, other than what is usual. */
    private static String said(final Plan plan) {
        final List<String> said = new ArrayList<>();
        for (final PlanKey key : PlanKey.values()) {
            if (key != PlanKey.POSTS && key != PlanKey.FROM && key != PlanKey.WEEKS && key != PlanKey.WARM_UP && !plan.isUsual(key)) {
                said.add(key.key() + " " + plan.text(key));
            }
        }
        return said.isEmpty() ? "" : "with " + String.join(", ", said) + "\n";
    }

    // ---- tables

    private static final String HEAD = "%-4s %-24s %8s %7s %6s %6s %10s %9s %7s %7s %7s %8s %10s%n";
    private static final String ROW = "%-4s %-24s %8d %7d %4.0f %% %4.0f %% %8.1f d %7.1f d %5.1f d %5.1f %% %5.1f %% %4.0f min %6.0f min%n";

    private static String desks(final PostResult post) {
        final StringBuilder table = new StringBuilder();
        table.append(text(HEAD, "desk", "serves", "counters", "asked", "load", "used", "third next", "wait half", "9 in 10", "refused", "later", "stranded", "queue 9/10"));
        for (int desk = 0; desk < post.desks().size(); desk++) {
            final Desk of = post.site().desks().get(desk);
            table.append(row(of.code(), groups(of), of.capacity(), post.desks().get(desk)));
        }
        return post.desks().size() == 1 ? table.toString() : table.append(row("all", "", post.site().counters(), post.all())).toString();
    }

    private static String row(final String code, final String name, final int counters, final DeskFigures of) {
        return text(ROW, code, name.length() > 24 ? name.substring(0, 23) + "…" : name, counters, of.asked, of.loadPercent(), of.utilisationPercent(), of.thirdNextMeanDays(),
                of.waitDays.percentile(50), of.waitDays.percentile(90), of.refusedPercent(), of.displacedPercent(), of.perOpenDay(of.strandedMinutes), of.queueMinutes.percentile(90));
    }

    private static String groups(final Desk desk) {
        return desk.groups().stream().map(group -> group.name().toLowerCase(Locale.ROOT).replace('_', ' ')).collect(Collectors.joining(", "));
    }

    /** As a name in a plot. */
    static String desk(final Desk desk) {
        return desk.code() + " " + groups(desk);
    }

    private static String posts(final PlanResult result) {
        final StringBuilder table = new StringBuilder();
        table.append(text(HEAD, "", "post, longest wait first", "counters", "asked", "load", "used", "third next", "wait half", "9 in 10", "refused", "later", "stranded", "queue 9/10"));
        final List<PostResult> posts = longestFirst(result);
        for (int i = 0; i < Math.min(MOST_POSTS, posts.size()); i++) {
            final PostResult post = posts.get(i);
            table.append(row(post.site().post().country(), post.site().post().city(), post.site().counters(), post.all()));
        }
        if (posts.size() > MOST_POSTS) {
            table.append("     … and ").append(posts.size() - MOST_POSTS).append(" more: --json and --report have them all\n");
        }
        return table.append(row("all", "", result.counters(), result.all())).toString();
    }

    static List<PostResult> longestFirst(final PlanResult result) {
        final List<PostResult> posts = new ArrayList<>(result.posts());
        posts.sort(Comparator.comparingDouble((final PostResult post) -> -badness(post.all())).thenComparing(post -> post.site().post().code()));
        return posts;
    }

    /** How bad it is to ask there: what nine in ten wait, and as if it were the longest possible for who finds nothing. */
    private static double badness(final DeskFigures of) {
        return of.waitDays.percentile(90) + OpenDates.AHEAD_DAYS * of.refusedPercent() / 100;
    }

    private static String more(final PlanResult result) {
        final DeskFigures all = result.all();
        final StringBuilder lines = new StringBuilder();
        if (result.isOnePost()) {
            final PostResult post = result.posts().get(0);
            lines.append("longest waits   ").append(PlanJson.byWait(all).stream().limit(MOST_SERVICES)
                    .map(entry -> text("%s %.1f d", post.site().network().service(entry.getKey()).code(), entry.getValue().percentile(90))).collect(Collectors.joining(", ")))
                    .append(" (nine in ten)\n");
            lines.append("waiting there   ");
            for (int hour = 0; hour < DeskFigures.HOURS; hour++) {
                if (all.openDaysAt[hour] > 0) {
                    lines.append(text("%d h %.1f  ", hour, all.waiting(hour)));
                }
            }
            lines.append("people, mean\n");
        }
        lines.append("no start at all ").append(reasons(all.refused)).append("\nanother day     ").append(reasons(all.displaced)).append(" for the first day that they would have liked\n");
        lines.append(text("at the counters %,d served, %,d of those who came had no appointment; %.0f minutes of overtime a day%n", all.served, all.walkIns, all.perOpenDay(all.overtimeMinutes)));
        lines.append(text("not held        %,d did not come (%.1f %% of the counters' time), %,d cancelled; %,d moved%n", all.noShows, all.noShowPercent(), all.cancelled, all.moved));
        return lines.append(text("left free       %.0f counter minutes a day; %.0f too short for any service of the desk, %.0f for its usual visit%n",
                all.perOpenDay(all.freeMinutes), all.perOpenDay(all.strandedMinutes), all.perOpenDay(all.shortMinutes))).toString();
    }

    private static String reasons(final Map<Result, Long> counts) {
        return counts.isEmpty() ? "nobody" : counts.entrySet().stream().map(entry -> text("%s %,d", entry.getKey(), entry.getValue())).collect(Collectors.joining(", "));
    }

    // ---- sentences

    static List<String> sentences(final PlanResult result) {
        final DeskFigures all = result.all();
        return List.of(
                text("%s %d counters; in these weeks %,d people ask for %,.0f minutes at them, %.0f %% of the time that they are open.",
                        result.isOnePost() ? result.posts().get(0).site().post().city() + " has" : "These posts have", result.counters(), all.asked, all.askedMinutes, all.loadPercent()),
                text("Half of them wait %.1f days from when they look and could come, nine in ten no longer than %.1f; the third next free visit is %.1f days away, %.1f in the last four weeks; %.1f %% find nothing that they would wait for.",
                        all.waitDays.percentile(50), all.waitDays.percentile(90), all.thirdNextMeanDays(), all.thirdNextLastDays(), all.refusedPercent()),
                shortOnes(result));
    }

    private static String shortOnes(final PlanResult result) {
        String worst = null;
        DeskFigures ofWorst = null;
        final List<String> shortOnes = new ArrayList<>();
        for (final PostResult post : result.posts()) {
            for (int desk = 0; desk < post.desks().size(); desk++) {
                final DeskFigures of = post.desks().get(desk);
                final String name = (result.isOnePost() ? "" : post.site().post().city() + " ") + desk(post.site().desks().get(desk));
                if (isShort(of)) {
                    shortOnes.add(name);
                }
                if (ofWorst == null || badness(of) > badness(ofWorst)) {
                    worst = name;
                    ofWorst = of;
                }
            }
        }
        final String detail = text("people ask for %.0f %% of its counters' time, nine in ten wait up to %.1f days, the third next free visit is %.1f days away in the last four weeks, %.1f %% find nothing",
                ofWorst.loadPercent(), ofWorst.waitDays.percentile(90), ofWorst.thirdNextLastDays(), ofWorst.refusedPercent());
        if (shortOnes.isEmpty()) {
            return text("No desk is short; the longest wait is at %s: %s.", worst, detail);
        }
        return text("%s short%s: at %s %s; --target \"third-next-available <= 5d\" tells how many counters that takes.",
                shortOnes.size() == 1 ? "One desk is" : shortOnes.size() + " desks are", shortOnes.size() == 1 || shortOnes.size() > 6 ? "" : " (" + String.join("; ", shortOnes) + ")", worst, detail);
    }

    /** Waits are long, or one in a hundred finds nothing. */
    private static boolean isShort(final DeskFigures of) {
        return of.waitDays.percentile(90) >= SHORT_WAIT_DAYS || of.refusedPercent() >= SHORT_REFUSED_PERCENT || Math.max(of.thirdNextMeanDays(), of.thirdNextLastDays()) > SHORT_THIRD_NEXT_DAYS;
    }

    // ---- plans side by side

    static String compared(final List<PlanResult> results) {
        final int width = Math.max(12, results.stream().mapToInt(result -> result.plan().name().length()).max().orElse(12) + 2);
        final StringBuilder page = new StringBuilder(2048);
        for (final PlanResult result : results) {
            page.append(result.plan().name()).append(": ").append(result.isOnePost() ? result.posts().get(0).site().post().code() : result.posts().size() + " posts").append(", ")
                    .append(period(result)).append('\n').append(said(result.plan()));
        }
        page.append('\n').append(text("%-26s", ""));
        results.forEach(result -> page.append(text("%" + width + "s", result.plan().name())));
        page.append(text("%n%-26s", "counters"));
        results.forEach(result -> page.append(text("%" + width + "d", result.counters())));
        page.append('\n');
        for (final Measure measure : Measure.values()) {
            page.append(text("%-26s", measure.key()));
            results.forEach(result -> page.append(text("%" + width + "s", measure.shown(measure.of(result.all())))));
            page.append('\n');
        }
        others(page, results, width);
        final List<String> desks = results.get(0).isOnePost() ? results.get(0).posts().get(0).site().desks().stream().map(Desk::code).toList() : List.of();
        final boolean sameDesks = results.stream().allMatch(result -> result.isOnePost() && result.posts().get(0).site().desks().stream().map(Desk::code).toList().equals(desks));
        for (int desk = 0; sameDesks && desk < desks.size(); desk++) {
            page.append(text("%-26s", desks.get(desk) + " nine in ten wait"));
            for (final PlanResult result : results) {
                page.append(text("%" + width + "s", Measure.WAIT_MOST.shown(Measure.WAIT_MOST.of(result.posts().get(0).desks().get(desk)))));
            }
            page.append('\n');
        }
        return page.toString();
    }

    private static void others(final StringBuilder page, final List<PlanResult> results, final int width) {
        page.append(text("%-26s", "time lost to no-shows"));
        results.forEach(result -> page.append(text("%" + width + "s", text("%.1f %%", result.all().noShowPercent()))));
        page.append(text("%n%-26s", "overtime a day"));
        results.forEach(result -> page.append(text("%" + width + "s", text("%.0f min", result.all().perOpenDay(result.all().overtimeMinutes)))));
        page.append(text("%n%-26s", "served"));
        results.forEach(result -> page.append(text("%" + width + "s", text("%,d", result.all().served))));
        page.append('\n');
    }

    // ---- a target

    static String target(final Target target, final List<TargetSearch.Answer> answers, final List<String> posts) {
        final StringBuilder page = new StringBuilder(2048).append("the smallest number of counters with which ").append(target).append(": ").append(target.measure().meaning()).append("\n\n");
        for (int i = 0; i < answers.size(); i++) {
            final TargetSearch.Answer answer = answers.get(i);
            page.append(text("%s, %s%n", posts.get(i), period(answer.last())));
            page.append(text("%-6s %6s %8s %10s   %s%n", "desk", "now", "needed", "reaches", "tried: counters → reached"));
            int now = 0;
            int needed = 0;
            boolean isMet = true;
            for (final TargetSearch.Found found : answer.found()) {
                final String tried = answer.tried().stream().filter(one -> one.desk().equals(found.desk())).map(one -> text("%d → %.1f", one.counters(), one.figure())).collect(Collectors.joining(", "));
                page.append(text("%-6s %6d %8s %10s   %s%n", found.desk(), found.before(), found.counters() == 0 ? "none" : found.counters(),
                        found.counters() == 0 ? "–" : target.measure().shown(found.figure()), tried));
                now += found.before();
                needed += found.counters();
                isMet &= found.counters() > 0;
            }
            page.append(text("%-6s %6d %8s   %d simulations%n", "all", now, isMet ? String.valueOf(needed) : "–", answer.runs()));
            if (!isMet) {
                page.append("No number of counters up to ").append(TargetSearch.MOST_COUNTERS).append(" does it where 'none' stands: something else is short, such as hours, shared places, or the patience of people.\n");
            }
            page.append('\n');
        }
        return page.toString();
    }

    /** A line of text, not longer than a terminal. */
    private static String wrapped(final String sentence) {
        final StringBuilder lines = new StringBuilder();
        int column = 0;
        for (final String word : sentence.split(" ")) {
            if (column + word.length() > 120) {
                lines.append("\n");
                column = 0;
            } else if (column > 0) {
                lines.append(' ');
            }
            lines.append(word);
            column += word.length() + 1;
        }
        return lines.toString();
    }

    static String text(final String format, final Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
