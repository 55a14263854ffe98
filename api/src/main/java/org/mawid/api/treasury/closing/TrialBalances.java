package org.mawid.api.treasury.closing;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.mawid.engine.Engine;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.sbe.Result;

/** What the core has, once it is on disk: a signature must not outlive what it is over. Blocks. */
final class TrialBalances {
    static final long PATIENCE_S = 15;

    private TrialBalances() {
    }

    /** @throws ClosingRefused READ_MODEL_BEHIND: the core or the disk does not answer now */
    static MoneyView.TrialBalance durable(final Engine engine, final int postId) throws InterruptedException {
        final MoneyView.TrialBalance balance;
        try {
            balance = engine.readModel().money().trialBalance(postId).orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
        } catch (final CompletionException notNow) {
            throw new ClosingRefused(Result.READ_MODEL_BEHIND, 0, "the core did not answer: ask again");
        }
        final long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (engine.status().durablePosition() < balance.position()) {
            if (System.nanoTime() - untilNanos >= 0 || !engine.status().running()) {
                throw new ClosingRefused(Result.READ_MODEL_BEHIND, 0, "what the closing would have is not on disk yet: ask again");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return balance;
    }
}
