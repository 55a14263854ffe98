package org.mawid.engine.twin;

import static org.mawid.sbe.Result.ALREADY_PROPOSED;
import static org.mawid.sbe.Result.AMOUNT_DIFFERS;
import static org.mawid.sbe.Result.APPLICATION_UNKNOWN;
import static org.mawid.sbe.Result.CURRENCY_MISMATCH;
import static org.mawid.sbe.Result.LIMIT_REACHED;
import static org.mawid.sbe.Result.PAYMENTS_FULL;
import static org.mawid.sbe.Result.PAYMENT_STATE;
import static org.mawid.sbe.Result.PAYMENT_UNKNOWN;
import static org.mawid.sbe.Result.SECOND_PERSON_NEEDED;
import static org.mawid.sbe.Result.STAMP_STATE;
import static org.mawid.sbe.Result.STAMP_UNKNOWN;
import static org.mawid.sbe.Result.TERMINAL_BUSY;
import static org.mawid.sbe.Result.TERMINAL_UNKNOWN;
import static org.mawid.sbe.Result.TRANSACTION_KNOWN;
import static org.mawid.sbe.Result.WRONG_POST;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.Account;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.StampState;

/** Payments that begin, and money that comes. */
final class NaivePayments {
    static final long MOST_MINOR = MoneyCommandReader.MOST_MINOR;
    private static final int OF_ONE_APPLICATION = 256;
    private static final Set<PaymentState> AWAITED = EnumSet.of(PaymentState.PENDING, PaymentState.IN_DOUBT);
    private static final Set<PaymentState> FAILED = EnumSet.of(PaymentState.DECLINED, PaymentState.CANCELLED, PaymentState.NOT_MADE);

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveLedger ledger;
    private final NaiveLives lives;
    private final NaiveBatches batches;
    private final NaiveBreaks breaks;
    private final NaiveMoneyEvents events;

    NaivePayments(final Model model, final NaiveCatalogue catalogue, final NaiveLedger ledger, final NaiveLives lives, final NaiveBatches batches,
                  final NaiveBreaks breaks, final NaiveMoneyEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.lives = lives;
        this.batches = batches;
        this.breaks = breaks;
        this.events = events;
    }

    Answer start(final Command.StartPayment c) {
        final Model.Application application = application(c.applicationId());
        final Model.Post post = catalogue.post(c.postId());
        final MoneyModel.Terminal terminal = model.money.terminals.get(c.terminalId());
        if (c.means() == PaymentMeans.TERMINAL) {
            Refusal.when(terminal == null || !terminal.enabled || terminal.post != post, TERMINAL_UNKNOWN);
            Refusal.when(terminal.paymentId != 0, TERMINAL_BUSY);
        }
        final List<Model.Stamp> stamps = payable(application, c.stamps(), post, post.currency);
        mayBeOneMore(application);
        final long sum = sum(stamps);
        Refusal.when(sum == 0, AMOUNT_DIFFERS);

        final MoneyModel.Payment payment = add(application, post, c.means());
        payment.terminalId = c.terminalId();
        payment.epochDay = c.epochDay();
        payment.collector = c.request().actor();
        payment.deadlineMs = model.nowMs + model.money.rules.pendingMs();
        claim(payment, stamps, sum, post.currency);
        model.money.pendings.add(new Model.Due(payment.deadlineMs, payment.id));
        if (terminal != null) {
            terminal.paymentId = payment.id;
        }
        for (final Model.Stamp stamp : stamps) {
            lives.open(stamp);
            lives.become(stamp, StampState.PAYMENT_PENDING);
        }
        events.paymentStarted(payment);
        lives.tell(payment.id);
        return Answer.done(payment.id, payment.amountMinor, payment.amountCentimes);
    }

    Answer counterReceipt(final Command.RecordCounterReceipt c) {
        final Model.Application application = application(c.applicationId());
        final Model.Post post = catalogue.post(c.postId());
        final List<Model.Stamp> stamps = payable(application, c.stamps(), post, post.currency);
        mayBeOneMore(application);
        Refusal.when(!c.currency().equals(post.currency), CURRENCY_MISMATCH);
        final long sum = sum(stamps);
        Refusal.when(c.amountMinor() != sum, AMOUNT_DIFFERS, sum);

        final MoneyModel.Payment payment = add(application, post, PaymentMeans.COUNTER);
        payment.epochDay = c.epochDay();
        payment.collector = c.request().actor();
        claim(payment, stamps, sum, post.currency);
        events.paymentStarted(payment);
        payment.receipt = ++ledger.book(post, "MAD").receipts;
        receive(payment, sum, post.currency);
        approve(payment);
        return Answer.done(payment.id, payment.receipt, 0);
    }

    Answer approval(final Command.RecordApproval c) {
        final MoneyModel.Payment told = payment(c.paymentId());
        Refusal.when(told.means == PaymentMeans.COUNTER || told.means == PaymentMeans.EARLIER, PAYMENT_STATE, told.state.value());
        final MoneyModel.Transaction transaction = new MoneyModel.Transaction(told.means, told.terminalId, c.transaction());
        final MoneyModel.Payment known = model.money.transactions.get(transaction);
        Refusal.when(known != null && known != told, TRANSACTION_KNOWN);
        if (known == told) {
            return Answer.done(told.id, told.state.value(), 0);
        }

        final boolean awaited = AWAITED.contains(told.state);
        final boolean agrees = c.amountMinor() == told.amountMinor && c.currency().equals(told.currency);
        final MoneyModel.Payment payment = awaited || FAILED.contains(told.state) ? told : surplus(told, c);
        leave(payment);
        payment.transaction = c.transaction();
        model.money.transactions.put(transaction, payment);
        payment.authorisationCode = c.authorisationCode();
        payment.scheme = c.scheme();
        payment.lastFour = c.lastFour();
        payment.waitsForPerson = false;
        receive(payment, c.amountMinor(), c.currency());
        if (awaited && agrees) {
            approve(payment);
            return Answer.done(payment.id, payment.state.value(), 0);
        }
        payment.state = PaymentState.UNALLOCATED;
        touch(payment);
        events.paymentChanged(payment);
        payment.stamps.forEach(lives::goBack);
        payment.stamps.clear();
        lives.tell(payment.id);
        ledger.debit(payment.post, payment.receivedCurrency, NaiveLedger.receivable(payment.means), payment.receivedMinor);
        ledger.credit(payment.post, payment.receivedCurrency, Account.UNALLOCATED, payment.receivedMinor);
        breaks.ofPayment(BreakType.UNALLOCATED_MONEY, payment, 0, payment.receivedMinor, payment.receivedCurrency);
        return Answer.done(payment.id, payment.state.value(), 0);
    }

    /** A charge beside the one that was asked for: it has a payment of its own, which pays for nothing. */
    private MoneyModel.Payment surplus(final MoneyModel.Payment told, final Command.RecordApproval c) {
        final MoneyModel.Payment payment = add(told.application, told.post, told.means);
        payment.terminalId = told.terminalId;
        payment.epochDay = told.epochDay;
        payment.collector = c.request().actor();
        payment.origin = told.id;
        payment.amountMinor = c.amountMinor();
        payment.currency = c.currency();
        payment.receivedCurrency = c.currency();
        events.paymentStarted(payment);
        return payment;
    }

    Answer allocate(final Command.AllocatePayment c) {
        final MoneyModel.Payment payment = payment(c.paymentId());
        Refusal.when(payment.state != PaymentState.UNALLOCATED, PAYMENT_STATE, payment.state.value());
        Refusal.when(c.request().actor() == payment.collector, SECOND_PERSON_NEEDED);
        Refusal.when(application(c.applicationId()) != payment.application, APPLICATION_UNKNOWN);
        final List<Model.Stamp> stamps = payable(payment.application, c.stamps(), payment.post, payment.receivedCurrency);
        final long sum = sum(stamps);
        Refusal.when(sum != payment.receivedMinor, AMOUNT_DIFFERS, sum);

        claim(payment, stamps, sum, payment.receivedCurrency);
        payment.state = PaymentState.APPROVED;
        payment.waitsForPerson = false;
        touch(payment);
        events.paymentChanged(payment);
        stamps.forEach(stamp -> lives.pay(stamp, Account.UNALLOCATED));
        lives.tell(payment.id);
        return Answer.done(payment.id, payment.state.value(), 0);
    }

    void receive(final MoneyModel.Payment payment, final long amountMinor, final String currency) {
        payment.receivedMinor = amountMinor;
        payment.receivedCurrency = currency;
        batches.charged(payment, amountMinor);
    }

    void approve(final MoneyModel.Payment payment) {
        payment.state = PaymentState.APPROVED;
        touch(payment);
        events.paymentChanged(payment);
        payment.stamps.forEach(stamp -> lives.pay(stamp, NaiveLedger.receivable(payment.means)));
        lives.tell(payment.id);
    }

    /** The money of one stamp leaves its payment and is that of another from now on. */
    void takeOver(final MoneyModel.Payment payment, final MoneyModel.Payment from, final Model.Stamp old, final Model.Stamp stamp) {
        payment.terminalId = from.terminalId;
        payment.epochDay = from.epochDay;
        payment.origin = from.origin == 0 ? from.id : from.origin;
        payment.collector = from.collector;
        payment.scheme = from.scheme;
        payment.authorisationCode = from.authorisationCode;
        payment.lastFour = from.lastFour;
        payment.receipt = from.receipt;
        payment.batch = from.batch;
        payment.settled = from.settled;
        payment.settledBy = from.settledBy;
        claim(payment, List.of(stamp), stamp.localMinor, stamp.currency);
        payment.receivedMinor = stamp.localMinor;
        from.stamps.remove(old);
        from.receivedMinor -= old.localMinor;
        from.amountMinor -= old.localMinor;
        from.amountCentimes -= old.amountCentimes;
    }

    /** These stamps are what it pays for. */
    static void claim(final MoneyModel.Payment payment, final List<Model.Stamp> stamps, final long sum, final String currency) {
        payment.stamps.addAll(stamps);
        stamps.forEach(stamp -> stamp.paymentId = payment.id);
        payment.amountMinor = sum;
        payment.amountCentimes = stamps.stream().mapToLong(stamp -> stamp.amountCentimes).sum();
        payment.currency = currency;
        payment.receivedCurrency = currency;
    }

    MoneyModel.Payment add(final Model.Application application, final Model.Post post, final PaymentMeans means) {
        final MoneyModel.Payment payment = new MoneyModel.Payment(++model.money.lastPayment, application, post, means);
        payment.startedMs = model.nowMs;
        model.money.payments.put(payment.id, payment);
        touch(payment);
        return payment;
    }

    void touch(final MoneyModel.Payment payment) {
        payment.changedMs = model.nowMs;
        payment.application.lastChangeMs = model.nowMs;
    }

    /** Nobody waits for it any more. */
    void leave(final MoneyModel.Payment payment) {
        model.money.pendings.remove(new Model.Due(payment.deadlineMs, payment.id));
        final MoneyModel.Terminal terminal = model.money.terminals.get(payment.terminalId);
        if (terminal != null && terminal.paymentId == payment.id) {
            terminal.paymentId = 0;
        }
    }

    MoneyModel.Payment payment(final long id) {
        final MoneyModel.Payment payment = model.money.payments.get(id);
        Refusal.when(payment == null, PAYMENT_UNKNOWN);
        return payment;
    }

    private Model.Application application(final long id) {
        final Model.Application application = model.applications.get(id);
        Refusal.when(application == null, APPLICATION_UNKNOWN);
        return application;
    }

    /** The stamps of that name, or why one of them cannot be paid there in that currency. */
    private List<Model.Stamp> payable(final Model.Application application, final List<Long> ids, final Model.Post post, final String currency) {
        final List<Model.Stamp> stamps = new ArrayList<>();
        for (final long id : ids) {
            final Model.Stamp stamp = model.stamps.get(id);
            Refusal.when(stamp == null || stamp.application != application, STAMP_UNKNOWN);
            Refusal.when(stamp.state != StampState.ISSUED, STAMP_STATE);
            Refusal.when(stamp.matter != null, ALREADY_PROPOSED);
            Refusal.when(stamp.post != post, WRONG_POST);
            Refusal.when(!stamp.currency.equals(currency), CURRENCY_MISMATCH);
            Refusal.when(stamp.localMinor > MOST_MINOR, LIMIT_REACHED);
            stamps.add(stamp);
        }
        Refusal.when(sum(stamps) > MOST_MINOR, LIMIT_REACHED);
        return stamps;
    }

    void mayBeOneMore(final Model.Application application) {
        Refusal.when(model.money.payments.size() >= model.money.rules.maxPayments(), PAYMENTS_FULL);
        Refusal.when(model.money.of(application).size() >= OF_ONE_APPLICATION, LIMIT_REACHED);
    }

    private static long sum(final List<Model.Stamp> stamps) {
        return stamps.stream().mapToLong(stamp -> stamp.localMinor).sum();
    }
}
