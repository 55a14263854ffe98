package org.mawid.api.terminal.closing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.fake.FakeEngine;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.References;
import org.mawid.api.terminal.TerminalTotals;
import org.mawid.sbe.Channel;
import org.mawid.sbe.Result;

/** A closing that is refused is over when it says so. */
class RefusedClosingTest {
    @TempDir
    private Path pages;

    /** No terminal is asked: it is refused before. */
    private static final class Untouched implements Periods {
        @Override
        public CompletionStage<TerminalTotals> reconcile(final int terminalId, final String lastReconciliationId) {
            throw new AssertionError("nobody may be asked");
        }

        @Override
        public String poiId(final int terminalId) {
            throw new AssertionError("nobody may be asked");
        }
    }

    /** Asked again on the thread that refuses: the earliest that anybody can. It would be told TERMINAL_BUSY for as long as the first one is in the way. */
    @Test
    void givenAClosingThatIsRefused_whenAskedAgainInTheSameMoment_thenItIsNotInItsOwnWay() throws Exception {
        final FakeEngine engine = new FakeEngine();
        final Gateway gateway = new Gateway(engine, References.of(1, new byte[32]), 300, System::currentTimeMillis);
        try (Closings closings = new Closings(gateway, pages, new Untouched())) {
            final CompletableFuture<List<Result>> both = closings.close(unsigned(1)).handle(RefusedClosingTest::why)
                    .thenCompose(first -> closings.close(unsigned(2)).handle(RefusedClosingTest::why).thenApply(second -> List.of(first, second))).toCompletableFuture();
            assertThat(both.get(30, TimeUnit.SECONDS)).containsExactly(Result.FORBIDDEN, Result.FORBIDDEN);
        } finally {
            gateway.close();
            engine.close();
        }
    }

    /** Nobody says that they close. */
    private static ClosingOrder unsigned(final long id) {
        return new ClosingOrder(12, 20_000, false, 1, id, 0, 0, Channel.COUNTER);
    }

    private static Result why(final Closed closed, final Throwable refused) {
        return ((ClosingRefused) (refused instanceof CompletionException ? refused.getCause() : refused)).result();
    }
}
