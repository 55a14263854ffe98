package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;

/** What an older system had under way: its stamps and appointments, mostly as they should be told, and in every way in which they are not. */
final class CutOverTraffic {
    private static final int MOST_STAMPS = 4;

    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;
    private long transactions;

    CutOverTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
    }

    Command next(final Request request) {
        final int choice = dice.below(100);
        if (choice < 52) {
            return stamps(request);
        } else if (choice < 90) {
            return visit(request);
        }
        return choice < 94 ? unknown(request) : outOfRange(request);
    }

    private Command visit(final Request request) {
        final boolean careless = dice.percent(6);
        final Predicate<Model.Line> wanted = line -> careless ? line.isOpen() : line.isFree() && model.services.get(line.serviceId).appointmentRequired;
        final Model.Application application = traffic.some(each -> TrafficCommands.lines(each, wanted) != 0);
        if (application == null) {
            return traffic.submit(request);
        }
        final List<Command.Leg> legs = traffic.legs(application, dice.partOf(TrafficCommands.lines(application, wanted)));
        if (legs.isEmpty()) {
            return traffic.submit(request);
        }
        final List<Command.Leg> asPromised = new ArrayList<>();
        for (final Command.Leg leg : legs) {
            final int from = Math.max(0, leg.startUnit() + (dice.percent(40) ? dice.between(-2, 2) : 0));
            final int units = Math.max(1, leg.units() + (dice.percent(40) ? dice.between(-2, 3) : 0));
            asPromised.add(new Command.Leg(leg.deskId(), leg.lines(), leg.epochDay() + (dice.percent(3) ? dice.between(-1, 60) : 0), Math.min(from, 191),
                    Math.min(units, 192 - Math.min(from, 191))));
        }
        return new Command.ImportVisit(request, application.id, asPromised);
    }

    private Command stamps(final Request request) {
        final boolean careless = dice.percent(8);
        final Predicate<Model.Line> wanted = line -> careless || line.isOpen() && !line.hasLiveStamp();
        final Model.Application application = traffic.some(each -> TrafficCommands.lines(each, wanted) != 0);
        if (application == null) {
            return traffic.submit(request);
        }
        final Model.Post post = model.posts.get(dice.between(1, WorldCommands.POSTS));
        final boolean paid = dice.percent(65);
        final int lines = dice.partOf(TrafficCommands.lines(application, wanted));
        final List<Command.EarlierStamp> stamps = new ArrayList<>();
        for (int line = 0; line < application.lines.size() && stamps.size() < MOST_STAMPS; line++) {
            if ((lines >> line & 1) != 0) {
                stamps.add(stamp(line, application.lines.get(line), post, paid));
            }
        }
        if (stamps.isEmpty()) {
            return traffic.validate(request);
        }
        return new Command.ImportStamps(request, application.id, paid ? model.today() - dice.below(90) + (dice.percent(3) ? 92 : 0) : 0, post.id,
                dice.percent(97) ? post.currency : dice.oneOf("EUR", "JPY"), paid ? transaction() : "", paid ? dice.oneOf("", "EPT", "TGR") : "", stamps);
    }

    private String transaction() {
        final MoneyModel.Payment known = dice.percent(5) ? dice.of(model.money.payments.values()) : null;
        return known != null && !known.transaction.isEmpty() ? known.transaction : "E" + ++transactions;
    }

    private Command.EarlierStamp stamp(final int number, final Model.Line line, final Model.Post post, final boolean paid) {
        final Model.Tariff tariff = model.services.get(line.serviceId).tariffAt(model.nowMs);
        final long today = tariff == null ? 0 : tariff.unitCentimes() * line.quantity;
        final long amount = Math.max(1, dice.percent(60) ? today : today + dice.between(-500, 9_000));
        final long rate = post.microMadPerUnit == 0 ? 10_000_000 : dice.percent(50) ? post.microMadPerUnit
                : Math.max(1, post.microMadPerUnit / 100 * dice.between(80, 120));
        final Command.EarlierStamp exact = new Command.EarlierStamp(number, amount, 1, rate, issuedMs(paid));
        final long value = NaiveTakingOver.value(exact, post);
        final long step = Math.max(post.roundToMinor, (long) Math.pow(10, post.minorDigits));
        final long local = dice.percent(80) ? value : value + dice.oneOf(1L, -1L, step, -step, step + 1, -step - 1, 99 * value);
        return new Command.EarlierStamp(number, amount, Math.min(NaivePayments.MOST_MINOR, Math.max(1, local)), rate, exact.issuedMs());
    }

    /** Some time ago, or beside the ends of what can be. */
    private long issuedMs(final boolean paid) {
        final long age = paid ? model.money.rules.validityMs() : model.money.rules.lapseMs();
        final long issued = switch (dice.below(20)) {
            case 0 -> model.nowMs + dice.below(2);
            case 1 -> model.nowMs - age + dice.below(2);
            case 2 -> model.nowMs - age - dice.upTo(Model.DAY_MS);
            case 3, 4, 5 -> model.nowMs - age + dice.upTo(Model.DAY_MS);
            default -> model.nowMs - dice.upTo(age);
        };
        return Math.max(0, issued);
    }

    private Command unknown(final Request request) {
        final List<Command.EarlierStamp> one = List.of(new Command.EarlierStamp(0, 100, 10, 10_000_000, model.nowMs - 1));
        final long nobody = model.lastApplication + 1 + dice.below(3);
        return switch (dice.below(4)) {
            case 0 -> new Command.ImportStamps(request, nobody, 0, 1, "EUR", "", "", one);
            case 1 -> new Command.ImportStamps(request, 1 + dice.upTo(model.lastApplication), 0, 4_095, "EUR", "", "", one);
            case 2 -> new Command.ImportStamps(request, 1 + dice.upTo(model.lastApplication), 0, 1, model.posts.get(1).currency, "", "",
                    List.of(new Command.EarlierStamp(15, 100, 10, 10_000_000, model.nowMs - 1)));
            default -> new Command.ImportVisit(request, nobody, List.of(new Command.Leg(1, 1, model.today(), 3, 3)));
        };
    }

    private Command outOfRange(final Request request) {
        final Command.EarlierStamp good = new Command.EarlierStamp(0, 100, 10, 10_000_000, 5);
        final Command.EarlierStamp bad = switch (dice.below(5)) {
            case 0 -> new Command.EarlierStamp(16, 100, 10, 10_000_000, 5);
            case 1 -> new Command.EarlierStamp(0, dice.oneOf(0L, -1L, 204_000_000_001L), 10, 10_000_000, 5);
            case 2 -> new Command.EarlierStamp(0, 100, dice.oneOf(0L, -10L, NaivePayments.MOST_MINOR + 1), 10_000_000, 5);
            case 3 -> new Command.EarlierStamp(0, 100, 10, dice.oneOf(0L, -1L, 1_000_000_000_000_001L), 5);
            default -> new Command.EarlierStamp(0, 100, 10, 10_000_000, -1);
        };
        return switch (dice.below(8)) {
            case 0 -> new Command.ImportStamps(request, -1, 0, 1, "EUR", "", "", List.of(good));
            case 1 -> new Command.ImportStamps(request, 1, 0, dice.oneOf(0, 4_096), "EUR", "", "", List.of(good));
            case 2 -> new Command.ImportStamps(request, 1, 0, 1, dice.oneOf("eur", "E1R", ""), "", "", List.of(good));
            case 3 -> new Command.ImportStamps(request, 1, dice.oneOf(0, 5), 1, "EUR", "", dice.oneOf("EPT", ""), List.of(good, good));
            case 4 -> new Command.ImportStamps(request, 1, 5, 1, "EUR", dice.oneOf("two words", "tab\t", "T"), dice.oneOf("x y", "TGR"), List.of());
            case 5 -> new Command.ImportVisit(request, dice.oneOf(1L, -1L), List.of());
            case 6 -> new Command.ImportVisit(request, 1, List.of(new Command.Leg(dice.oneOf(0, 65_001), 1, model.today(), 190, dice.oneOf(0, 3))));
            default -> new Command.ImportStamps(request, 1, 0, 1, "EUR", "", "", dice.percent(50) ? List.of(bad) : List.of(good, good));
        };
    }
}
