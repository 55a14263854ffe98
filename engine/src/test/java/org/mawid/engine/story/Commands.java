package org.mawid.engine.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.mawid.engine.story.Words.Sentence;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.AccessVerdict;
import org.mawid.sbe.AccessedKind;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.DocumentKind;
import org.mawid.sbe.DocumentType;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.MessageWriter;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.QuotaClass;
import org.mawid.sbe.ScanState;
import org.mawid.sbe.ServiceScope;

/** From a sentence to the commands that it means: one, or as many as a desk serves services. */
final class Commands {
    private static final int MOST_UNITS = 192;

    private final Words words;
    private final Sentence said;
    private final Map<String, Integer> linesOf;
    private final Map<String, List<Long>> stampsOf;
    private final long lastHold;
    private final Command.Rules rules;

    Commands(final Words words, final Sentence said, final Map<String, Integer> linesOf, final Map<String, List<Long>> stampsOf,
             final long lastHold, final Command.Rules rules) {
        this.words = words;
        this.said = said;
        this.linesOf = linesOf;
        this.stampsOf = stampsOf;
        this.lastHold = lastHold;
        this.rules = rules;
    }

    List<Command> of(final Supplier<Request> requests) {
        if (said.verb().equals("desk")) {
            final List<Command> commands = new ArrayList<>();
            commands.add(pool(requests.get(), PoolKind.DESK));
            if (said.named().containsKey("serves")) {
                for (final String service : said.named("serves", "").split(",")) {
                    commands.add(new Command.SetDeskService(requests.get(), pool(said.first()), (int) words.number("service", service), true));
                }
            }
            return commands;
        }
        return List.of(one(said.verb().equals("tick") ? Request.NOBODY : requests.get()));
    }

    private Command one(final Request request) {
        if (WaitingSentences.know(said.verb())) {
            return new WaitingSentences(words, said, said.plain().isEmpty() ? 0 : (1 << linesOf.getOrDefault(said.first(), 1)) - 1).of(request);
        }
        if (DisplacementSentences.know(said.verb())) {
            return new DisplacementSentences(words, said, said.plain().isEmpty() ? 0 : (1 << linesOf.getOrDefault(said.first(), 1)) - 1).of(request);
        }
        if (HallSentences.know(said.verb())) {
            return new HallSentences(words, said).of(request);
        }
        return switch (said.verb()) {
            case "tick" -> new Command.Tick(request);
            case "rules" -> new Command.SetRules(request, Story.with(rules, said.named()));
            case "coreVersion" -> new Command.SetCoreVersion(request, Integer.parseInt(said.first()));
            case "post" -> new Command.DefinePost(request, (int) words.number("post", said.first()), said.first(), said.named("currency", "EUR"),
                    said.number("digits", 2), said.number("round", 1));
            case "resource" -> pool(request, PoolKind.valueOf(said.named("kind", "BIOMETRIC_STATION")));
            case "service" -> new Command.DefineService(request, service(), said.number("minutes", 15), said.first(),
                    said.has("registered") ? ServiceScope.REGISTERED_POST : ServiceScope.ANY_POST, said.has("validated"), !said.has("walkup"),
                    said.has("urgent"), kinds(), said.number("most", 4));
            case "tariff" -> new Command.SetTariff(request, service(), said.number("version", 1),
                    said.named().containsKey("from") ? Words.instantMs(said.named("from", "")) : 0,
                    List.of(new Command.Component(Beneficiary.CHANCERY, said.big("centimes", 0))));
            case "documents" -> new Command.SetServiceDocuments(request, service(), documentKinds(), said.has("validates"));
            case "feeTime" -> new Command.SetFeeTime(request, service(), FeeTime.valueOf(said.plain().get(1)));
            case "rate" -> new Command.SetRate(request, post(said.first()), said.big("micro", 10_000_000));
            case "day" -> new Command.PublishDay(request, day(said.first(), said.plain().get(1)));
            case "capacity" -> capacity(request);
            case "beginChange" -> new Command.BeginChange(request, post(said.plain().get(1)));
            case "addToChange" -> new Command.AddToChange(request, number("change"), day(said.plain().get(1), said.plain().get(2)));
            case "applyChange" -> new Command.ApplyChange(request, number("change"), said.big("version", 0));
            case "abandonChange" -> new Command.AbandonChange(request, number("change"));
            case "access" -> new Command.RecordAccess(request, said.big("target", 0), said.big("detail", 0), said.big("address", 0), said.big("leftOut", 0), said.number("operation", 1_001),
                    said.big("reason", 0), AccessedKind.valueOf(said.named("kind", "NOTHING")), AccessVerdict.valueOf(said.named("verdict", "ALLOWED")));
            case "retire" -> new Command.Retire(request, said.plain().stream().map(name -> words.known("application", name)).toList());
            default -> said.plain().isEmpty() ? new MoneySentences(words, said, stampsOf).of(request) : application(request);
        };
    }

    private Command application(final Request request) {
        final long application = number("application");
        final int all = (1 << linesOf.getOrDefault(said.first(), 1)) - 1;
        final int lines = said.named().containsKey("lines") ? Words.lines(said.named("lines", "")) : all;
        final boolean stamps = said.has("stamps");
        return switch (said.verb()) {
            case "submit" -> new Command.SubmitApplication(request, 0, post(said.named("post", "0")), words.linesAsked(said));
            case "validate" -> new Command.ValidateLines(request, application, lines);
            case "reject" -> new Command.RejectLines(request, application, lines, said.big("text", 77), said.number("reason", 7));
            case "withdraw" -> new Command.WithdrawLines(request, application, lines);
            case "message" -> new Command.SendMessage(request, application, said.big("text", 0), post(said.plain().get(1)), said.number("topic", 1), MessageWriter.valueOf(said.named("from", "POST")));
            case "document" -> new Command.RecordDocument(request, application, said.big("hash", 7), said.big("bytes", 1_000), said.number("lines", 1), said.number("pages", 1),
                    DocumentType.valueOf(said.named("type", "PDF")), ScanState.valueOf(said.named("scan", "CLEAN")), said.named().containsKey("kind") ? DocumentKind.valueOf(said.named("kind", "")) : null);
            case "ask" -> new Command.AskForDocuments(request, application, said.big("text", 0), documentKinds(), lines, said.number("reason", 0));
            case "resubmit" -> new Command.ResubmitLines(request, application, lines);
            case "assign" -> new Command.AssignApplication(request, application, 1_000 * said.big("seconds", 0), said.has("over"));
            case "hold" -> new Command.Hold(request, application, stamps, words.legs(said, lines));
            case "promise" -> new Command.ImportVisit(request, application, words.legs(said, lines));
            case "confirm" -> new Command.Confirm(request, number("hold"), stamps);
            case "release" -> new Command.Release(request, number("hold"));
            case "walkIn" -> walkIn(request, application, lines, stamps);
            case "issue" -> new Command.IssueStamps(request, application, lines, post(said.named("post", "0")));
            case "void" -> new Command.VoidStamp(request, stampsOf.getOrDefault(said.first(), List.of()).size() < said.number("stamp", 1) ? 99
                    : stampsOf.get(said.first()).get(said.number("stamp", 1) - 1));
            case "recordVisit", "recordWalkIn", "recordUse" -> new OfflineSentences(words, said, stampsOf).of(request, lines);
            default -> appointment(request, lines);
        };
    }

    private Command appointment(final Request request, final int lines) {
        final long appointment = number("appointment");
        return switch (said.verb()) {
            case "reschedule" -> new Command.Reschedule(request, appointment, words.legs(said, lines));
            case "comes" -> new Command.ConfirmAttendance(request, appointment);
            case "cancel" -> new Command.Cancel(request, appointment);
            case "checkIn" -> new Command.CheckIn(request, appointment);
            case "call" -> new Command.Call(request, appointment, said.number("counter", 1));
            case "serve" -> new Command.Serve(request, appointment, said.has("nothing") ? 0 : lines);
            case "noShow" -> new Command.MarkNoShow(request, appointment);
            default -> new MoneySentences(words, said, stampsOf).of(request);
        };
    }

    private Command walkIn(final Request request, final long application, final int lines, final boolean stamps) {
        final int desk = pool(said.plain().get(1));
        final boolean isNew = application == 0;
        return new Command.WalkIn(request, application, 0, desk, Words.epochDay(said), isNew ? 0 : lines, stamps,
                isNew ? words.linesAsked(said) : List.of());
    }

    private Command capacity(final Request request) {
        final int epochDay = Words.epochDay(said);
        final String[] span = said.plain().get(1).split("\\.\\.");
        final int from = words.unit(said.first(), epochDay, span[0]);
        return new Command.SetCapacity(request, pool(said.first()), epochDay, from, words.unit(said.first(), epochDay, span[1]) - from,
                said.number("places", 1), said.number("withheld", 0));
    }

    private Command.DayPlan day(final String pool, final String times) {
        final int epochDay = Words.epochDay(said);
        final String[] span = times.split("\\.\\.");
        final long midnightMs = epochDay * 86_400_000L;
        final long startMs = midnightMs + java.time.LocalTime.parse(span[0]).toSecondOfDay() * 1_000L;
        final long endMs = midnightMs + java.time.LocalTime.parse(span[1]).toSecondOfDay() * 1_000L;
        final int units = (int) Math.min(MOST_UNITS, (endMs - startMs) / 300_000);
        return new Command.DayPlan(pool(pool), epochDay, startMs,
                said.named().containsKey("released") ? Words.instantMs(said.named("released", "")) : 0, units, said.number("align", 1),
                List.of(new Command.Run(0, units, said.number("places", 1), said.number("withheld", 0))), quotas(units), overbooked(units));
    }

    /** {@code 1} of all units for good, {@code 1:+1d@08:00} until then. */
    private List<Command.Overbooked> overbooked(final int units) {
        final String[] parts = said.named("overbooked", "").split(":", 2);
        return parts[0].isEmpty() ? List.of() : List.of(new Command.Overbooked(0, units, Integer.parseInt(parts[0]), parts.length > 1 ? Words.instantMs(parts[1]) : 0));
    }

    /** {@code CALL_CENTRE:2} for good, {@code WALK_IN:1:+1d@08:00} until then. */
    private List<Command.Quota> quotas(final int units) {
        final List<Command.Quota> quotas = new ArrayList<>();
        for (final String kept : said.named("keeps", "").split(",")) {
            final String[] parts = kept.split(":", 3);
            if (parts.length > 1) {
                quotas.add(new Command.Quota(0, units, QuotaClass.valueOf(parts[0]), Integer.parseInt(parts[1]), parts.length > 2 ? Words.instantMs(parts[2]) : 0));
            }
        }
        return quotas;
    }

    private Command pool(final Request request, final PoolKind kind) {
        final String name = said.first();
        return new Command.DefinePool(request, pool(name), post(name.substring(0, name.indexOf('/'))), kind, name);
    }

    private int kinds() {
        int kinds = 0;
        for (final String kind : said.named("needs", "").split(",")) {
            kinds |= kind.isEmpty() ? 0 : 1 << PoolKind.valueOf(kind).value();
        }
        return kinds;
    }

    private long documentKinds() {
        long kinds = 0;
        for (final String kind : said.named("kinds", "").split(",")) {
            kinds |= kind.isEmpty() ? 0 : 1L << DocumentKind.valueOf(kind).value();
        }
        return kinds;
    }

    private int post(final String name) {
        return (int) words.number("post", name);
    }

    private int pool(final String name) {
        return (int) words.number("pool", name);
    }

    private int service() {
        return (int) words.number("service", said.first());
    }

    private long number(final String kind) {
        return kind.equals("hold") && said.first().equals("last") ? lastHold : words.known(kind, said.first());
    }
}
