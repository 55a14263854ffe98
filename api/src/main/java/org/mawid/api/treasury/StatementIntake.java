package org.mawid.api.treasury;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.mawid.api.treasury.matching.AcquirerContract;
import org.mawid.api.treasury.matching.Break;
import org.mawid.api.treasury.matching.Match;
import org.mawid.api.treasury.matching.MatchSink;
import org.mawid.api.treasury.matching.Matcher;
import org.mawid.api.treasury.matching.PaymentIndex;
import org.mawid.api.treasury.port.BreakKey;
import org.mawid.api.treasury.port.BreakType;
import org.mawid.api.treasury.port.PaymentPort;
import org.mawid.api.treasury.port.PaymentPort.Told;
import org.mawid.api.treasury.port.TreasuryCommand;
import org.mawid.api.treasury.statement.Finding;
import org.mawid.api.treasury.statement.Statement;
import org.mawid.api.treasury.statement.StatementBook;
import org.mawid.api.treasury.statement.StatementException;
import org.mawid.api.treasury.statement.StatementFile;
import org.mawid.api.treasury.statement.StatementReader;

/**
 * Takes a statement file: reads it, matches it, tells the log what it settles and where it differs, and only when the log has all of that is the statement noted as taken. A crash at any point, or a log
 * that cannot be told, leaves a file that is offered again: what was told is told again under the same request ids and keys. Blocks; one file at a time.
 */
public final class StatementIntake {
    private static final int IN_FLIGHT = 512;

    private final StatementReader reader;
    private final StatementBook book;
    private final Supplier<PaymentIndex> ledger;
    private final AcquirerContract.OfPost contracts;
    private final PaymentPort port;
    private final WaitingLines waiting;

    /**
     * @param settled  settlements that the log has now, also those that it had
     * @param breaks   likewise
     * @param repeated lines of earlier files
     * @param refused  commands that the core would not take: what was matched is not as the index said
     * @param untold   commands that it could not be told: the same file again later
     * @param isTaken  the log has all of it
     */
    public record Result(List<Statement> statements, List<Finding> findings, long settled, long breaks, long repeated, long refused, long untold, boolean isTaken) {
    }

    /**
     * @param book   of {@code reader}
     * @param ledger makes an index of what the log has now; asked anew for each file, since what was not told must not be remembered as settled
     */
    public StatementIntake(final StatementReader reader, final StatementBook book, final Supplier<PaymentIndex> ledger, final AcquirerContract.OfPost contracts, final PaymentPort port,
                           final WaitingLines waiting) {
        this.reader = reader;
        this.book = book;
        this.ledger = ledger;
        this.contracts = contracts;
        this.port = port;
        this.waiting = waiting;
    }

    /**
     * @param accepted findings that a person accepts for this file, usually none
     * @throws StatementException when it cannot be read: nothing was done
     */
    public synchronized Result take(final InputStream in, final Set<Finding.Type> accepted) throws IOException {
        try (StatementFile file = reader.read(in, accepted)) {
            if (!file.isTaken()) {
                final Telling telling = new Telling(null);
                refuse(file, telling);
                telling.await();
                return telling.result(file, 0, false);
            }
            final PaymentIndex index = ledger.get();
            final Telling telling = new Telling(index);
            final Matcher matcher = new Matcher(index, contracts, telling);
            telling.again(matcher);
            final int[] begun = {-1};
            file.each(line -> {
                if (line.statement() != begun[0]) {
                    matcher.end();
                    begun[0] = line.statement();
                    matcher.begin(file.statements().get(begun[0]));
                }
                matcher.line(line);
            });
            matcher.end();
            final boolean isTold = telling.isToldToItsEnd();
            if (isTold) {
                book.take(file.statements());
            }
            return telling.result(file, matcher.repeated(), isTold);
        }
    }

    /** A file that came before is nobody's work; one that does not add up is. */
    private static void refuse(final StatementFile file, final Telling telling) {
        for (final Finding finding : file.findings()) {
            if (finding.type().refuses() && finding.type() != Finding.Type.DUPLICATE && finding.type() != Finding.Type.REPLAYED) {
                final Statement statement = file.statements().get(finding.statement());
                final TreasuryCommand.About about = new TreasuryCommand.About(0, statement.currency(), 0, 0, 0, 0);
                final long key = BreakKey.of(BreakType.STATEMENT_REFUSED, statement.account(), statement.currency(), statement.id(), statement.page(), finding.type());
                telling.tell(new TreasuryCommand.OpenBreak(BreakType.STATEMENT_REFUSED, key, about, "statement " + statement.id() + ": " + finding.type() + ", " + finding.details()), telling.breaks);
            }
        }
    }

    /** Settles what has waited and can be settled by now, and tells what is due and in no statement. @param today days since 1970-01-01 @param graceDays after each contract's delay @return whether the log has all of it */
    public synchronized boolean missing(final int today, final int graceDays) throws IOException {
        final PaymentIndex index = ledger.get();
        final Telling telling = new Telling(index);
        final Matcher matcher = new Matcher(index, contracts, telling);
        telling.again(matcher);
        matcher.missing(today, graceDays);
        return telling.isToldToItsEnd();
    }

    /** Sends commands, so many at once, and counts what became of them. */
    private final class Telling implements MatchSink {
        private final Semaphore room = new Semaphore(IN_FLIGHT);
        private final AtomicLong settled = new AtomicLong();
        private final AtomicLong breaks = new AtomicLong();
        private final AtomicLong refused = new AtomicLong();
        private final AtomicLong unavailable = new AtomicLong();
        private final List<Match> more = new ArrayList<>();
        private final Set<Match> done = new HashSet<>();
        private final PaymentIndex index;

        /** @param index null = no break is known */
        Telling(final PaymentIndex index) {
            this.index = index;
        }

        void again(final Matcher matcher) {
            for (final Match waited : waiting.all()) {
                if (matcher.again(waited)) {
                    done.add(waited);
                }
            }
        }

        @Override
        public void match(final Match match) {
            if (match.subject() == TreasuryCommand.Subject.REFUND) {
                settled.incrementAndGet(); // the ledger has it as given back since the treasury has said so, before it was settled: no more is to be told
            } else {
                tell(match.command(), settled);
            }
        }

        @Override
        public void waits(final Match line) {
            more.add(line);
        }

        /** What a person has resolved is not opened again by coming again. */
        @Override
        public void differs(final Break found) {
            if (index.notes().isBreakKnown(found.key())) {
                breaks.incrementAndGet();
            } else {
                tell(found.command(), breaks);
            }
        }

        private void tell(final TreasuryCommand command, final AtomicLong kept) {
            room.acquireUninterruptibly();
            port.tell(command).onComplete(answer -> {
                final Told told = answer.succeeded() ? answer.result() : Told.UNAVAILABLE;
                (told.isKept() ? kept : told == Told.REFUSED ? refused : unavailable).incrementAndGet();
                room.release();
            });
        }

        private void await() {
            room.acquireUninterruptibly(IN_FLIGHT);
            room.release(IN_FLIGHT);
        }

        /** What waits is kept when the log has all else, the breaks about it among that; otherwise it comes again. */
        private boolean isToldToItsEnd() throws IOException {
            await();
            if (unavailable.get() > 0) {
                return false;
            }
            waiting.change(more, done);
            return true;
        }

        private Result result(final StatementFile file, final long repeated, final boolean isTaken) {
            return new Result(file.statements(), file.findings(), settled.get(), breaks.get(), repeated, refused.get(), unavailable.get(), isTaken);
        }
    }
}
