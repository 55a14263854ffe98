package org.mawid.engine.twin;

import static org.mawid.sbe.Result.APPLICATION_UNKNOWN;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.CURRENCY_MISMATCH;
import static org.mawid.sbe.Result.EARLIER_PRICE_DIFFERS;
import static org.mawid.sbe.Result.EARLIER_STAMP_OVER;
import static org.mawid.sbe.Result.LIMIT_REACHED;
import static org.mawid.sbe.Result.LINE_STATE;
import static org.mawid.sbe.Result.LINE_UNKNOWN;
import static org.mawid.sbe.Result.STAMP_ALREADY_ISSUED;
import static org.mawid.sbe.Result.TOO_EARLY;
import static org.mawid.sbe.Result.TRANSACTION_KNOWN;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.PaymentMeans;

/** Stamps of an older system, at its price and of its age, and what was paid for them there. */
final class NaiveTakingOver {
    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaivePayments payments;
    private final NaiveStamps stamps;
    private final NaiveMoneyEvents events;

    NaiveTakingOver(final Model model, final NaiveCatalogue catalogue, final NaivePayments payments, final NaiveStamps stamps, final NaiveMoneyEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.payments = payments;
        this.stamps = stamps;
        this.events = events;
    }

    Answer stamps(final Command.ImportStamps c) {
        Refusal.when(model.coreVersion < 6, CORE_VERSION_UNSUPPORTED);
        final Model.Application application = model.applications.get(c.applicationId());
        Refusal.when(application == null, APPLICATION_UNKNOWN);
        final Model.Post post = catalogue.post(c.postId());
        Refusal.when(!c.currency().equals(post.currency), CURRENCY_MISMATCH);
        final boolean paid = !c.transaction().isEmpty();
        final long age = paid ? model.money.rules.validityMs() : model.money.rules.lapseMs();
        for (final Command.EarlierStamp said : c.stamps()) {
            Refusal.when(said.line() >= application.lines.size(), LINE_UNKNOWN);
            final Model.Line line = application.lines.get(said.line());
            Refusal.when(!line.isOpen(), LINE_STATE);
            Refusal.when(line.hasLiveStamp(), STAMP_ALREADY_ISSUED);
            Refusal.when(said.issuedMs() > model.nowMs, TOO_EARLY, said.issuedMs());
            Refusal.when(said.issuedMs() + age <= model.nowMs, EARLIER_STAMP_OVER, said.issuedMs() + age);
            final long value = value(said, post);
            Refusal.when(Math.abs(said.localMinor() - value) > Math.max(post.roundToMinor, (long) Math.pow(10, post.minorDigits)), EARLIER_PRICE_DIFFERS, value);
        }
        final long sum = c.stamps().stream().mapToLong(Command.EarlierStamp::localMinor).sum();
        Refusal.when(paid && sum > NaivePayments.MOST_MINOR, LIMIT_REACHED);
        stamps.mayBeSoMany(application, c.stamps().size());
        if (paid) {
            Refusal.when(c.paidDay() > model.today() + 1, TOO_EARLY, c.paidDay() * Model.DAY_MS);
            Refusal.when(model.money.transactions.containsKey(new MoneyModel.Transaction(PaymentMeans.EARLIER, 0, c.transaction())), TRANSACTION_KNOWN);
            payments.mayBeOneMore(application);
        }

        final List<Model.Stamp> issued = issue(c, application, post);
        final long payment = paid ? pay(c, application, post, issued, sum) : 0;
        application.lastChangeMs = model.nowMs;
        return Answer.done(issued.get(0).id, payment, 0);
    }

    /** Of one unit of the currency it is said how many dirhams it was. */
    static long value(final Command.EarlierStamp said, final Model.Post post) {
        return BigDecimal.valueOf(said.amountCentimes()).scaleByPowerOfTen(4 + post.minorDigits)
                .divide(BigDecimal.valueOf(said.microMadPerUnit()), 0, RoundingMode.HALF_UP).longValueExact();
    }

    private List<Model.Stamp> issue(final Command.ImportStamps c, final Model.Application application, final Model.Post post) {
        final List<Model.Stamp> all = new ArrayList<>();
        final List<Model.Stamp> run = new ArrayList<>();
        for (final Command.EarlierStamp said : c.stamps()) {
            final Model.Line line = application.lines.get(said.line());
            final Model.Tariff tariff = catalogue.service(line.serviceId).tariffAt(model.nowMs);
            final boolean same = tariff != null && tariff.unitCentimes() * line.quantity == said.amountCentimes();
            final Model.Stamp stamp = new Model.Stamp(++model.lastStamp, application, post, said, same ? tariff.version() : 0);
            stamps.add(stamp);
            model.money.olderThanItsNumber(stamp);
            if (!run.isEmpty() && (run.get(0).tariffVersion != stamp.tariffVersion || run.get(0).microMadPerUnit != stamp.microMadPerUnit)) {
                stamps.tell(run);
                run.clear();
            }
            run.add(stamp);
            all.add(stamp);
            model.money.takenOver.merge(stamp.tariffVersion == 0 ? "price of its own" : "price of the tariff", 1, Integer::sum);
        }
        stamps.tell(run);
        events.stampsTakenOver(all);
        return all;
    }

    private long pay(final Command.ImportStamps c, final Model.Application application, final Model.Post post, final List<Model.Stamp> issued, final long sum) {
        final MoneyModel.Payment payment = payments.add(application, post, PaymentMeans.EARLIER);
        payment.epochDay = c.paidDay();
        payment.collector = c.request().actor();
        NaivePayments.claim(payment, issued, sum, post.currency);
        events.paymentStarted(payment);
        payment.transaction = c.transaction();
        model.money.transactions.put(new MoneyModel.Transaction(PaymentMeans.EARLIER, 0, c.transaction()), payment);
        payment.scheme = c.earlierMeans();
        payments.receive(payment, sum, post.currency);
        payments.approve(payment);
        return payment.id;
    }
}
