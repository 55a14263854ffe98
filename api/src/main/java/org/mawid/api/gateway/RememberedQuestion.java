package org.mawid.api.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.Outcome;

/** What became of some hundred requests at most. */
public final class RememberedQuestion implements CoreQuery {
    private final List<long[]> requests;
    private final CompletableFuture<List<Remembered>> answers = new CompletableFuture<>();

    /** @param requests high and low half of the id of each */
    public RememberedQuestion(final List<long[]> requests) {
        this.requests = requests;
    }

    @Override
    public void on(final EngineCore core) {
        final Outcome outcome = new Outcome();
        final List<Remembered> remembered = new ArrayList<>(requests.size());
        for (final long[] request : requests) {
            core.outcomeOf(request[0], request[1], outcome);
            remembered.add(new Remembered(outcome.result(), outcome.nowMs()));
        }
        answers.complete(remembered);
    }

    /** In their order; completed on the core's thread: to be waited for on another, with nothing hung on it. */
    public CompletableFuture<List<Remembered>> answers() {
        return answers;
    }
}
