package org.mawid.bench.capacity.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mawid.api.network.Network.Desk;
import org.mawid.bench.capacity.plan.Prose;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.Fees;
import org.mawid.bench.capacity.result.Measure;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.Target;
import org.mawid.bench.capacity.result.TargetSearch;

/** Plans side by side, and what a search for counters found, as a planner reads them. */
public final class PlanTables {
    private static final int LABEL = 22;
    private static final int LEAST_WIDTH = 12;

    private PlanTables() {
    }

    public static String compared(final List<PlanResult> results) {
        final int width = Math.max(LEAST_WIDTH, results.stream().mapToInt(result -> result.plan().name().length()).max().orElse(0) + 2);
        final StringBuilder page = new StringBuilder(2048);
        final boolean isAlike = results.stream().map(PlanTables::frame).distinct().count() == 1;
        if (isAlike) {
            page.append(Prose.wrapped(frame(results.get(0)), "  ")).append('\n');
        }
        for (final PlanResult result : results) {
            final String said = PlanText.said(result.plan());
            page.append(Prose.wrapped(result.plan().name() + (isAlike ? "" : ": " + frame(result)) + (said.isEmpty() ? "" : ": " + said), "  ")).append('\n');
        }
        page.append('\n');
        row(page, results, width, "", result -> result.plan().name());
        row(page, results, width, "counters", result -> String.valueOf(result.counters()));
        for (final Measure measure : Measure.values()) {
            row(page, results, width, measure.key(), result -> measure.shown(measure.of(result.all())));
        }
        row(page, results, width, "tried another post", result -> Prose.text("%,d", DeskFigures.sum(result.all().went)));
        row(page, results, width, "lost to no-shows", result -> Prose.text("%.1f %%", result.all().noShowPercent()));
        row(page, results, width, "counters absent", result -> Prose.text("%.1f %%", result.all().absentPercent()));
        row(page, results, width, "visits moved for it", result -> Prose.text("%,d", result.all().replaced));
        row(page, results, width, "came to nobody", result -> Prose.text("%,d", result.all().sentHome));
        row(page, results, width, "stranded a day", result -> Prose.text("%.0f min", result.all().perOpenDay(result.all().strandedMinutes)));
        row(page, results, width, "overtime a day", result -> Prose.text("%.0f min", result.all().perOpenDay(result.all().overtimeMinutes)));
        row(page, results, width, "served", result -> Prose.text("%,d", result.all().served));
        new OverbookedWaits(results).tell((label, cell) -> row(page, results, width, label, cell));
        row(page, results, width, "fees, MAD 1,000", result -> Prose.text("%,d", Math.round((Fees.sum(result.all().fees.servedCentimes) + Fees.sum(result.all().fees.counterCentimes)) / 100_000.0)));
        final List<String> desks = results.get(0).isOnePost() ? codes(results.get(0)) : List.of();
        final boolean sameDesks = results.stream().allMatch(result -> result.isOnePost() && codes(result).equals(desks));
        for (int desk = 0; sameDesks && desk < desks.size(); desk++) {
            final int of = desk;
            row(page, results, width, desks.get(desk) + " nine in ten wait", result -> Measure.WAIT_MOST.shown(Measure.WAIT_MOST.of(result.posts().get(0).desks().get(of))));
        }
        return page.toString();
    }

    /** Where and when. */
    private static String frame(final PlanResult result) {
        return (result.isOnePost() ? result.posts().get(0).site().post().code() : result.posts().size() + " posts") + ", " + PlanText.period(result);
    }

    private static List<String> codes(final PlanResult result) {
        return result.posts().get(0).site().desks().stream().map(Desk::code).toList();
    }

    private static void row(final StringBuilder page, final List<PlanResult> results, final int width, final String label, final Function<PlanResult, String> cell) {
        page.append(Prose.text("%-" + LABEL + "s", label));
        results.forEach(result -> page.append(Prose.text("%" + width + "s", cell.apply(result))));
        page.append('\n');
    }

    public static String target(final Target target, final List<TargetSearch.Answer> answers, final List<String> posts) {
        final StringBuilder page = new StringBuilder(2048);
        page.append(Prose.wrapped("the smallest number of counters with which " + target + ": " + target.measure().meaning(), "  ")).append("\n\n");
        for (int i = 0; i < answers.size(); i++) {
            page.append(posts.get(i)).append(", ").append(PlanText.period(answers.get(i).last())).append('\n');
            answer(page, target, answers.get(i));
            page.append('\n');
        }
        return page.toString();
    }

    private static boolean isTriedTwice(final TargetSearch.Answer answer, final String desk) {
        final List<Integer> counters = answer.tried().stream().filter(one -> one.desk().equals(desk)).map(TargetSearch.Try::counters).toList();
        return counters.stream().distinct().count() < counters.size();
    }

    private static void answer(final StringBuilder page, final Target target, final TargetSearch.Answer answer) {
        page.append(Prose.text("%-6s %6s %8s %10s   %s%n", "desk", "now", "needed", "reaches", "tried: counters → reached"));
        int now = 0;
        int needed = 0;
        for (final TargetSearch.Found found : answer.found()) {
            final String tried = answer.tried().stream().filter(one -> one.desk().equals(found.desk())).map(PlanTables::told).collect(Collectors.joining(", "));
            final boolean isNone = answer.isSettled() && !found.met();
            page.append(Prose.text("%-6s %6d %8s %10s   %s%n", found.desk(), found.before(), isNone ? "none" : found.counters() + (answer.isSettled() ? "" : "?"),
                    isNone ? "–" : target.measure().shown(found.figure()), tried));
            now += found.before();
            needed += found.counters();
        }
        page.append(Prose.text("%-6s %6d %8s   %d simulations%n", "all", now, answer.isMet() ? needed + (answer.isSettled() ? "" : "?") : "–", answer.runs()));
        notes(answer).forEach(note -> page.append(Prose.wrapped(note, "")).append('\n'));
    }

    private static String told(final TargetSearch.Try one) {
        return Prose.text("%d → %.1f%s", one.counters(), one.figure(), one.missing().isEmpty() ? "" : " (not " + one.missing() + ")");
    }

    /** What must be known of an answer before anybody acts on it. */
    static List<String> notes(final TargetSearch.Answer answer) {
        final List<String> notes = new ArrayList<>();
        if (!answer.isSettled()) {
            notes.add("NOT SETTLED: stopped after " + Prose.count(answer.runs(), "simulation") + ". " + (answer.isMet() ? "All desks meet the target together with what was tried last, but whether fewer would do was not tried to the end."
                    : "What was tried last does not meet the target at every desk: this is no answer."));
        } else if (answer.found().size() > 1 && answer.isMet()) {
            notes.add("All desks meet the target together with what is needed, and with one counter fewer at any of them not all do. Fewer in all may do where one has more and others have fewer: that was not tried.");
        }
        if (answer.found().stream().anyMatch(found -> isTriedTwice(answer, found.desk()))) {
            notes.add("A number tried again was tried beside other numbers at the other desks: visits go from desk to desk.");
        }
        if (answer.tried().stream().anyMatch(one -> !one.missing().isEmpty())) {
            notes.add("(not D2): enough for the desk itself, but another, as D2, missed the target beside it.");
        }
        if (answer.isSettled() && !answer.isMet()) {
            notes.add("No number of counters up to " + TargetSearch.MOST_COUNTERS + " does it where 'none' stands: something else is short, such as hours, shared places, or the patience of people. What is needed elsewhere is beside so many there.");
        }
        return notes;
    }
}
