package org.mawid.bench.capacity.report;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.bench.capacity.plan.Plan;
import org.mawid.bench.capacity.plan.PlanKey;
import org.mawid.bench.capacity.plan.Prose;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.Fees;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.PostResult;
import org.mawid.sbe.Result;

/** A plan's result as a page that a planner reads, 100 columns wide: a table, what lies behind it, and three sentences. */
public final class PlanText {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);
    private static final int MOST_POSTS = 20;
    private static final int MOST_SERVICES = 4;
    /** Of fewer, nine in ten say nothing. */
    private static final int LEAST_APPOINTMENTS = 10;
    private static final int MOST_WEEKS = 16;
    private static final int NAME = 20;
    /** To look at one request (demand.md, section 2 [A]). */
    private static final double DECISION_MINUTES = 2;

    private static final String HEAD = """
            desk %-20s ctrs   asked  load  used third  wait  wait    re-         stran-  queue
                                              %%     %% next, half, 9/10, fused later   ded,  9/10,
                                                            d     d     d     %%     %%    min    min
            """;
    private static final String ROW = "%-4s %-20s %4d %7d %5.0f %5.0f %5.1f %5.1f %5.1f %5.1f %5.1f %6.0f %6.0f%n";

    private PlanText() {
    }

    public static String page(final PlanResult result) {
        final StringBuilder page = new StringBuilder(4096);
        final Plan plan = result.plan();
        if (result.isOnePost()) {
            final PostResult post = result.posts().get(0);
            page.append(Prose.text("%s (%s): %s at %s, open %.1f hours a week%n", post.site().post().city(), post.site().post().code(), Prose.count(post.site().counters(), "counter"),
                    Prose.count(post.desks().size(), "desk"), post.hoursAWeek()));
        } else {
            page.append(Prose.text("%s, %s%n", Prose.count(result.posts().size(), "post"), Prose.count(result.counters(), "counter")));
        }
        page.append(Prose.wrapped(period(result), "  ")).append('\n');
        if (!said(plan).isEmpty()) {
            page.append(Prose.wrapped(said(plan), "  ")).append('\n');
        }
        if (!result.posts().get(0).demand().isEmpty()) {
            page.append(Prose.wrapped("demand of the journal" + (result.isOnePost() ? ": " + result.posts().get(0).demand() : ", of each post its own; --json tells what was seen there"), "  ")).append('\n');
        }
        page.append('\n').append(result.isOnePost() ? desks(result.posts().get(0)) : posts(result));
        page.append('\n').append(more(result)).append('\n');
        PlanSentences.of(result).forEach(sentence -> page.append(Prose.wrapped(sentence, "")).append('\n'));
        return page.toString();
    }

    static String period(final PlanResult result) {
        final LocalDate to = result.plan().to().minusDays(1);
        final int warmUp = result.posts().stream().mapToInt(PostResult::warmUpWeeks).min().orElse(0);
        return Prose.text("%s to %s (%s), after %s of warm-up from an empty calendar", DAY.format(result.plan().from()), DAY.format(to), Prose.count(result.plan().weeks(), "week"), Prose.count(warmUp, "week"));
    }

    /** What was said, other than what is usual. */
    static String said(final Plan plan) {
        final List<String> said = new ArrayList<>();
        for (final PlanKey key : PlanKey.values()) {
            if (key != PlanKey.POSTS && key != PlanKey.FROM && key != PlanKey.WEEKS && key != PlanKey.WARM_UP && !plan.isUsual(key)) {
                said.add(key.key() + " " + plan.text(key));
            }
        }
        return said.isEmpty() ? "" : "with " + String.join(", ", said);
    }

    // ---- tables

    private static String desks(final PostResult post) {
        final StringBuilder table = new StringBuilder(Prose.text(HEAD, "serves"));
        for (int desk = 0; desk < post.desks().size(); desk++) {
            final Desk of = post.site().desks().get(desk);
            table.append(row(of.code(), groups(of), of.capacity(), post.desks().get(desk)));
        }
        return post.desks().size() == 1 ? table.toString() : table.append(row("all", "", post.site().counters(), post.all())).toString();
    }

    private static String row(final String code, final String name, final int counters, final DeskFigures of) {
        return Prose.text(ROW, code, name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name, counters, of.asked, of.loadPercent(), of.utilisationPercent(), of.thirdNextMeanDays(),
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
        final StringBuilder table = new StringBuilder(Prose.text(HEAD, "longest wait first").replaceFirst("desk", "    "));
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

    private static String longestWaits(final Network network, final DeskFigures all) {
        final String longest = PlanJson.byWait(all).stream().filter(entry -> entry.getValue().count() >= LEAST_APPOINTMENTS).limit(MOST_SERVICES)
                .map(entry -> Prose.text("%s %.1f d", network.service(entry.getKey()).code(), entry.getValue().percentile(90))).collect(Collectors.joining(", "));
        return longest.isEmpty() ? Prose.text("no service has %d appointments", LEAST_APPOINTMENTS) : longest + " (nine in ten)";
    }

    static List<PostResult> longestFirst(final PlanResult result) {
        final List<PostResult> posts = new ArrayList<>(result.posts());
        posts.sort(Comparator.comparingDouble((final PostResult post) -> -PlanSentences.badness(post.all())).thenComparing(post -> post.site().post().code()));
        return posts;
    }

    // ---- what lies behind

    private static String more(final PlanResult result) {
        final DeskFigures all = result.all();
        final StringBuilder lines = new StringBuilder();
        if (result.isOnePost()) {
            final PostResult post = result.posts().get(0);
            line(lines, "longest waits", longestWaits(post.site().network(), all));
            final StringBuilder hours = new StringBuilder();
            for (int hour = 0; hour < DeskFigures.HOURS; hour++) {
                hours.append(all.openDaysAt[hour] > 0 ? Prose.text("%d h %.1f  ", hour, all.waiting(hour)) : "");
            }
            line(lines, "waiting there", hours + "people, mean");
        }
        line(lines, "no start at all", reasons(all.refused));
        if (result.plan().share(PlanKey.ELSEWHERE) > 0) {
            line(lines, "another post", DeskFigures.sum(all.went) == 0 ? "nobody had to try one" : Prose.text("%,d went to the nearest other one, most: %s", DeskFigures.sum(all.went), roads(result)));
        }
        line(lines, "another day", reasons(all.displaced) + " for the first day that they would have liked");
        final double weeks = result.plan().weeks();
        line(lines, "validation", Prose.text("%,d requests looked at, %.0f agent-hours a week at %.0f min each; %,d rejected (%.1f %%), of these %,d sent again; %,d gave up",
                all.decisions, all.decisions * DECISION_MINUTES / 60 / weeks, DECISION_MINUTES, all.rejected, all.rejectedPercent(), all.resubmitted, all.rejectedForGood));
        line(lines, "stamps", Prose.text("%,d services stamped (%.0f %%), %,.0f a week; MAD %,d issued, %,d a week; MAD %,d of it void again",
                Fees.sum(all.fees.services), all.stampedPercent(), Fees.sum(all.fees.services) / weeks, mad(all.fees.issuedCentimes), Math.round(mad(all.fees.issuedCentimes) / weeks), mad(all.fees.voidCentimes)));
        line(lines, "fees of the served", Prose.text("MAD %,d by stamp, MAD %,d at the counter; by week in MAD 1,000: %s", mad(all.fees.servedCentimes), mad(all.fees.counterCentimes), byWeek(all.fees)));
        line(lines, "at the counters", Prose.text("%,d served, %.0f %% of them at several desks; %,d of those who came had no appointment; %,.0f minutes of overtime a day", all.served, 100.0 * all.servedOverDesks / Math.max(1, all.served), all.walkIns, all.perOpenDay(all.overtimeMinutes)));
        if (all.absentMinutes > 0) {
            line(lines, "absent", Prose.text("%.1f %% of the counters' time; %,d visits moved to another day, half of them by %.1f days or less; %,d could not be moved%s", all.absentPercent(), all.replaced,
                    all.replacedDays.percentile(50), all.notReplaced, all.sentHome == 0 ? "" : Prose.text("; %,d came to an empty desk and had to come again", all.sentHome)));
        }
        line(lines, "not held", Prose.text("%,d did not come (%.1f %% of the counters' time), %,d cancelled; %,d moved", all.noShows, all.noShowPercent(), all.cancelled, all.moved));
        line(lines, "left free", Prose.text("%,.0f counter minutes a day; %,.0f too short for any service of the desk, %,.0f for its usual visit",
                all.perOpenDay(all.freeMinutes), all.perOpenDay(all.strandedMinutes), all.perOpenDay(all.shortMinutes)));
        return lines.toString();
    }

    private static void line(final StringBuilder lines, final String name, final String what) {
        lines.append(Prose.wrapped(Prose.text("%-18s ", name).replace(' ', '\u00A0') + what, " ".repeat(19))).append('\n');
    }

    private static long mad(final long[] centimes) {
        return Fees.dirhams(Fees.sum(centimes));
    }

    private static String byWeek(final Fees fees) {
        final List<Long> weeks = new ArrayList<>();
        for (int week = 0; week < fees.weeks(); week++) {
            weeks.add(Math.round((fees.servedCentimes[week] + fees.counterCentimes[week]) / 100_000.0));
        }
        return weeks.size() <= MOST_WEEKS ? weeks.stream().map(week -> Prose.text("%,d", week)).collect(Collectors.joining(" "))
                : Prose.text("%,d to %,d", Collections.min(weeks), Collections.max(weeks));
    }

    /** From where, and to where. */
    private static String roads(final PlanResult result) {
        return most(result, "from", post -> DeskFigures.sum(post.all().went)) + "; " + most(result, "to", post -> post.all().came);
    }

    private static String most(final PlanResult result, final String direction, final ToLongFunction<PostResult> count) {
        return direction + " " + result.posts().stream().filter(post -> count.applyAsLong(post) > 0).sorted(Comparator.comparingLong((final PostResult post) -> -count.applyAsLong(post)))
                .limit(MOST_SERVICES).map(post -> Prose.text("%s %,d", post.site().post().city(), count.applyAsLong(post))).collect(Collectors.joining(", "));
    }

    private static String reasons(final Map<Result, Long> counts) {
        final String told = counts.entrySet().stream().filter(entry -> entry.getValue() > 0) // 0 = all of them went to another post and found something
                .map(entry -> Prose.text("%s %,d", entry.getKey(), entry.getValue())).collect(Collectors.joining(", "));
        return told.isEmpty() ? "nobody" : told;
    }
}
