package org.mawid.engine.twin;

import static org.mawid.sbe.Result.ALREADY_PROPOSED;
import static org.mawid.sbe.Result.LIMIT_REACHED;
import static org.mawid.sbe.Result.NOT_VALIDATED;
import static org.mawid.sbe.Result.RATE_UNKNOWN;
import static org.mawid.sbe.Result.STAMPS_FULL;
import static org.mawid.sbe.Result.STAMP_ALREADY_ISSUED;
import static org.mawid.sbe.Result.STAMP_NOT_NEEDED;
import static org.mawid.sbe.Result.STAMP_STATE;
import static org.mawid.sbe.Result.STAMP_UNKNOWN;
import static org.mawid.sbe.Result.TARIFF_UNKNOWN;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.LineState;
import org.mawid.sbe.StampState;

/** Prices, and stamps as far as issue and void; what becomes of them otherwise is the matter of {@link NaiveLives}. */
final class NaiveStamps {
    private static final int OF_ONE_APPLICATION = 256;
    private static final Set<StampState> PAID = EnumSet.of(StampState.PAID, StampState.CONSUMED, StampState.WAIVED);

    private final Model model;
    private final NaiveCatalogue catalogue;
    private final NaiveLives lives;
    private final NaiveEvents events;

    NaiveStamps(final Model model, final NaiveCatalogue catalogue, final NaiveLives lives, final NaiveEvents events) {
        this.model = model;
        this.catalogue = catalogue;
        this.lives = lives;
        this.events = events;
    }

    /** The price of one line, frozen. */
    record Quote(int line, long amountCentimes, long localMinor, long tariffVersion) {
    }

    /** @param lines of an application that is known, checked here */
    Answer issue(final Command.IssueStamps c, final Model.Application application, final Model.Post post) {
        final List<Quote> quotes = new ArrayList<>();
        for (int i = 0; i < application.lines.size(); i++) {
            if ((c.lines() & 1 << i) != 0) {
                final Model.Line line = application.lines.get(i);
                Refusal.when(line.state != LineState.VALIDATED, NOT_VALIDATED);
                Refusal.when(line.hasLiveStamp(), STAMP_ALREADY_ISSUED);
                final Quote quote = quote(line, i, post);
                Refusal.when(quote == null, STAMP_NOT_NEEDED);
                quotes.add(quote);
            }
        }
        mayBeSoMany(application, quotes.size());

        return Answer.done(issue(application, post, quotes) & 0xFF_FFFF_FFFF_FFFFL, quotes.size(), 0);
    }

    /** What Hold, Confirm and WalkIn issue in passing: lines with a stamp keep it, free services get none. */
    List<Quote> quotes(final boolean wanted, final Model.Application application, final int set, final Model.Post post) {
        final List<Quote> quotes = new ArrayList<>();
        for (int i = 0; wanted && i < application.lines.size(); i++) {
            final Model.Line line = application.lines.get(i);
            if ((set & 1 << i) != 0 && !line.hasLiveStamp()) {
                final Quote quote = quote(line, i, post);
                if (quote != null) {
                    quotes.add(quote);
                }
            }
        }
        mayBeSoMany(application, quotes.size());
        return quotes;
    }

    void mayBeSoMany(final Model.Application application, final int more) {
        final boolean tooMany = model.coreVersion >= 2 && more > 0 && everOf(application) + more > OF_ONE_APPLICATION;
        model.stampLimitsMet += tooMany ? 1 : 0;
        Refusal.when(tooMany, LIMIT_REACHED);
        Refusal.when(model.stamps.size() + more > model.rules.maxStamps(), STAMPS_FULL);
    }

    /** Stamps that an application ever had, void ones too. */
    static int everOf(final Model.Application application) {
        return application.lines.stream().mapToInt(line -> line.stamps.size()).sum();
    }

    /** What of these lines costs something is paid or waived, where the fee of its service is to be paid at one of these times. */
    void mustBePaid(final Model.Application application, final int set, final Set<FeeTime> times) {
        for (final Model.Line line : NaiveApplications.linesOf(application, set)) {
            final Model.Service service = catalogue.service(line.serviceId);
            if (times.contains(service.feeTime)) {
                final Model.Tariff tariff = service.tariffAt(model.nowMs);
                final boolean isFree = line.hasLiveStamp() ? line.stamp.localMinor == 0 : tariff == null || tariff.unitCentimes() == 0;
                final boolean isPaid = line.hasLiveStamp() && PAID.contains(line.stamp.state);
                model.feesAsked += isFree || isPaid ? 0 : 1;
                Refusal.when(!isFree && !isPaid, STAMP_STATE);
            }
        }
    }

    /** @return first stampId | count << 56, 0 when none */
    long issue(final Model.Application application, final Model.Post post, final List<Quote> quotes) {
        final long first = model.lastStamp + 1;
        final List<Model.Stamp> run = new ArrayList<>();
        for (final Quote quote : quotes) {
            final Model.Stamp stamp = new Model.Stamp(++model.lastStamp, application, quote.line, post, quote.amountCentimes,
                    quote.localMinor, quote.tariffVersion, model.nowMs);
            add(stamp);
            if (!run.isEmpty() && run.get(0).tariffVersion != stamp.tariffVersion) {
                events.stampsIssued(run);
                run.clear();
            }
            run.add(stamp);
        }
        if (run.isEmpty()) {
            return 0;
        }
        events.stampsIssued(run);
        application.lastChangeMs = model.nowMs;
        return first | (long) quotes.size() << 56;
    }

    /** It is the one of its line from now on. */
    void add(final Model.Stamp stamp) {
        model.stamps.put(stamp.id, stamp);
        stamp.ofLine().stamps.add(stamp);
        stamp.ofLine().stamp = stamp;
        lives.open(stamp);
    }

    /** @param run stamps of one tariff version */
    void tell(final List<Model.Stamp> run) {
        events.stampsIssued(run);
    }

    Answer voidStamp(final Command.VoidStamp c) {
        final Model.Stamp stamp = model.stamps.get(c.stampId());
        Refusal.when(stamp == null, STAMP_UNKNOWN);
        Refusal.when(stamp.state != StampState.ISSUED, STAMP_STATE);
        Refusal.when(stamp.matter != null, ALREADY_PROPOSED);

        stamp.application.lastChangeMs = model.nowMs;
        lives.makeVoid(stamp);
        lives.tell(0);
        return Answer.DONE;
    }

    /** The issued stamps of lines that have ended. */
    void voidIssued(final Model.Application application, final int set) {
        NaiveApplications.linesOf(application, set).stream().map(line -> line.stamp)
                .filter(stamp -> stamp != null && stamp.state == StampState.ISSUED).forEach(lives::makeVoid);
        lives.tell(0);
    }

    /** Nobody has these lines any more: their stamps may have waited too long. */
    void setFree(final Model.Application application, final int set) {
        NaiveApplications.linesOf(application, set).forEach(line -> lives.age(line.stamp));
        lives.tell(0);
    }

    /** @return null for a free service */
    private Quote quote(final Model.Line line, final int number, final Model.Post post) {
        final Model.Tariff tariff = catalogue.service(line.serviceId).tariffAt(model.nowMs);
        Refusal.when(tariff == null, TARIFF_UNKNOWN);
        if (tariff.unitCentimes() == 0) {
            return null;
        }
        Refusal.when(post.microMadPerUnit == 0, RATE_UNKNOWN);
        final long amount = tariff.unitCentimes() * line.quantity;
        return new Quote(number, amount, localMinor(amount, post), tariff.version());
    }

    /** Half up to a multiple of the post's rounding step; exact, rounded once. */
    static long localMinor(final long amountCentimes, final Model.Post post) {
        final BigInteger round = BigInteger.valueOf(post.roundToMinor);
        final BigInteger exact = BigInteger.valueOf(amountCentimes).multiply(BigInteger.TEN.pow(post.minorDigits + 4));
        final BigInteger step = BigInteger.valueOf(post.microMadPerUnit).multiply(round);
        return exact.add(exact).add(step).divide(step.add(step)).multiply(round).longValueExact();
    }
}
