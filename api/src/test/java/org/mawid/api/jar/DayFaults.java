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

    /** What a line of a statement is about. @param payments of a net line */
    private record Subject(DayTown.Place place, String currency, long grossMinor, String payment, boolean isTold, List<Charged> payments) {
        long commission() {
            return BigDecimal.valueOf(grossMinor).multiply(BigDecimal.valueOf(DayTown.BASIS_POINTS)).divide(BigDecimal.valueOf(10_000), 0, RoundingMode.HALF_UP).longValueExact();
        }
    }

    /** Money that the treasury has for a payment. */
    private record Charged(DayPeople.Begun begun, String currency, long minor) {
    }

    private final List<SandboxInjection> injected;
    private final Map<String, DayPeople.Begun> begun;
    private final Map<String, String> states;
    private final Map<String, DayNight.Batch> batches;
    private final Set<String> statements;
    private final List<String> expected = new ArrayList<>();
    /** Payments about which there is a break: that no line has come is no news. */
    private final List<String> inBreak = new ArrayList<>();

    /** @param begun payments online by what they are called at the treasury @param states of payments, by our reference */
    DayFaults(final List<SandboxInjection> injected, final Map<String, DayPeople.Begun> begun, final Map<String, String> states, final DayNight night) {
        this.injected = injected;
        this.begun = begun;
        this.states = states;
        batches = night.batches;
        statements = night.statements;
    }

    List<String> expected() {
        for (final SandboxInjection one : injected) {
            paying(one.fault(), begun.get(one.reference()));
            if (one.fault() == SandboxFault.WRONG_BALANCE) {
                refused(one.reference().substring("SANDBOX-".length()));
            }
        }
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
        return begun.containsKey(reference) ? begun.get(reference).day()
                : LocalDate.parse(Stream.of(reference.split("-")).filter(part -> part.length() == 8).findFirst().orElseThrow(), DateTimeFormatter.BASIC_ISO_DATE);
    }

    private void paying(final SandboxFault fault, final DayPeople.Begun paid) {
        switch (fault) {
            case WRONG_AMOUNT, OFF_BY_ONE, OTHER_CURRENCY -> unallocated(paid);
            // Which of the two call-backs the ledger hears first is chance when the server is down in between: either way it is one break.
            case CONTRADICTING_CALL_BACK -> {
                if (states.get(paid.payment()).equals("APPROVED")) {
                    expect("CONTRADICTED", paid.place().postId(), paid.place().currency(), paid.amountMinor(), 0, paid.payment());
                } else {
                    unallocated(paid);
                }
            }
            case UNKNOWN_CALL_BACK -> expect("UNKNOWN_AT_LEDGER", 0, paid.place().currency(), 0, paid.amountMinor(), NO_PAYMENT);
            default -> { }
        }
    }

    private void unallocated(final DayPeople.Begun paid) {
        final Charged charged = charged(paid);
        expect("UNALLOCATED_MONEY", paid.place().postId(), charged.currency(), 0, charged.minor(), paid.payment());
    }

    private Charged charged(final DayPeople.Begun paid) {
        final long asked = paid.amountMinor();
        for (final SandboxInjection one : injected) {
            if (begun.get(one.reference()) == paid) {
                switch (one.fault()) {
                    case WRONG_AMOUNT -> {
                        return new Charged(paid, paid.place().currency(), 2 * asked);
                    }
                    case OFF_BY_ONE -> {
                        return new Charged(paid, paid.place().currency(), asked - 1);
                    }
                    case OTHER_CURRENCY -> {
                        return new Charged(paid, "MAD", asked);
                    }
                    default -> { }
                }
            }
        }
        return new Charged(paid, paid.place().currency(), asked);
    }

    /** By the reference of its line: a payment's, a terminal batch's, or that of a post's day. */
    private Subject subject(final String reference) {
        final DayNight.Batch batch = batches.get(reference);
        if (batch != null) {
            return new Subject(batch.place(), batch.place().currency(), batch.grossMinor(), NO_PAYMENT, false, List.of());
        }
        if (begun.containsKey(reference)) {
            final Charged charged = charged(begun.get(reference));
            return new Subject(charged.begun().place(), charged.currency(), charged.minor(), charged.begun().payment(), true, List.of());
        }
        final List<Charged> together = begun.values().stream().filter(one -> one.means() == DayPeople.Means.ONLINE && reference.equals(one.netReference()) && isPaid(one)).map(this::charged)
                .filter(one -> one.currency().equals(one.begun().place().currency())).toList();
        return new Subject(together.get(0).begun().place(), together.get(0).currency(), together.stream().mapToLong(Charged::minor).sum(), NO_PAYMENT, false, together);
    }

    private boolean isPaid(final DayPeople.Begun one) {
        final String state = states.get(one.payment());
        return state.equals("APPROVED") || state.equals("UNALLOCATED");
    }

    private void line(final SandboxFault fault, final Subject subject) {
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
