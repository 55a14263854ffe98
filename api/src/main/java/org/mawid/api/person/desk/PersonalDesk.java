package org.mawid.api.person.desk;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mawid.api.contact.Contacts;
import org.mawid.api.document.Document;
import org.mawid.api.document.DocumentException;
import org.mawid.api.document.Documents;
import org.mawid.api.document.OffsetException;
import org.mawid.api.gateway.OutOfMemory;
import org.mawid.api.identity.Identities;
import org.mawid.api.message.MessageText;
import org.mawid.api.message.Messages;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;

/** Where event loops hand in work on personal data: a few threads do it, some wait, and who is one too many is told so at once. Any thread. */
public final class PersonalDesk implements AutoCloseable {
    private static final int THREADS = 4;
    /** Each takes a few syncs of a disk, or a call to the store, and holds a part of a document at most. */
    private static final int MOST_WAITING = 64;
    /** Documents between their halves: each is held whole. One more is kept without a small picture. */
    private static final int MOST_BETWEEN = 8;
    private static final long CLOSE_SECONDS = 30;

    private final PersonalData data;
    private final Messages messages;
    private final Messages notes;
    private final Messages reasons;
    private final Documents documents;
    private final Contacts contacts;
    private final Identities identities;
    private final Semaphore between = new Semaphore(MOST_BETWEEN);
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
        final Thread made = new Thread(task, "mawid-person");
        made.setDaemon(true);
        return made;
    });

    /** @param data closed with this */
    public PersonalDesk(final PersonalData data, final Documents documents, final Contacts contacts, final Identities identities) {
        this.data = data;
        this.documents = documents;
        this.contacts = contacts;
        this.identities = identities;
        messages = new Messages(data, Kind.MESSAGE, MessageText.MAX_CHARACTERS);
        notes = new Messages(data, Kind.NOTE, MessageText.MAX_NOTE_CHARACTERS);
        reasons = new Messages(data, Kind.REASON, MessageText.MAX_CHARACTERS);
        threads.allowCoreThreadTimeOut(true);
    }

    /** On a thread that may wait. */
    public Messages messages() {
        return messages;
    }

    /** Likewise: why officers have decided as they have. Nobody is told of one that the log does not name. */
    public Messages reasons() {
        return reasons;
    }

    /** Of a message or a reason, by its hash; likewise. @return null when no text of this application has it @throws SealException the person was erased, or it is damaged */
    public String text(final Owner owner, final long hash) throws IOException, SealException {
        final String message = messages.read(owner, hash);
        return message != null ? message : reasons.read(owner, hash);
    }

    /** Likewise: texts of the call centre for whoever takes over. */
    public Messages notes() {
        return notes;
    }

    /** Likewise. */
    public Documents documents() {
        return documents;
    }

    /** Likewise. */
    public Contacts contacts() {
        return contacts;
    }

    /** Likewise. */
    public Identities identities() {
        return identities;
    }

    /**
     * Judges and keeps a document, see {@link Documents#end}: no thread of the desk waits while its small picture is drawn.
     *
     * @return null when too many wait; fails with what {@link Documents#look} and {@link Documents#keep} throw, and with an {@link IOException} when too many wait for its second half: it is still on its way then
     */
    public CompletableFuture<Document> end(final List<Owner> owners, final String document, final String sha256) {
        final CompletableFuture<Half> first = in(() -> half(owners, document, sha256));
        return first == null ? null : first.thenCompose(half -> half.small == null ? CompletableFuture.completedFuture(half.kept) : half.small.thenCompose(small -> {
            final CompletableFuture<Document> kept = in(() -> documents.keep(owners, half.looked, small));
            return kept != null ? kept : CompletableFuture.failedFuture(new IOException("too many wait to keep a document"));
        }).whenComplete((kept, trouble) -> between.release()));
    }

    /** @param small null = there is nothing to wait for: {@code kept} is the answer */
    private record Half(Document kept, Documents.Looked looked, CompletableFuture<byte[]> small) {
    }

    private Half half(final List<Owner> owners, final String document, final String sha256) throws IOException, OffsetException, DocumentException, SealException {
        final Documents.Looked looked = documents.look(owners, document, sha256);
        if (looked == null || looked.kept() != null) {
            return new Half(looked == null ? null : looked.kept(), null, null);
        }
        return between.tryAcquire() ? new Half(null, looked, documents.draw(looked)) : new Half(documents.keep(owners, looked, null), null, null);
    }

    /** @return null when too many wait; fails with what {@code work} has thrown */
    public <T> CompletableFuture<T> in(final Callable<T> work) {
        final CompletableFuture<T> done = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    done.complete(work.call());
                } catch (final OutOfMemoryError e) {
                    OutOfMemory.tell(e); // or it would be told to whoever waits, and to nobody else
                    done.completeExceptionally(e);
                    throw e;
                } catch (final Throwable trouble) {
                    done.completeExceptionally(trouble);
                }
            });
            return done;
        } catch (final RejectedExecutionException full) {
            return null;
        }
    }

    /** Waits for what has begun. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        data.close();
    }
}
