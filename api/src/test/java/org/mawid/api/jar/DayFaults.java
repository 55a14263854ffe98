package org.mawid.api.jar;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mawid.api.sandbox.treasury.SandboxFault;
import org.mawid.api.sandbox.treasury.SandboxInjection;

/** Which break each thing that went wrong must have come to: one, of that type, at that post, with both sides' amounts. Whatever is not here comes to none. */
final class DayFaults {
    private static final String NO_PAYMENT = "-";
    private static final long OF_NOBODY_MINOR = 4_200;

    /** What a line of a statement is about. @param grossMinor in the ledger @param theirMinor as the treasury moves it @param payments of a net line */
    private record Subject(DayTown.Place place, String currency, long grossMinor, long theirMinor, String payment, boolean isTold, boolean isRefund, List<Charged> payments) {
        static Subject of(final DayTown.Place place, final String currency, final long grossMinor, final String payment, final boolean isTold, final List<Charged> payments) {
            return new Subject(place, currency, grossMinor, grossMinor, payment, isTold, false, payments);
        }

        /** Nothing is kept of what is given back. */
        long commission() {
            return isRefund ? 0 : BigDecimal.valueOf(grossMinor).multiply(BigDecimal.valueOf(DayTown.BASIS_POINTS)).divide(BigDecimal.valueOf(10_000), 0, RoundingMode.HALF_UP).longValueExact();
        }
    }

    /** Money that the treasury has for a payment. */
    record Charged(DayPeople.Begun begun, String currency, long minor) {
    }

    private final List<SandboxInjection> injected;
    private final Map<String, DayPeople.Begun> begun;
    private final Map<String, String> states;
    private final Map<String, DayNight.Batch> batches;
    private final Set<String> statements;
    private final DayPaid paid;
    private final List<String> expected = new ArrayList<>();
    /** Payments about which there is a break: that no line has come is no news. */
    private final List<String> inBreak = new ArrayList<>();

    /** @param begun payments online by what they are called at the treasury @param states of payments, by our reference */
    DayFaults(final List<SandboxInjection> injected, final Map<String, DayPeople.Begun> begun, final Map<String, String> states, final DayNight night, final DayPaid paid) {
        this.injected = injected;
        this.begun = begun;
        this.states = states;
        batches = night.batches;
        statements = night.statements;
        this.paid = paid;
    }

    List<String> expected() {
        for (final SandboxInjection one : injected) {
            paying(one.fault(), begun.get(one.reference()));
            if (one.fault() == SandboxFault.WRONG_BALANCE) {
                refused(one.reference().substring("SANDBOX-".length()));
            }
        }
        paid.stamps.forEach(this::givenBack);
        paid.chargedBack.forEach(this::chargedBack);
        paid.byPayment().forEach(this::goneAfterUse);
        for (final SandboxInjection one : injected) {
            if (one.fault().place() == SandboxFault.Place.STATEMENT) {
                line(one.fault(), subject(one.reference()));
            }
        }
        return expected;
    }

    /** It is seen by its own sum, but where an entry in another currency keeps it from adding up; and by the next one, whose opening balance is another. */
    private void refused(final String statement) {
        final String currency = statement.substring(0, 3);
        final LocalDate day = LocalDate.parse(statement.substring(4), DateTimeFormatter.BASIC_ISO_DATE);
        if (injected.stream().noneMatch(one -> one.fault() == SandboxFault.LINE_OTHER_CURRENCY && subject(one.reference()).currency().equals(currency)
                && dayOf(one.reference()).plusDays(DayTown.DELAY_DAYS).equals(day))) {
            expect("STATEMENT_REFUSED", 0, currency, 0, 0, NO_PAYMENT);
        }
        if (statements.contains(currency + '-' + day.plusDays(1).format(DateTimeFormatter.BASIC_ISO_DATE))) {
            expect("STATEMENT_REFUSED", 0, currency, 0, 0, NO_PAYMENT);
        }
    }

    private LocalDate dayOf(final String reference) {
        final DayStamp refunded = refunded(reference);
        return refunded != null ? refunded.agreedOn : begun.containsKey(reference) ? begun.get(reference).day()
                : LocalDate.parse(Stream.of(reference.split("-")).filter(part -> part.length() == 8).findFirst().orElseThrow(), DateTimeFormatter.BASIC_ISO_DATE);
    }

    private void paying(final SandboxFault fault, final DayPeople.Begun one) {
        switch (fault) {
            case WRONG_AMOUNT, OFF_BY_ONE, OTHER_CURRENCY -> unallocated(one);
            // Which of the two call-backs the ledger hears first is chance when the server is down in between: either way it is one break.
            case CONTRADICTING_CALL_BACK -> {
                if (hadPaidForNothing(one)) {
                    unallocated(one);
                } else {
                    expect("CONTRADICTED", one.place().postId(), one.place().currency(), one.amountMinor(), 0, one.payment());
                }
            }
            case UNKNOWN_CALL_BACK -> expect("UNKNOWN_AT_LEDGER", 0, one.place().currency(), 0, one.amountMinor(), NO_PAYMENT);
            default -> { }
        }
    }

    /** Also where it pays for something by now. */
    private boolean hadPaidForNothing(final DayPeople.Begun one) {
        return paid.allocated.contains(one.payment()) || states.get(one.payment()).equals("UNALLOCATED");
    }

    private void unallocated(final DayPeople.Begun one) {
        final Charged charged = charged(one);
        if (!paid.resolved.contains(one.payment())) {
            expect("UNALLOCATED_MONEY", one.place().postId(), charged.currency(), 0, charged.minor(), one.payment());
        }
    }

    Charged charged(final DayPeople.Begun of) {
        final long asked = of.amountMinor();
        for (final SandboxInjection one : injected) {
            if (begun.get(one.reference()) == of) {
                switch (one.fault()) {
                    case WRONG_AMOUNT -> {
                        return new Charged(of, of.place().currency(), 2 * asked);
                    }
                    case OFF_BY_ONE -> {
                        return new Charged(of, of.place().currency(), asked - 1);
                    }
                    case OTHER_CURRENCY -> {
                        return new Charged(of, "MAD", asked);
                    }
                    default -> { }
                }
            }
        }
        return new Charged(of, of.place().currency(), asked);
    }

    /** What the treasury has given back of it, if it has not gone wrong as much as it had cost. Of what it refuses nothing. */
    long givenBackMinor(final DayStamp stamp) {
        return has(SandboxFault.REFUND_REFUSED, stamp.refund()) ? 0 : stamp.amountMinor - (has(SandboxFault.REFUND_OFF_BY_ONE, stamp.refund()) ? 1 : 0);
    }

    private boolean has(final SandboxFault fault, final String reference) {
        return injected.contains(new SandboxInjection(fault, reference));
    }

    private void givenBack(final DayStamp stamp) {
        if (has(SandboxFault.REFUND_REFUSED, stamp.refund())) {
            expect("OTHER", stamp.place.postId(), stamp.place.currency(), -stamp.amountMinor, 0, stamp.payment);
        } else if (has(SandboxFault.REFUND_OFF_BY_ONE, stamp.refund())) { // its line says so again, and that is no other difference
            expect("AMOUNT_DIFFERS", stamp.place.postId(), stamp.place.currency(), -stamp.amountMinor, 1 - stamp.amountMinor, stamp.payment);
        }
    }

    private void chargedBack(final String payment) {
        final Charged charged = charged(paid.begun.stream().filter(one -> one.payment().equals(payment)).findFirst().orElseThrow());
        expect("REVERSED_AT_TREASURY", charged.begun().place().postId(), charged.currency(), charged.minor(), 0, payment);
    }

    private void goneAfterUse(final String payment, final List<DayStamp> stamps) {
        final long minor = stamps.stream().filter(stamp -> stamp.isLost).mapToLong(stamp -> stamp.amountMinor).sum();
        if (minor != 0) {
            expect("MONEY_GONE_AFTER_USE", stamps.get(0).place.postId(), stamps.get(0).place.currency(), minor, 0, payment);
        }
    }

    /** Null for what is no refund's. */
    private DayStamp refunded(final String reference) {
        return paid.stamps.stream().filter(stamp -> stamp.refund().equals(reference)).findFirst().orElse(null);
    }

    /** By the reference of its line: a payment's, a terminal batch's, or that of a post's day. */
    private Subject subject(final String reference) {
        final DayNight.Batch batch = batches.get(reference);
        if (batch != null) {
            return Subject.of(batch.place(), batch.place().currency(), batch.grossMinor(), NO_PAYMENT, false, List.of());
        }
        if (begun.containsKey(reference)) {
            final Charged charged = charged(begun.get(reference));
            return Subject.of(charged.begun().place(), charged.currency(), charged.minor(), charged.begun().payment(), true, List.of());
        }
        final DayStamp refunded = refunded(reference);
        if (refunded != null) {
            return new Subject(refunded.place, refunded.place.currency(), refunded.amountMinor, givenBackMinor(refunded), isReturn(refunded) ? refunded.payment : NO_PAYMENT, true, true, List.of());
        }
        final List<Charged> together = begun.values().stream().filter(one -> one.means() == DayPeople.Means.ONLINE && reference.equals(one.netReference()) && isPaid(one)).map(this::charged)
                .filter(one -> one.currency().equals(one.begun().place().currency())).toList();
        return Subject.of(together.get(0).begun().place(), together.get(0).currency(), together.stream().mapToLong(Charged::minor).sum(), NO_PAYMENT, false, together);
    }

    boolean isPaid(final DayPeople.Begun one) {
        final String state = states.get(one.payment());
        return state.equals("APPROVED") || state.equals("UNALLOCATED") || state.equals("CHARGED_BACK");
    }

    /** Whether a line has come for a payment online that settles it. */
    boolean isSettled(final DayPeople.Begun one) {
        final String reference = begun.entrySet().stream().filter(each -> each.getValue() == one).findFirst().orElseThrow().getKey();
        final boolean isNet = has(SandboxFault.NET_BATCH, one.netReference());
        return isPaid(one) && !states.get(one.payment()).equals("UNALLOCATED") && (isNet ? !isSpoiled(one.netReference(), true) : !isSpoiled(reference, false));
    }

    /** Whether a line has come for a terminal's day that settles it. */
    boolean isSettled(final DayNight.Batch batch) {
        return batch.grossMinor() > 0 && !isSpoiled(batch.reference(), true);
    }

    /** Whether a line has come for what was given back of it that is as it must be. */
    boolean isTakenRightly(final DayStamp refunded) {
        return givenBackMinor(refunded) == refunded.amountMinor && !isSpoiled(refunded.refund(), isReturn(refunded));
    }

    private boolean isSpoiled(final String reference, final boolean isTogether) {
        return Stream.of(SandboxFault.LINE_MISSING, SandboxFault.LINE_WRONG_AMOUNT, SandboxFault.LINE_OFF_BY_ONE, SandboxFault.LINE_OTHER_CURRENCY).anyMatch(fault -> has(fault, reference))
                || isTogether && has(SandboxFault.LINE_WRONG_COMMISSION, reference);
    }

    private void line(final SandboxFault fault, final Subject subject) {
        if (subject.isRefund()) {
            refundLine(fault, subject);
            return;
        }
        final long gross = subject.grossMinor();
        final long commission = subject.commission();
        switch (fault) {
            case LINE_MISSING -> missing(subject);
            case LINE_TWICE -> about("SETTLED_TWICE", subject, gross, 2 * gross - (subject.isTold() ? 0 : commission));
            case LINE_WRONG_AMOUNT -> about("AMOUNT_DIFFERS", subject, gross, 2 * gross);
            case LINE_OFF_BY_ONE -> about("AMOUNT_DIFFERS", subject, gross, gross - 1);
            case LINE_OTHER_CURRENCY -> about("CURRENCY_DIFFERS", subject, gross, 0);
            case LINE_LATE -> about("LATE_VALUE_DATE", subject, gross, gross);
            case LINE_WRONG_COMMISSION -> {
                if (subject.isTold()) {
                    about("COMMISSION_DIFFERS", subject, commission, commission + 1);
                } else { // of a batch only what is left is told
                    about("AMOUNT_DIFFERS", subject, gross, gross - 1);
                }
            }
            case LINE_REVERSED -> about("REVERSED_AT_TREASURY", subject, gross, commission);
            case LINE_UNKNOWN -> expect("UNKNOWN_AT_LEDGER", 0, subject.currency(), 0, OF_NOBODY_MINOR, NO_PAYMENT);
            default -> throw new IllegalArgumentException("no fault of a line: " + fault);
        }
    }

    /** Given back after its payment was settled: the ledger waits for the line that takes it. */
    private static boolean isReturn(final DayStamp refunded) {
        return refunded.isBack() && refunded.isBackAfterSettlement;
    }

    /** Money that is to leave the account. Of what was given back before it was settled the ledger does not look for the line, and nothing was agreed about its day. */
    private void refundLine(final SandboxFault fault, final Subject subject) {
        final boolean isReturn = !subject.payment().equals(NO_PAYMENT);
        final long ours = -subject.grossMinor();
        final long theirs = -subject.theirMinor();
        switch (fault) {
            case LINE_MISSING -> {
                if (isReturn) {
                    about("MISSING_AT_TREASURY", subject, ours, 0);
                }
            }
            case LINE_LATE -> {
                if (isReturn) {
                    about("LATE_VALUE_DATE", subject, ours, ours);
                }
            }
            case LINE_WRONG_COMMISSION -> {
                if (isReturn) { // so much less has left the account
                    about("AMOUNT_DIFFERS", subject, ours, theirs + 1);
                }
            }
            case LINE_TWICE -> about("SETTLED_TWICE", subject, ours, ours + theirs);
            case LINE_WRONG_AMOUNT -> about("AMOUNT_DIFFERS", subject, ours, 2 * theirs);
            case LINE_OFF_BY_ONE -> about("AMOUNT_DIFFERS", subject, ours, theirs + 1);
            case LINE_OTHER_CURRENCY -> about("CURRENCY_DIFFERS", subject, ours, 0);
            case LINE_REVERSED -> about("REVERSED_AT_TREASURY", subject, ours, ours - theirs);
            case LINE_UNKNOWN -> expect("UNKNOWN_AT_LEDGER", 0, subject.currency(), 0, OF_NOBODY_MINOR, NO_PAYMENT);
            default -> throw new IllegalArgumentException("no fault of a line: " + fault);
        }
    }

    private void missing(final Subject subject) {
        if (subject.payments().isEmpty() && !inBreak.contains(subject.payment())) {
            about("MISSING_AT_TREASURY", subject, subject.grossMinor(), 0);
        }
        for (final Charged each : subject.payments()) {
            if (!inBreak.contains(each.begun().payment())) {
                expect("MISSING_AT_TREASURY", each.begun().place().postId(), each.currency(), each.minor(), 0, each.begun().payment());
            }
        }
    }

    private void about(final String type, final Subject subject, final long ours, final long theirs) {
        expect(type, subject.place().postId(), subject.currency(), ours, theirs, subject.payment());
    }

    private void expect(final String type, final int postId, final String currency, final long ours, final long theirs, final String payment) {
        expected.add(text(type, postId, currency, ours, theirs, payment));
        if (!payment.equals(NO_PAYMENT)) {
            inBreak.add(payment);
        }
    }

    /** As the server tells them. */
    static List<String> told(final JsonObject breaks) {
        final List<String> told = new ArrayList<>();
        final JsonArray all = breaks.getJsonArray("breaks");
        for (int i = 0; i < all.size(); i++) {
            final JsonObject one = all.getJsonObject(i);
            told.add(text(one.getString("breakType"), one.getInteger("postId"), one.getString("currency"), one.getLong("ourMinor"), one.getLong("theirMinor"), one.getString("payment", NO_PAYMENT)));
        }
        return told;
    }

    private static String text(final String type, final int postId, final String currency, final long ourMinor, final long theirMinor, final String payment) {
        return type + " at " + postId + ", ours " + ourMinor + ", theirs " + theirMinor + ' ' + currency + ", payment " + payment;
    }
}
