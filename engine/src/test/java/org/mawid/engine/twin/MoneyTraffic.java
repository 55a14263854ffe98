package org.mawid.engine.twin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** Payments as counters, terminals and the treasury make them happen: mostly as they should, and in every way in which they go wrong. */
final class MoneyTraffic {
    static final int TERMINALS_OF_A_POST = 3;
    private static final int PERSONS = 4;
    private static final String[] CURRENCIES = {"EUR", "JPY", "TND", "USD"};

    private final Dice dice;
    private final Model model;
    private final TrafficCommands traffic;
    private final StampTraffic stamps;
    private final SettlementTraffic settlement;
    private final MoneyMischief mischief;
    private long transactions;

    MoneyTraffic(final Dice dice, final Model model, final TrafficCommands traffic) {
        this.dice = dice;
        this.model = model;
        this.traffic = traffic;
        this.stamps = new StampTraffic(dice, model, traffic);
        this.settlement = new SettlementTraffic(dice, model);
        this.mischief = new MoneyMischief(dice, model);
    }

    /** Few persons, so that now and then the second one is the first. */
    static Request by(final Dice dice, final Request request) {
        return request.withActor(dice.percent(2) ? 0 : dice.between(1, PERSONS));
    }

    Command next(final Request anybody) {
        final Request request = by(dice, anybody);
        if (model.money.terminals.size() < 2 || dice.below(60) == 0) {
            return settlement.defineTerminal(request);
        }
        final int choice = dice.below(100);
        if (choice < 19) {
            return start(request);
        } else if (choice < 24) {
            return counterReceipt(request);
        } else if (choice < 39) {
            return approval(request);
        } else if (choice < 46) {
            return failure(request);
        } else if (choice < 48) {
            return new Command.MarkInDoubt(request, number(payment(PaymentState.PENDING)));
        } else if (choice < 50) {
            return new Command.AskPerson(request, number(payment(dice.oneOf(PaymentState.PENDING, PaymentState.IN_DOUBT, PaymentState.UNALLOCATED))),
                    dice.below(50));
        } else if (choice < 53) {
            return chargeBack(request);
        } else if (choice < 62) {
            return allocate(request);
        } else if (choice < 83) {
            return stamps.next(request);
        } else if (choice < 96) {
            return settlement.next(request);
        }
        return mischief.next(request);
    }

    /** The stamps of one post and its present currency that wait to be paid, of one application. */
    private List<Model.Stamp> waiting(final boolean careless) {
        final Predicate<Model.Stamp> wanted = stamp -> careless ? stamp.state != StampState.VOID : isPayable(stamp);
        final Model.Stamp first = stamps.some(wanted);
        if (first == null) {
            return List.of();
        }
        final List<Model.Stamp> fitting = new ArrayList<>();
        for (final Model.Line line : first.application.lines) {
            line.stamps.stream().filter(stamp -> careless ? stamp.state == StampState.ISSUED : wanted.test(stamp) && stamp.post == first.post)
                    .forEach(fitting::add);
        }
        final List<Model.Stamp> chosen = new ArrayList<>();
        fitting.stream().filter(stamp -> stamp == first || dice.percent(60)).limit(16).forEach(chosen::add);
        if (chosen.isEmpty()) {
            chosen.add(first);
        }
        chosen.sort((one, two) -> Long.compare(one.id, two.id));
        return chosen;
    }

    private boolean isPayable(final Model.Stamp stamp) {
        return stamp.state == StampState.ISSUED && stamp.matter == null && stamp.currency.equals(stamp.post.currency)
                && stamp.localMinor <= NaivePayments.MOST_MINOR && stamp.localMinor > 0;
    }

    private static List<Long> numbers(final List<Model.Stamp> stamps) {
        return stamps.stream().map(stamp -> stamp.id).toList();
    }

    private Command start(final Request request) {
        final List<Model.Stamp> chosen = waiting(dice.percent(7));
        if (chosen.isEmpty()) {
            return stamps.issue(request);
        }
        final int post = dice.percent(97) ? chosen.get(0).post.id : dice.between(1, WorldCommands.POSTS);
        final long application = dice.percent(98) ? chosen.get(0).application.id : 1 + dice.upTo(model.lastApplication);
        final boolean online = dice.percent(35);
        return new Command.StartPayment(request, application, online ? 0 : terminal(post), model.today(), post,
                online ? PaymentMeans.ONLINE : PaymentMeans.TERMINAL, numbers(chosen));
    }

    /** One of the post that is free, if any; rarely any other. */
    private long terminal(final int post) {
        final List<Long> free = new ArrayList<>();
        for (final MoneyModel.Terminal each : model.money.terminals.values()) {
            if (each.post.id == post && (each.paymentId == 0 || dice.percent(10)) && (each.enabled || dice.percent(10))) {
                free.add(each.id);
            }
        }
        return free.isEmpty() || dice.percent(2) ? post * 10L + dice.below(TERMINALS_OF_A_POST) : dice.of(free);
    }

    private Command counterReceipt(final Request request) {
        final List<Model.Stamp> chosen = waiting(dice.percent(5));
        if (chosen.isEmpty()) {
            return stamps.issue(request);
        }
        final long sum = chosen.stream().mapToLong(stamp -> stamp.localMinor).sum() + (dice.percent(4) ? 1 : 0);
        return new Command.RecordCounterReceipt(request, chosen.get(0).application.id, amount(sum), model.today(), chosen.get(0).post.id,
                dice.percent(96) ? chosen.get(0).currency : dice.oneOf(CURRENCIES), numbers(chosen));
    }

    private Command approval(final Request request) {
        final MoneyModel.Payment payment = dice.percent(78) ? payment(dice.oneOf(PaymentState.PENDING, PaymentState.PENDING, PaymentState.IN_DOUBT))
                : dice.of(model.money.payments.values());
        if (payment == null) {
            return start(request);
        }
        final String currency = dice.percent(95) ? payment.currency : dice.oneOf(CURRENCIES);
        final long amount = dice.percent(88) ? payment.amountMinor : otherAmount(payment);
        return new Command.RecordApproval(request, payment.id, amount(amount), transaction(payment), dice.oneOf("", "A1", "12345678"),
                dice.oneOf("VISA", "CMI", ""), dice.below(10_001), currency);
    }

    /** What another stamp costs, or nearly what was asked for. */
    private long otherAmount(final MoneyModel.Payment payment) {
        final Model.Stamp other = stamps.some(stamp -> stamp.application == payment.application && stamp.state == StampState.ISSUED);
        return other != null && dice.percent(60) ? other.localMinor : payment.amountMinor + dice.oneOf(-1L, 1L, 100L);
    }

    private String transaction(final MoneyModel.Payment payment) {
        if (dice.percent(6) && !payment.transaction.isEmpty()) {
            return payment.transaction;
        }
        final MoneyModel.Payment other = dice.percent(5) ? dice.of(model.money.payments.values()) : null;
        return other != null && !other.transaction.isEmpty() ? other.transaction : "T" + ++transactions;
    }

    private static long amount(final long wanted) {
        return Math.max(1, Math.min(NaivePayments.MOST_MINOR, wanted));
    }

    private Command failure(final Request request) {
        final int choice = dice.below(100);
        final PaymentState state = choice < 55 ? dice.oneOf(PaymentState.PENDING, PaymentState.IN_DOUBT)
                : choice < 78 ? PaymentState.APPROVED : choice < 86 ? PaymentState.UNALLOCATED : null;
        final MoneyModel.Payment payment = state == null ? dice.of(model.money.payments.values()) : payment(state);
        final boolean hasMoney = state == PaymentState.APPROVED || state == PaymentState.UNALLOCATED;
        return new Command.RecordFailure(request, number(payment), dice.below(100), hasMoney || dice.percent(12) ? PaymentState.REVERSED
                : dice.oneOf(PaymentState.DECLINED, PaymentState.CANCELLED, PaymentState.NOT_MADE));
    }

    private Command chargeBack(final Request request) {
        final MoneyModel.Payment payment = dice.percent(90) ? payment(PaymentState.APPROVED) : dice.of(model.money.payments.values());
        if (payment == null) {
            return start(request);
        }
        return new Command.RecordChargeBack(request, payment.id, amount(payment.receivedMinor + (dice.percent(6) ? 1 : 0)),
                dice.percent(96) ? payment.receivedCurrency : dice.oneOf(CURRENCIES));
    }

    private Command allocate(final Request request) {
        final List<MoneyModel.Payment> unallocated = model.money.payments.values().stream()
                .filter(payment -> payment.state == PaymentState.UNALLOCATED).toList();
        for (int attempt = 0; attempt < 40 && !unallocated.isEmpty(); attempt++) {
            final MoneyModel.Payment payment = dice.of(unallocated);
            final List<Model.Stamp> set = waitingFor(payment).stream().filter(stamp -> dice.percent(60)).limit(16)
                    .sorted((one, two) -> Long.compare(one.id, two.id)).toList();
            final boolean fits = set.stream().mapToLong(stamp -> stamp.localMinor).sum() == payment.receivedMinor;
            if (!set.isEmpty() && (fits || dice.percent(1))) {
                return new Command.AllocatePayment(dice.percent(75) && request.actor() == payment.collector ? request.withActor(5) : request, payment.id,
                        dice.percent(96) ? payment.application.id : 1 + dice.upTo(model.lastApplication), numbers(set));
            }
        }
        return dice.percent(10) ? new Command.AllocatePayment(request, number(payment(PaymentState.UNALLOCATED)), 1 + dice.upTo(model.lastApplication),
                List.of(1 + dice.upTo(model.lastStamp))) : late(request);
    }

    /** Money comes after all, as much as one of the stamps costs that can still be paid. */
    private Command late(final Request request) {
        for (int attempt = 0; attempt < 40; attempt++) {
            final MoneyModel.Payment payment = dice.of(model.money.payments.values());
            final Model.Stamp stamp = payment == null ? null : dice.of(waitingFor(payment));
            if (stamp != null && payment.state != PaymentState.PENDING && payment.means != PaymentMeans.COUNTER) {
                return new Command.RecordApproval(request, payment.id, stamp.localMinor, "T" + ++transactions, "", "", 10_000, payment.receivedCurrency);
            }
        }
        return approval(request);
    }

    /** Stamps of its application that its money could pay for. */
    private List<Model.Stamp> waitingFor(final MoneyModel.Payment payment) {
        final List<Model.Stamp> waiting = new ArrayList<>();
        payment.application.lines.forEach(line -> line.stamps.stream().filter(stamp -> stamp.state == StampState.ISSUED && stamp.matter == null
                && stamp.post == payment.post && stamp.currency.equals(payment.receivedCurrency) && stamp.localMinor > 0
                && stamp.localMinor <= NaivePayments.MOST_MINOR).forEach(waiting::add));
        return waiting;
    }

    /** One in that state, or rarely any; null when there is none. */
    private MoneyModel.Payment payment(final PaymentState state) {
        final Map<Long, MoneyModel.Payment> all = model.money.payments;
        final List<MoneyModel.Payment> fitting = all.values().stream().filter(payment -> payment.state == state).toList();
        return fitting.isEmpty() || dice.percent(3) ? dice.of(all.values()) : dice.of(fitting);
    }

    private static long number(final MoneyModel.Payment payment) {
        return payment == null ? 0 : payment.id;
    }

    /** Something that the instant of a stamp or a payment decides. */
    Command atTheInstant(final Request anybody) {
        final Request request = by(dice, anybody);
        return switch (dice.below(4)) {
            case 0 -> approval(request);
            case 1 -> failure(request);
            case 2 -> start(request);
            default -> stamps.consume(request);
        };
    }

    /** Whether a line has ended, but not with the act. */
    static boolean hasEndedWithoutService(final Model.Line line) {
        return !line.isOpen() && line.state != LineState.FULFILLED;
    }
}
