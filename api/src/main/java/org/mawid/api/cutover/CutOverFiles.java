package org.mawid.api.cutover;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.Priority;

/**
 * A folder of what an older system has under way, checked by itself: applications.csv and lines.csv, and where there are any appointments.csv, stamps.csv and balances.csv. A person is a key of 16 hexadecimal digits, the
 * keyed hash of the identity number; what looks like an identity number or a name is refused.
 */
public final class CutOverFiles {
    static final List<String> APPLICATIONS = List.of("reference", "post", "applicant", "submitted");
    static final List<String> LINES = List.of("reference", "line", "person", "service", "quantity", "state", "age_band", "priority", "registered_post");
    static final List<String> APPOINTMENTS = List.of("reference", "lines", "desk", "date", "start", "minutes");
    static final List<String> STAMPS = List.of("reference", "line", "serial", "amount_mad", "amount_local", "rate", "issued", "paid_on", "means", "transaction");
    static final List<String> BALANCES = List.of("post", "currency", "account", "amount");
    private static final int MOST_LINES = 16;
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,39}");
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z]{1,2}[0-9]{5,7}");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern CODE = Pattern.compile("[!-~]{1,32}");
    private static final Pattern DESK = Pattern.compile("[!-~]{3,65}");
    private static final Pattern TRANSACTION = Pattern.compile("[!-~]{1,36}");
    private static final Pattern MEANS = Pattern.compile("[A-Z0-9-]{0,12}");

    /** @param validated the older system has accepted it */
    record Line(long where, int number, long person, String service, int quantity, boolean validated, AgeBand ageBand, Priority priority, String registeredPost) {
    }

    /** One leg. @param lines bit i = line i */
    record Leg(long where, int lines, String desk, LocalDate date, LocalTime start, int units) {
    }

    /** @param paidOn null = unpaid, as the empty transaction says */
    record Stamp(long where, int line, String serial, BigDecimal amountMad, BigDecimal amountLocal, BigDecimal rate, LocalDate issued, LocalDate paidOn, String means, String transaction) {
        boolean isPaid() {
            return !transaction.isEmpty();
        }
    }

    record Balance(long where, String post, String currency, String account, BigDecimal amount) {
    }

    /** @param where line in applications.csv @param applicant 0 = a portal @param post empty = any */
    record Application(long where, String reference, String post, long applicant, LocalDate submitted, List<Line> lines, List<Leg> legs, List<Stamp> stamps) {
    }

    private final Mistakes mistakes = new Mistakes();
    private final Map<String, Application> byReference = new LinkedHashMap<>();
    private final List<Balance> balances = new ArrayList<>();
    private final Set<String> serials = new HashSet<>();
    private final Map<String, String> transactions = new HashMap<>();
    private final MessageDigest digest;
    private List<Application> inOrder = List.of();
    private String hash;

    private CutOverFiles() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** @throws CutOverRefusedException with all that is wrong @throws IOException the folder cannot be read */
    public static CutOverFiles read(final Path folder) throws IOException {
        final CutOverFiles files = new CutOverFiles();
        files.digest.update(CsvTable.read(folder, "applications.csv", false, APPLICATIONS, files.mistakes, files::application));
        files.digest.update(CsvTable.read(folder, "lines.csv", false, LINES, files.mistakes, files::line));
        files.digest.update(CsvTable.read(folder, "appointments.csv", true, APPOINTMENTS, files.mistakes, files::leg));
        files.digest.update(CsvTable.read(folder, "stamps.csv", true, STAMPS, files.mistakes, files::stamp));
        files.digest.update(CsvTable.read(folder, "balances.csv", true, BALANCES, files.mistakes, files::balance));
        files.whole();
        files.mistakes.throwIfAny("cut-over refused");
        return files;
    }

    /** In the order in which they were submitted there, then by reference: who came first is first here, too. */
    List<Application> applications() {
        return inOrder;
    }

    List<Balance> balances() {
        return balances;
    }

    /** Of all files, 64 hexadecimal digits: the same files are the same cut-over. */
    String hash() {
        return hash;
    }

    private void whole() {
        hash = HexFormat.of().formatHex(digest.digest());
        for (final Application one : byReference.values()) {
            one.lines().sort(Comparator.comparingInt(Line::number));
            one.stamps().sort(Comparator.comparingInt(Stamp::line));
            for (int i = 0; i < one.lines().size(); i++) {
                if (one.lines().get(i).number() != i) {
                    mistakes.add("lines.csv", one.lines().get(i).where(), "the lines of " + one.reference() + " are not 0, 1, 2... each once");
                    break;
                }
            }
            if (one.lines().isEmpty()) {
                mistakes.add("applications.csv", one.where(), one.reference() + " has no lines");
            }
            final int all = (1 << one.lines().size()) - 1;
            one.legs().stream().filter(leg -> (leg.lines() & ~all) != 0).forEach(leg -> mistakes.add("appointments.csv", leg.where(), one.reference() + " has no such line"));
            one.stamps().stream().filter(stamp -> stamp.line() >= one.lines().size()).forEach(stamp -> mistakes.add("stamps.csv", stamp.where(), one.reference() + " has no such line"));
        }
        inOrder = byReference.values().stream().sorted(Comparator.comparing(Application::submitted).thenComparing(Application::reference)).toList();
    }

    // ---- rows

    private void application(final CsvRecord row) {
        final long at = row.getStartingLineNumber();
        final Fields of = new Fields("applications.csv", row);
        final String reference = of.reference(0);
        final String post = row.getField(1).isEmpty() ? "" : of.matching(1, CODE, "a post's code");
        final long applicant = row.getField(2).isEmpty() ? 0 : of.key(2);
        final LocalDate submitted = of.date(3);
        if (of.good && byReference.putIfAbsent(reference, new Application(at, reference, post, applicant, submitted, new ArrayList<>(), new ArrayList<>(), new ArrayList<>())) != null) {
            mistakes.add("applications.csv", at, reference + " is there twice");
        }
    }

    private void line(final CsvRecord row) {
        final Fields of = new Fields("lines.csv", row);
        final Application its = of.application();
        final int number = of.integer(1, 0, MOST_LINES - 1);
        final long person = of.key(2);
        final String service = of.matching(3, CODE, "a service's code");
        final int quantity = of.integer(4, 1, 255);
        final String state = of.matching(5, Pattern.compile("SUBMITTED|VALIDATED"), "SUBMITTED or VALIDATED: what has ended stays in the older system");
        final AgeBand ageBand = of.oneOf(6, AgeBand.values(), AgeBand.NULL_VAL);
        final Priority priority = of.oneOf(7, Priority.values(), Priority.NULL_VAL);
        final String registered = row.getField(8).isEmpty() ? "" : of.matching(8, CODE, "a post's code");
        if (of.good) {
            its.lines().add(new Line(row.getStartingLineNumber(), number, person, service, quantity, state.equals("VALIDATED"), ageBand, priority, registered));
        }
    }

    private void leg(final CsvRecord row) {
        final Fields of = new Fields("appointments.csv", row);
        final Application its = of.application();
        final String lines = of.matching(1, Pattern.compile("([0-9]|1[0-5])(;([0-9]|1[0-5]))*"), "lines like 0;1");
        final String desk = of.matching(2, DESK, "a desk like MA-CG-LYON/D1");
        final LocalDate date = of.date(3);
        final LocalTime start = of.time(4);
        final int minutes = of.integer(5, 1, 960);
        if (of.good) {
            int set = 0;
            for (final String number : lines.split(";")) {
                set |= 1 << Integer.parseInt(number);
            }
            its.legs().add(new Leg(row.getStartingLineNumber(), set, desk, date, start, (minutes + 4) / 5));
        }
    }

    private void stamp(final CsvRecord row) {
        final long at = row.getStartingLineNumber();
        final Fields of = new Fields("stamps.csv", row);
        final Application its = of.application();
        final int line = of.integer(1, 0, MOST_LINES - 1);
        final String serial = of.matching(2, REFERENCE, "a serial number");
        final BigDecimal mad = of.amount(3, 2);
        final BigDecimal local = of.amount(4, 3);
        final BigDecimal rate = of.amount(5, 6);
        final LocalDate issued = of.date(6);
        final String transaction = row.getField(9).isEmpty() ? "" : of.matching(9, TRANSACTION, "a transaction of at most 36 visible characters");
        final boolean paid = !row.getField(9).isEmpty();
        final LocalDate paidOn = paid ? of.date(7) : null;
        final String means = of.matching(8, MEANS, "a word like EPT or TGR");
        if (!paid && (!row.getField(7).isEmpty() || !row.getField(8).isEmpty())) {
            of.wrong("has no transaction, and so cannot be paid");
        }
        if (!of.good) {
            return;
        }
        if (!serials.add(serial)) {
            of.wrong("the serial " + serial + " is there twice");
        }
        if (its.stamps().stream().anyMatch(other -> other.line() == line)) {
            of.wrong("line " + line + " of " + its.reference() + " has two stamps");
        }
        final String other = paid ? transactions.putIfAbsent(transaction, its.reference()) : null;
        if (other != null && !other.equals(its.reference())) {
            of.wrong("the transaction " + transaction + " pays for " + other + " too: one charge never pays twice; put what it paid for each behind it, as " + transaction + "/1");
        }
        its.stamps().add(new Stamp(at, line, serial, mad, local, rate, issued, paidOn, means, transaction));
    }

    private void balance(final CsvRecord row) {
        final Fields of = new Fields("balances.csv", row);
        final String post = of.matching(0, CODE, "a post's code");
        final String currency = of.matching(1, Pattern.compile("[A-Z]{3}"), "a currency like EUR");
        final String account = of.matching(2, Pattern.compile("OPENING_BALANCE|HELD|UNPAID|PAID"), "OPENING_BALANCE or HELD, in the post's currency, or UNPAID or PAID, in MAD");
        final BigDecimal amount = row.getField(3).equals("0") ? BigDecimal.ZERO : of.amount(3, 3);
        if (of.good) {
            balances.add(new Balance(row.getStartingLineNumber(), post, currency, account, amount));
        }
    }

    /** The fields of one row; the first thing that is wrong is told. */
    private final class Fields {
        private final String file;
        private final CsvRecord row;
        private boolean good = true;

        Fields(final String file, final CsvRecord row) {
            this.file = file;
            this.row = row;
        }

        void wrong(final String what) {
            if (good) {
                mistakes.add(file, row.getStartingLineNumber(), what);
            }
            good = false;
        }

        String matching(final int field, final Pattern pattern, final String what) {
            final String value = row.getField(field);
            if (!pattern.matcher(value).matches()) {
                wrong("field " + (field + 1) + " is not " + what); // its text is not told: it may be a name
            }
            return value;
        }

        String reference(final int field) {
            final String value = matching(field, REFERENCE, "a reference of letters, digits and ._/-, at most 40");
            if (IDENTITY.matcher(value).matches()) {
                wrong("field " + (field + 1) + " looks like an identity number: only keys and references are read");
            }
            return value;
        }

        Application application() {
            final Application its = byReference.get(reference(0));
            if (its == null) {
                wrong("its reference is not in applications.csv");
            }
            return its;
        }

        long key(final int field) {
            final String value = matching(field, KEY, "a key of 16 hexadecimal digits: names and identity numbers are not read");
            final long key = good ? HexFormat.fromHexDigitsToLong(value) : 0;
            if (good && key == 0) {
                wrong("field " + (field + 1) + " is no key");
            }
            return key;
        }

        int integer(final int field, final int least, final int most) {
            final String value = matching(field, Pattern.compile("[0-9]{1,4}"), "a whole number from " + least + " to " + most);
            final int number = good ? Integer.parseInt(value) : least;
            if (number < least || number > most) {
                wrong("field " + (field + 1) + " is not a whole number from " + least + " to " + most);
            }
            return number;
        }

        /** More than nothing, with at most so many decimals. */
        BigDecimal amount(final int field, final int decimals) {
            final String value = matching(field, Pattern.compile("[0-9]{1,10}(\\.[0-9]{1," + decimals + "})?"), "an amount above 0 with at most " + decimals + " decimals");
            final BigDecimal amount = good ? new BigDecimal(value) : BigDecimal.ONE;
            if (amount.signum() <= 0) {
                wrong("field " + (field + 1) + " is not an amount above 0");
            }
            return amount;
        }

        LocalDate date(final int field) {
            try {
                return LocalDate.parse(row.getField(field));
            } catch (final DateTimeParseException e) {
                wrong("field " + (field + 1) + " is not a date like 2026-03-29");
                return LocalDate.EPOCH;
            }
        }

        LocalTime time(final int field) {
            try {
                final LocalTime time = LocalTime.parse(row.getField(field));
                if (time.toSecondOfDay() % 300 == 0 && time.getNano() == 0) {
                    return time;
                }
            } catch (final DateTimeParseException e) {
                // told below
            }
            wrong("field " + (field + 1) + " is not a time like 09:05, a multiple of five minutes");
            return LocalTime.MIDNIGHT;
        }

        <E extends Enum<E>> E oneOf(final int field, final E[] all, final E none) {
            for (final E one : all) {
                if (one != none && !one.name().equals("SBE_UNKNOWN") && one.name().equals(row.getField(field))) {
                    return one;
                }
            }
            wrong("field " + (field + 1) + " is none of the schema's words");
            return none;
        }
    }
}
