package org.mawid.api.sandbox.treasury;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements of the sandbox's books, day after day for each currency: a day is closed when it is first asked for, and stays as it is. Any thread. */
final class SandboxStatements {
    private static final int HALF_A_YEAR = 182;
    private static final BigDecimal BASIS = BigDecimal.valueOf(10_000);

    private final SandboxBooks books;
    private final SandboxFaults faults;
    private final SandboxSettings settings;
    private final Map<String, Account> accounts = new HashMap<>();
    private boolean isNetAlways;

    /** A closed day. */
    private record Day(SandboxCamt.Head head, List<SandboxEntry> entries) {
    }

    /** Of one currency. */
    private static final class Account {
        private final Map<Integer, Day> days = new HashMap<>();
        private int next;
        private long balance = 1_000_000;
        private long sequence;

        Account(final int next) {
            this.next = next;
        }
    }

    SandboxStatements(final SandboxBooks books, final SandboxFaults faults, final SandboxSettings settings) {
        this.books = books;
        this.faults = faults;
        this.settings = settings;
    }

    synchronized void netAlways(final boolean is) {
        isNetAlways = is;
    }

    /** @return null when nothing has moved up to that day */
    synchronized byte[] file(final String currency, final int day, final boolean isNotification, final String version) {
        final Account account = accounts.computeIfAbsent(currency, first -> new Account(books.firstDay(first)));
        while (account.next <= day) {
            account.days.put(account.next, close(account, currency, account.next));
            account.next++;
        }
        final boolean isYesterdays = account.days.containsKey(day - 1) && faults.next(SandboxFault.Place.DELIVERY) == SandboxFault.YESTERDAYS_FILE;
        if (isYesterdays) {
            faults.happened(SandboxFault.YESTERDAYS_FILE, account.days.get(day - 1).head().id());
        }
        final Day closed = account.days.get(isYesterdays ? day - 1 : day);
        return closed == null ? null : bytes(closed, isNotification, version);
    }

    private static byte[] bytes(final Day day, final boolean isNotification, final String version) {
        final StringWriter text = new StringWriter();
        final SandboxCamt camt = new SandboxCamt(text, isNotification, version);
        camt.statement(day.head(), each -> day.entries().forEach(each));
        camt.end();
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Day close(final Account account, final String currency, final int day) {
        final List<SandboxEntry> entries = new ArrayList<>();
        for (final SandboxEntry right : right(currency, day)) {
            final SandboxFault fault = right.isCredit() || books.knowsRefund(right.reference()) ? faults.next(SandboxFault.Place.STATEMENT) : null; // a charge back goes by its payment's reference, and is right
            if (fault == null) {
                entries.add(right);
            } else {
                faults.happened(fault, right.reference());
                wrong(fault, right, entries);
            }
        }
        final String id = "SANDBOX-" + currency + '-' + date(day);
        final long opening = account.balance;
        account.balance += entries.stream().filter(entry -> entry.currency().equals(currency)).mapToLong(SandboxEntry::signedMinor).sum();
        long told = account.balance;
        if (!entries.isEmpty() && faults.next(SandboxFault.Place.BALANCE) == SandboxFault.WRONG_BALANCE) {
            told++;
            faults.happened(SandboxFault.WRONG_BALANCE, id);
        }
        return new Day(new SandboxCamt.Head(id, ++account.sequence, "MA64SANDBOX000000000000" + currency, currency, day, opening, told), entries);
    }

    private List<SandboxEntry> right(final String currency, final int day) {
        final int happened = day - settings.delayDays();
        final List<SandboxMovement> moved = books.movements(currency, happened);
        final boolean isNet = !moved.isEmpty() && (isNetAlways || faults.next(SandboxFault.Place.GROUPING) == SandboxFault.NET_BATCH);
        final List<SandboxEntry> entries = new ArrayList<>();
        final Map<String, SandboxMovement> batches = new LinkedHashMap<>();
        for (final SandboxMovement movement : moved) {
            if (isNet && movement.isCredit() && movement.payments() == 1) {
                final String reference = "ON-" + movement.merchant() + '-' + currency + '-' + date(happened);
                batches.merge(reference, new SandboxMovement(reference, movement.merchant(), true, movement.grossMinor(), currency, 1, happened), (all, one) -> new SandboxMovement(
                        reference, all.merchant(), true, all.grossMinor() + one.grossMinor(), currency, all.payments() + 1, happened));
            } else {
                entries.add(entry(movement, day, entries.size(), movement.payments() > 1));
            }
        }
        for (final SandboxMovement batch : batches.values()) {
            faults.happened(SandboxFault.NET_BATCH, batch.reference());
            entries.add(entry(batch, day, entries.size(), true));
        }
        return entries;
    }

    /** Of a batch the commission is not told: whoever reads it has to know the contract. */
    private SandboxEntry entry(final SandboxMovement movement, final int day, final int place, final boolean isBatch) {
        final long commission = movement.isCredit() ? BigDecimal.valueOf(movement.grossMinor()).multiply(BigDecimal.valueOf(settings.basisPoints()))
                .divide(BASIS, 0, RoundingMode.HALF_UP).longValueExact() + settings.fixedMinor() * movement.payments() : 0;
        return new SandboxEntry("B" + movement.currency() + date(day) + '-' + (place + 1), movement.reference(), movement.isCredit(), false, movement.grossMinor(), commission, movement.currency(), day,
                day, isBatch, movement.payments(), !isBatch);
    }

    private static void wrong(final SandboxFault fault, final SandboxEntry right, final List<SandboxEntry> entries) {
        switch (fault) {
            case LINE_MISSING -> {
            }
            case LINE_TWICE -> {
                entries.add(right);
                entries.add(right.again(right.bankReference() + "-2"));
            }
            case LINE_WRONG_AMOUNT -> entries.add(right.withGross(right.grossMinor() * 2));
            case LINE_OFF_BY_ONE -> entries.add(right.withGross(right.grossMinor() - 1));
            case LINE_OTHER_CURRENCY -> entries.add(right.withCurrency(right.currency().equals("MAD") ? "EUR" : "MAD"));
            case LINE_LATE -> entries.add(right.withValueDay(right.valueDay() + HALF_A_YEAR));
            case LINE_WRONG_COMMISSION -> entries.add(right.withCommission(right.commissionMinor() + 1));
            case LINE_REVERSED -> {
                entries.add(right);
                entries.add(right.takenBack(right.bankReference() + "-R"));
            }
            case LINE_UNKNOWN -> {
                entries.add(right);
                entries.add(SandboxEntry.payment(right.bankReference() + "-U", "NOBODYS-" + right.bankReference(), 4_200, 0, right.currency(), right.bookingDay()));
            }
            default -> throw new IllegalArgumentException(fault + " is no fault of a line");
        }
    }

    private static String date(final int day) {
        return LocalDate.ofEpochDay(day).format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
