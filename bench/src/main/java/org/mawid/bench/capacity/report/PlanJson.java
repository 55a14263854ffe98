package org.mawid.bench.capacity.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mawid.api.network.Network;
import org.mawid.api.network.Network.Desk;
import org.mawid.bench.capacity.result.DeskFigures;
import org.mawid.bench.capacity.result.Fees;
import org.mawid.bench.capacity.result.PlanResult;
import org.mawid.bench.capacity.result.PostResult;
import org.mawid.bench.capacity.result.Spread;
import org.mawid.bench.capacity.result.Target;
import org.mawid.bench.capacity.result.TargetSearch;
import org.mawid.bench.load.Output;
import org.mawid.sbe.Result;

/** A plan's result as JSON, and how it wants to be drawn. The same result makes the same bytes. */
public final class PlanJson {
    /** Why lunch and payment: opening-hours.csv has one opening and one closing a day, and nowhere is said how long paying takes or how many terminals there are. */
    static final String LEFT_OUT = "lunch and other breaks: the files have one opening and one closing a day; paying at the counter: no file says how long it takes or how many terminals a post has, "
            + "so it is taken to be within a service's minutes; ring, journal and wire";
    /** Lines of more posts than that are not told apart. */
    private static final int MOST_LINES = 6;

    private PlanJson() {
    }

    /** Without the machine and without how long it took. */
    public static JsonObject of(final PlanResult result) {
        final JsonArray posts = new JsonArray();
        result.posts().forEach(post -> posts.add(post(post, result.isOnePost())));
        final JsonObject json = new JsonObject().put("benchmark", "plan").put("load", result.plan().toJson().put("readModel", "availability"))
                .put("leftOut", LEFT_OUT).put("sentences", new JsonArray(PlanSentences.of(result))).put("posts", posts);
        if (!result.isOnePost()) {
            final DeskFigures all = result.all();
            json.put("network", figures(all).put("counters", result.counters()).put("services", services(result.posts().get(0).site().network(), all)));
        }
        return json.put("books", books(result.books()))
                .put("commands", result.commands()).put("plots", plots(result));
    }

    /** @param services whether to tell them too: of a network they would be most of the result */
    private static JsonObject post(final PostResult post, final boolean services) {
        final JsonArray desks = new JsonArray();
        for (int desk = 0; desk < post.desks().size(); desk++) {
            final Desk of = post.site().desks().get(desk);
            desks.add(new JsonObject().put("desk", of.code()).put("serves", String.join(" ", of.groups().stream().map(Enum::name).toList())).put("counters", of.capacity())
                    .mergeIn(figures(post.desks().get(desk))));
        }
        final JsonObject resources = new JsonObject();
        post.site().resources().forEach(resource -> resources.put(resource.kind().name(), resource.capacity()));
        final DeskFigures all = post.all();
        final JsonObject json = new JsonObject().put("post", post.site().post().code()).put("city", post.site().post().city()).put("country", post.site().post().country())
                .put("demand", post.demand().isEmpty() ? "model" : post.demand()).put("counters", post.site().counters()).put("resources", resources).put("hoursAWeek", Output.rounded(post.hoursAWeek())).put("warmUpWeeks", post.warmUpWeeks())
                .put("all", figures(all)).put("desks", desks).put("byWeek", byWeek(all.fees));
        if (services) {
            json.put("services", services(post.site().network(), all));
        }
        return json.put("books", books(post.books()));
    }

    private static JsonObject books(final Map<String, Long> counted) {
        final JsonObject books = new JsonObject();
        counted.forEach(books::put);
        return books;
    }

    private static JsonArray services(final Network network, final DeskFigures all) {
        final JsonArray services = new JsonArray();
        byWait(all).forEach(entry -> services.add(new JsonObject().put("service", network.service(entry.getKey()).code())
                .put("waitDaysP50", Output.rounded(entry.getValue().percentile(50))).put("waitDaysP90", Output.rounded(entry.getValue().percentile(90)))
                .put("appointments", entry.getValue().count())));
        return services;
    }

    /** Services by what nine in ten wait, the longest first. */
    static List<Map.Entry<Integer, Spread>> byWait(final DeskFigures figures) {
        final List<Map.Entry<Integer, Spread>> services = new ArrayList<>(figures.waitDaysByService.entrySet());
        services.sort(Comparator.comparingDouble((final Map.Entry<Integer, Spread> entry) -> -entry.getValue().percentile(90)).thenComparing(Map.Entry::getKey));
        return services;
    }

    public static JsonObject figures(final DeskFigures of) {
        return new JsonObject()
                .put("loadPercent", Output.rounded(of.loadPercent())).put("takenPercent", Output.rounded(of.takenPercent()))
                .put("utilisationPercent", Output.rounded(of.utilisationPercent())).put("noShowPercent", Output.rounded(of.noShowPercent()))
                .put("thirdNextMeanDays", Output.rounded(of.thirdNextMeanDays())).put("thirdNextLastFourWeeksDays", Output.rounded(of.thirdNextLastDays()))
                .put("waitDaysP50", Output.rounded(of.waitDays.percentile(50))).put("waitDaysP90", Output.rounded(of.waitDays.percentile(90)))
                .put("sinceAskedDaysP50", Output.rounded(of.leadDays.percentile(50))).put("sinceAskedDaysP90", Output.rounded(of.leadDays.percentile(90)))
                .put("asked", of.asked).put("askedOverSeveralDesks", of.askedOverDesks).put("walkIns", of.walkIns).put("walkInsOverflow", of.overflow).put("letLapse", of.lapsed)
                .put("served", of.served).put("servedOverSeveralDesks", of.servedOverDesks).put("noShows", of.noShows).put("cancelled", of.cancelled).put("moved", of.moved)
                .put("wentElsewhere", DeskFigures.sum(of.went)).put("cameFromElsewhere", of.came)
                .put("refused", reasons(of.refused)).put("refusedPercent", Output.rounded(of.refusedPercent()))
                .put("displaced", reasons(of.displaced)).put("displacedPercent", Output.rounded(of.displacedPercent()))
                .put("decisions", of.decisions).put("rejected", of.rejected).put("rejectedPercent", Output.rounded(of.rejectedPercent()))
                .put("resubmitted", of.resubmitted).put("rejectedForGood", of.rejectedForGood)
                .put("stampsIssued", Fees.sum(of.fees.stamps)).put("stampsVoid", Fees.sum(of.fees.voidStamps)).put("servicesStamped", Fees.sum(of.fees.services))
                .put("servicesStampedPercent", Output.rounded(of.stampedPercent()))
                .put("stampsIssuedMad", mad(Fees.sum(of.fees.issuedCentimes))).put("stampsVoidMad", mad(Fees.sum(of.fees.voidCentimes)))
                .put("feesServedByStampMad", mad(Fees.sum(of.fees.servedCentimes))).put("feesServedAtCounterMad", mad(Fees.sum(of.fees.counterCentimes)))
                .put("absentPercent", Output.rounded(of.absentPercent())).put("movedForAbsence", of.replaced).put("notMovedForAbsence", of.notReplaced).put("cameToAnEmptyDesk", of.sentHome)
                .put("movedForAbsenceDaysP50", Output.rounded(of.replacedDays.percentile(50)))
                .put("strandedMinutesADay", Output.rounded(of.perOpenDay(of.strandedMinutes))).put("tooShortForUsualVisitMinutesADay", Output.rounded(of.perOpenDay(of.shortMinutes)))
                .put("freeMinutesADay", Output.rounded(of.perOpenDay(of.freeMinutes))).put("overtimeMinutesADay", Output.rounded(of.perOpenDay(of.overtimeMinutes)))
                .put("queueMinutesMean", Output.rounded(of.queueMinutes.mean())).put("queueMinutesP50", Output.rounded(of.queueMinutes.percentile(50))).put("queueMinutesP90", Output.rounded(of.queueMinutes.percentile(90)))
                .put("openDays", of.openDays).put("queueByHour", queue(of));
    }

    /** People who wait, mean of the open days; hours of the local day, none that are closed. */
    private static JsonArray queue(final DeskFigures of) {
        final JsonArray hours = new JsonArray();
        for (int hour = 0; hour < DeskFigures.HOURS; hour++) {
            if (of.openDaysAt[hour] > 0) {
                hours.add(new JsonObject().put("hour", hour).put("waiting", Output.rounded(of.waiting(hour))).put("most", of.mostWaiting[hour]));
            }
        }
        return hours;
    }

    /** Stamps and fees week by week from the first day on; dirhams, with centimes. */
    private static JsonArray byWeek(final Fees fees) {
        final JsonArray weeks = new JsonArray();
        for (int week = 0; week < fees.weeks(); week++) {
            weeks.add(new JsonObject().put("week", week + 1).put("stampsIssued", fees.stamps[week]).put("servicesStamped", fees.services[week])
                    .put("stampsIssuedMad", mad(fees.issuedCentimes[week])).put("stampsVoid", fees.voidStamps[week]).put("stampsVoidMad", mad(fees.voidCentimes[week]))
                    .put("feesServedByStampMad", mad(fees.servedCentimes[week])).put("feesServedAtCounterMad", mad(fees.counterCentimes[week])));
        }
        return weeks;
    }

    private static double mad(final long centimes) {
        return centimes / 100.0;
    }

    private static JsonObject reasons(final Map<Result, Long> counts) {
        final JsonObject reasons = new JsonObject();
        counts.forEach((result, count) -> reasons.put(result.name(), count));
        return reasons;
    }

    // ---- plots: see Plots.declared

    private static JsonArray plots(final PlanResult result) {
        final JsonArray plots = new JsonArray().add(heatMap(result)).add(thirdNext(List.of(result))).add(queueByHour(result)).add(feesByWeek(result));
        if (result.isOnePost()) {
            plots.add(waitByService(result.posts().get(0)));
        } else {
            plots.add(waitByPost(result));
        }
        return plots;
    }

    private static JsonObject heatMap(final PlanResult result) {
        return heatMap(result, "");
    }

    /** @param whose before the title, where several are beside each other */
    private static JsonObject heatMap(final PlanResult result, final String whose) {
        final JsonArray names = new JsonArray();
        final JsonArray values = new JsonArray();
        for (final PostResult post : result.posts()) {
            if (result.isOnePost()) {
                for (int desk = 0; desk < post.desks().size(); desk++) {
                    names.add(PlanText.desk(post.site().desks().get(desk)));
                    values.add(taken(post.desks().get(desk)));
                }
            } else {
                names.add(post.site().post().city());
                values.add(taken(post.all()));
            }
        }
        return new JsonObject().put("plot", "heatmap").put("title", whose + "Taken as the day begins, of the counters' time: " + (result.isOnePost() ? "desk × day" : "post × day"))
                .put("unit", "%").put("from", result.plan().from().toString()).put("names", names).put("values", values);
    }

    private static JsonArray taken(final DeskFigures of) {
        final JsonArray values = new JsonArray();
        for (final double taken : of.takenPercent) {
            values.add(taken == DeskFigures.CLOSED ? null : Math.round(taken));
        }
        return values;
    }

    /** Of one plan by desk or post, of several by plan. */
    static JsonObject thirdNext(final List<PlanResult> results) {
        final JsonArray series = new JsonArray();
        final PlanResult first = results.get(0);
        if (results.size() > 1) {
            results.forEach(result -> series.add(series(result.plan().name(), result.all())));
        } else if (first.isOnePost()) {
            final PostResult post = first.posts().get(0);
            for (int desk = 0; desk < post.desks().size(); desk++) {
                series.add(series(PlanText.desk(post.site().desks().get(desk)), post.desks().get(desk)));
            }
        } else {
            series.add(series("all posts", first.all()));
            PlanText.longestFirst(first).stream().limit(MOST_LINES - 1).forEach(post -> series.add(series(post.site().post().city(), post.all())));
        }
        return new JsonObject().put("plot", "dates").put("title", "Days until the third next available visit, each morning; 61 = none within 60 days").put("unit", "d")
                .put("from", first.plan().from().toString()).put("series", series);
    }

    private static JsonObject series(final String name, final DeskFigures of) {
        final JsonArray values = new JsonArray();
        for (final double days : of.thirdNextDays) {
            values.add(Math.round(days * 10) / 10.0);
        }
        return new JsonObject().put("name", name).put("values", values);
    }

    private static JsonObject queueByHour(final PlanResult result) {
        final List<Integer> open = openHours(List.of(result));
        final JsonArray series = new JsonArray();
        if (result.isOnePost()) {
            final PostResult post = result.posts().get(0);
            for (int desk = 0; desk < post.desks().size(); desk++) {
                series.add(hours(PlanText.desk(post.site().desks().get(desk)), post.desks().get(desk), open));
            }
        } else {
            PlanText.longestFirst(result).stream().limit(MOST_LINES).forEach(post -> series.add(hours(post.site().post().city(), post.all(), open)));
        }
        return queueByHour(open, series);
    }

    /** Of several plans, each as a whole. */
    private static JsonObject queueByHour(final List<PlanResult> results) {
        final List<Integer> open = openHours(results);
        final JsonArray series = new JsonArray();
        results.forEach(result -> series.add(hours(result.plan().name(), result.all(), open)));
        return queueByHour(open, series);
    }

    private static JsonObject queueByHour(final List<Integer> open, final JsonArray series) {
        return new JsonObject().put("plot", "columns").put("title", "People waiting at the post by hour, mean of the open days").put("unit", "people")
                .put("x", new JsonArray(open.stream().map(hour -> hour + " h").toList())).put("series", series);
    }

    /** In which any of them is open at all. */
    private static List<Integer> openHours(final List<PlanResult> results) {
        final List<DeskFigures> all = results.stream().map(PlanResult::all).toList();
        return IntStream.range(0, DeskFigures.HOURS).filter(hour -> all.stream().anyMatch(of -> of.openDaysAt[hour] > 0)).boxed().toList();
    }

    private static JsonObject feesByWeek(final PlanResult result) {
        final Fees fees = result.all().fees;
        final JsonArray weeks = new JsonArray();
        final JsonArray byStamp = new JsonArray();
        final JsonArray atCounter = new JsonArray();
        for (int week = 0; week < fees.weeks(); week++) {
            weeks.add("week " + (week + 1));
            byStamp.add(Fees.dirhams(fees.servedCentimes[week]));
            atCounter.add(Fees.dirhams(fees.counterCentimes[week]));
        }
        return new JsonObject().put("plot", "columns").put("title", "Fees of the people who were served, by week").put("unit", "MAD").put("x", weeks)
                .put("series", new JsonArray().add(new JsonObject().put("name", "by stamp").put("values", byStamp)).add(new JsonObject().put("name", "at the counter").put("values", atCounter)));
    }

    private static JsonObject hours(final String name, final DeskFigures of, final List<Integer> open) {
        final JsonArray values = new JsonArray();
        open.forEach(hour -> values.add(Output.rounded(of.waiting(hour))));
        return new JsonObject().put("name", name).put("values", values);
    }

    private static JsonObject waitByService(final PostResult post) {
        final JsonArray names = new JsonArray();
        final JsonArray half = new JsonArray();
        final JsonArray most = new JsonArray();
        byWait(post.all()).forEach(entry -> {
            names.add(post.site().network().service(entry.getKey()).code());
            half.add(Output.rounded(entry.getValue().percentile(50)));
            most.add(Output.rounded(entry.getValue().percentile(90)));
        });
        return waits("Days from when people look and could come to the visit, by service", names, half, most);
    }

    private static JsonObject waitByPost(final PlanResult result) {
        final JsonArray names = new JsonArray();
        final JsonArray half = new JsonArray();
        final JsonArray most = new JsonArray();
        PlanText.longestFirst(result).stream().limit(40).forEach(post -> {
            names.add(post.site().post().city());
            half.add(Output.rounded(post.all().waitDays.percentile(50)));
            most.add(Output.rounded(post.all().waitDays.percentile(90)));
        });
        return waits("Days from when people look and could come to the visit, by post, the longest", names, half, most);
    }

    private static JsonObject waits(final String title, final JsonArray names, final JsonArray half, final JsonArray most) {
        return new JsonObject().put("plot", "columns").put("title", title).put("unit", "d").put("isLying", true).put("x", names)
                .put("series", new JsonArray().add(new JsonObject().put("name", "half of the people").put("values", half))
                        .add(new JsonObject().put("name", "nine in ten").put("values", most)));
    }

    /** Plans side by side. */
    public static JsonObject of(final List<PlanResult> results, final String what) {
        final OverbookedWaits overbooked = new OverbookedWaits(results);
        final JsonArray plans = new JsonArray();
        for (final PlanResult result : results) {
            final JsonObject one = of(result);
            List.of("benchmark", "leftOut", "plots", "sentences").forEach(one::remove);
            if (!overbooked.isEmpty()) {
                one.put("overbooking", overbooked.json(result));
            }
            plans.add(new JsonObject().put("plan", result.plan().name()).put("counters", result.counters()).put("all", figures(result.all())).mergeIn(one));
        }
        final JsonArray names = new JsonArray();
        final JsonArray half = new JsonArray();
        final JsonArray most = new JsonArray();
        results.forEach(result -> {
            names.add(result.plan().name());
            half.add(Output.rounded(result.all().waitDays.percentile(50)));
            most.add(Output.rounded(result.all().waitDays.percentile(90)));
        });
        final JsonArray plots = new JsonArray().add(thirdNext(results)).add(waits("Days from when people look and could come to the visit, by plan", names, half, most)).add(queueByHour(results)).addAll(overbooked.plots());
        results.forEach(result -> plots.add(heatMap(result, result.plan().name() + ": ")));
        return new JsonObject().put("benchmark", "plan").put("width", what).put("load", results.get(0).plan().toJson().put("readModel", "availability")).put("leftOut", LEFT_OUT)
                .put("plans", plans).put("plots", plots);
    }

    /** A search for counters. */
    public static JsonObject of(final Target target, final List<TargetSearch.Answer> answers, final List<String> posts) {
        final JsonArray found = new JsonArray();
        final JsonArray sentences = new JsonArray();
        for (int i = 0; i < answers.size(); i++) {
            final int at = i;
            final JsonArray desks = new JsonArray();
            for (final TargetSearch.Found one : answers.get(i).found()) {
                desks.add(new JsonObject().put("desk", one.desk()).put("countersNow", one.before()).put("countersNeeded", needed(answers.get(i), one))
                        .put("countersTriedLast", one.counters()).put("reaches", Output.rounded(one.figure())).put("isMet", one.met()));
            }
            final JsonArray tried = new JsonArray();
            for (final TargetSearch.Try one : answers.get(i).tried()) {
                tried.add(new JsonObject().put("desk", one.desk()).put("counters", one.counters()).put("figure", Output.rounded(one.figure())).put("isMet", one.met())
                        .put("missedAt", one.missing().isEmpty() ? null : one.missing()));
            }
            found.add(new JsonObject().put("post", posts.get(i)).put("isSettled", answers.get(i).isSettled()).put("simulations", answers.get(i).runs()).put("desks", desks).put("tried", tried));
            PlanTables.notes(answers.get(i)).forEach(note -> sentences.add((answers.size() == 1 ? "" : posts.get(at) + ": ") + note));
        }
        final JsonObject last = of(answers.get(0).last());
        return new JsonObject().put("benchmark", "plan").put("width", "target").put("load", last.getJsonObject("load")).put("leftOut", LEFT_OUT)
                .put("target", target.toString()).put("isSettled", answers.stream().allMatch(TargetSearch.Answer::isSettled)).put("sentences", sentences).put("posts", found)
                .put("plots", new JsonArray().add(counters(answers, posts)).addAll(plots(atLast(answers))));
    }

    /** @return null = no number does it, or none was found before the search was stopped */
    private static Integer needed(final TargetSearch.Answer answer, final TargetSearch.Found found) {
        return found.met() && (answer.isSettled() || answer.isMet()) ? found.counters() : null;
    }

    /** Of all posts, each with the counters that its search ended with. */
    private static PlanResult atLast(final List<TargetSearch.Answer> answers) {
        return new PlanResult(answers.get(0).last().plan(), answers.stream().flatMap(answer -> answer.last().posts().stream()).toList());
    }

    private static JsonObject counters(final List<TargetSearch.Answer> answers, final List<String> posts) {
        final JsonArray names = new JsonArray();
        final JsonArray now = new JsonArray();
        final JsonArray needed = new JsonArray();
        for (int i = 0; i < answers.size(); i++) {
            for (final TargetSearch.Found found : answers.get(i).found()) {
                names.add((answers.size() == 1 ? "" : posts.get(i) + " ") + found.desk());
                now.add(found.before());
                needed.add(needed(answers.get(i), found));
            }
        }
        return new JsonObject().put("plot", "columns").put("title", "Counters by desk; none where no number does it").put("unit", "counters").put("isLying", true).put("x", names)
                .put("series", new JsonArray().add(new JsonObject().put("name", "now").put("values", now)).add(new JsonObject().put("name", "needed").put("values", needed)));
    }
}
