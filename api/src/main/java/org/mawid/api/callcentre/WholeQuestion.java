package org.mawid.api.callcentre;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Engine;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.readmodel.ReadModelBehindException;

/** An application with all that belongs to it, as the core has it at one position: records by number have no list of these. Some tens of microseconds of the core's time. */
final class WholeQuestion implements CoreQuery {
    private static final long CORE_SECONDS = 5;

    private final long application;
    private final CompletableFuture<Whole> answer = new CompletableFuture<>();

    /** @param records each with its header; empty = there is no such application */
    record Whole(long position, List<UnsafeBuffer> records) {
    }

    private WholeQuestion(final long application) {
        this.application = application;
    }

    /** On a thread that may wait. @throws ReadModelBehindException the core does not answer now */
    static Whole ask(final Engine engine, final long application) {
        final WholeQuestion question = new WholeQuestion(application);
        try {
            if (engine.query(question)) {
                return question.answer.get(CORE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (final InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (final TimeoutException | ExecutionException late) {
            // told below
        }
        throw new ReadModelBehindException("the core did not answer: ask again");
    }

    /** Only copies. */
    @Override
    public void on(final EngineCore core) {
        final List<UnsafeBuffer> records = new ArrayList<>();
        core.dumpApplications(application, 1, (template, buffer, offset, length) -> {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            records.add(new UnsafeBuffer(copy));
        });
        answer.complete(new Whole(core.position(), records));
    }
}
