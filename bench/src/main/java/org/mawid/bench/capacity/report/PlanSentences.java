package org.mawid.bench.capacity.report;

import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.capacity.plan.PlannedNetwork;
import org.mawid.bench.capacity.plan.Prose;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.PostResult;

/** What a plan came to, in three sentences: what there is, how long people wait, which desk is short. */
final class PlanSentences {
    /**
     * From when on a desk counts as short: nine in ten wait so many days. "A week to ten days or more" is what people complain of, against a target of two
     * days (defaf.info, see {@code demand.md}).
     */
    private static final double SHORT_WAIT_DAYS = 10;
    private static final double SHORT_REFUSED_PERCENT = 1;
    /** And so many until the third next available visit, in the mean or in the last four weeks [A]: what a target is usually set at. */
    private static final double SHORT_THIRD_NEXT_DAYS = 5;
    /** And so many minutes at the post for nine in ten: the target of 2025 (bladi.net, see {@code demand.md}). */
    private static final double SHORT_QUEUE_MINUTES = 45;
    /** An hour in the queue is as bad as a day's wait for it [A]. */
    private static final double QUEUE_MINUTES_A_DAY = 60;
    private static final int MOST_NAMED = 6;

    private PlanSentences() {
    }

    static List<String> of(final PlanResult result) {
        final DeskFigures all = result.all();
        return List.of(
                Prose.text("%s %s; in these weeks %,d people ask for %,.0f minutes there, %.0f %% of the staffed time.",
                        result.isOnePost() ? result.posts().get(0).site().post().city() + " has" : "These posts have", Prose.count(result.counters(), "counter"), all.asked, all.askedMinutes, all.loadPercent()),
                Prose.text("Half of them wait %.1f days from when they look and could come, nine in ten no longer than %.1f; the third next free visit is %.1f days away, %.1f in the last four weeks; %.1f %% find nothing that they would wait for.",
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
                final String name = (result.isOnePost() ? "" : post.site().post().city() + " ") + PlanText.desk(post.site().desks().get(desk));
                if (isShort(of)) {
                    shortOnes.add(name);
                }
                if (ofWorst == null || badness(of) > badness(ofWorst)) {
                    worst = name;
                    ofWorst = of;
                }
            }
        }
        final String detail = Prose.text("people ask for %.0f %% of its counters' time, nine in ten wait up to %.1f days and then %.0f minutes there, the third next free visit is %.1f days away in the last four weeks, %.1f %% find nothing",
                ofWorst.loadPercent(), ofWorst.waitDays.percentile(90), ofWorst.queueMinutes.percentile(90), ofWorst.thirdNextLastDays(), ofWorst.refusedPercent());
        if (shortOnes.isEmpty()) {
            return Prose.text("No desk is short; the longest wait is at %s: %s.", worst, detail);
        }
        return Prose.text("%s short%s: at %s %s; --target \"%s\" tells how many counters that takes.",
                shortOnes.size() == 1 ? "One desk is" : shortOnes.size() + " desks are", shortOnes.size() == 1 || shortOnes.size() > MOST_NAMED ? "" : " (" + String.join("; ", shortOnes) + ")", worst, detail,
                isShortOfDays(ofWorst) ? "third-next-available <= 5d" : "queue-minutes-p90 <= 45min");
    }

    /** Waits are long, before or at the post, or one in a hundred finds nothing. */
    private static boolean isShort(final DeskFigures of) {
        return isShortOfDays(of) || of.queueMinutes.percentile(90) > SHORT_QUEUE_MINUTES;
    }

    private static boolean isShortOfDays(final DeskFigures of) {
        return of.waitDays.percentile(90) >= SHORT_WAIT_DAYS || of.refusedPercent() >= SHORT_REFUSED_PERCENT || Math.max(of.thirdNextMeanDays(), of.thirdNextLastDays()) > SHORT_THIRD_NEXT_DAYS;
    }

    /** How bad it is to ask there: what nine in ten wait, and as if it were the longest possible for who finds nothing. */
    static double badness(final DeskFigures of) {
        return of.waitDays.percentile(90) + of.queueMinutes.percentile(90) / QUEUE_MINUTES_A_DAY + PlannedNetwork.AHEAD_DAYS * of.refusedPercent() / 100;
    }
}
