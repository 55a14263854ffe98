package org.mawid.bench.statement;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.mawid.api.sandbox.treasury.SandboxCamt;
import org.mawid.api.sandbox.treasury.SandboxEntry;
import org.mawid.api.treasury.matching.AcquirerContract;
import org.mawid.api.treasury.matching.PaymentIndex;
import org.mawid.api.treasury.port.PaymentState;

/** Payments of a seed, an index of all, and a statement that settles the last of them, with a few that are wrong. */
final class ModelStatement {
    static final AcquirerContract CONTRACT = AcquirerContract.of(120, 0, 3);
    static final int DAY = 20_515;
    /** Every so many lines one that settles nothing: another amount, and nobody's, in turn. */
    private static final int WRONG_EVERY = 1_000;
    private static final int POSTS = 163;
    private static final String CURRENCY = "MAD";
    private static final String VERSION = "08";

    private final int payments;
    private final int lines;
    private final long seed;

    ModelStatement(final int payments, final int lines, final long seed) {
        this.payments = payments;
        this.lines = lines;
        this.seed = seed;
    }

    /** 16 digits, scattered as real ones are. */
    private static String reference(final int payment) {
        return String.format(Locale.ROOT, "%016d", Math.floorMod(payment * 0x9E3779B97F4A7C15L, 10_000_000_000_000_000L));
    }

    private long grossMinor(final int payment) {
        return 5_000 + new SplittableRandom(seed + payment).nextInt(2_000_000);
    }

    PaymentIndex index() {
        final PaymentIndex index = new PaymentIndex(payments);
        for (int i = 1; i <= payments; i++) {
            final boolean isOld = i <= payments - lines;
            index.addPayment(i, reference(i), 1 + i % POSTS, grossMinor(i), CURRENCY, DAY - (isOld ? 30 : 1), PaymentState.APPROVED, PaymentIndex.NONE, isOld ? i : 0);
        }
        return index;
    }

    /** @return bytes */
    long write(final Path file) throws IOException {
        long sum = 0;
        for (int line = 1; line <= lines; line++) {
            sum += entry(line).grossMinor() - entry(line).commissionMinor();
        }
        final SandboxCamt.Head head = new SandboxCamt.Head("BENCH-1", 1, "MA64BENCH0000000000000MAD", CURRENCY, DAY, 0, sum);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            final SandboxCamt camt = new SandboxCamt(out, false, VERSION);
            camt.statement(head, each -> {
                for (int line = 1; line <= lines; line++) {
                    each.accept(entry(line));
                }
            });
            camt.end();
        }
        return Files.size(file);
    }

    private SandboxEntry entry(final int line) {
        final int payment = payments - lines + line;
        final long gross = grossMinor(payment) + (isOfAnotherAmount(line) ? 1 : 0);
        return SandboxEntry.payment("BENCH-" + line, isNobodys(line) ? "NOBODYS-" + line : reference(payment), gross, CONTRACT.commission(gross, 1), CURRENCY, DAY);
    }

    private static boolean isOfAnotherAmount(final int line) {
        return line % WRONG_EVERY == 0 && line / WRONG_EVERY % 2 == 1;
    }

    private static boolean isNobodys(final int line) {
        return line % WRONG_EVERY == 0 && line / WRONG_EVERY % 2 == 0;
    }

    /** Lines that settle nothing. */
    int wrong() {
        return lines / WRONG_EVERY;
    }
}
