package org.mawid.api.retention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.agrona.collections.LongHashSet;
import org.mawid.api.contact.Contacts;
import org.mawid.api.document.Documents;
import org.mawid.api.person.Held;
import org.mawid.api.person.LegalHold;
import org.mawid.api.person.LegalHolds;
import org.mawid.api.person.PersonalData;
import org.mawid.api.retention.Tally.Fate;
import org.mawid.api.sealed.Kind;
import org.mawid.api.sealed.store.ContentName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once through the books of all persons and deletes what is over. Each deletion is noted first, then taken out of the book, then its sealed bytes go: when the server is killed in between, no book names what is not there,
 * and the next sweep deletes the bytes. Of the store one sixteenth is compared with the books in a sweep, another one each day. One thread, one run.
 */
final class Sweep {
    /** Instead of a time: what is kept is still needed, or it cannot be told. */
    static final long NOT_BEGUN = Long.MAX_VALUE;
    /** Of store and applications, by what they end or begin with; it bounds what is remembered in memory. */
    static final int SHARES = 16;
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    /** Steps of {@link Pace}: some syncs of a disk, where looking at a book is one read. */
    private static final int DELETION_STEPS = 10;

    /** With what a sweep is done. */
    record Tools(PersonalData data, Documents documents, Contacts contacts, LegalHolds holds, ApplicationEnds applications, EndedCallbacks callbacks, Pace pace) {
    }

    private final Tools with;
    private final RetentionRules rules;
    private final RetentionFile file;
    private final long nowMs;
    private final int share;
    private final boolean isDryRun;
    private final Tally tally = new Tally();
    /** Without any book there may be the wrong folder, or none yet. */
    private boolean isAnybody;
    /** Of this share, by their first 64 bits, and numbers of applications. */
    private final LongHashSet named = new LongHashSet();
    private final LongHashSet asked = new LongHashSet();

    /** @param nowMs log time @param share 0 to {@link #SHARES} - 1 */
    Sweep(final Tools with, final RetentionRules rules, final RetentionFile file, final long nowMs, final int share, final boolean isDryRun) {
        this.with = with;
        this.rules = rules;
        this.file = file;
        this.nowMs = nowMs;
        this.share = share;
        this.isDryRun = isDryRun;
    }

    /**
     * @param isStopped asked now and then; what is left is for another sweep
     * @throws IOException                                                 it cannot go on now
     * @throws org.mawid.engine.readmodel.ReadModelBehindException it cannot be told what has ended: nothing more is deleted
     */
    Tally run(final Progress progress, final BooleanSupplier isStopped) throws IOException {
        with.applications.begin();
        if (!isDryRun) {
            endWhatWasGoing();
        }
        books(progress, isStopped);
        if (tally.isWhole() && isAnybody) {
            orphans();
        }
        callbacks();
        if (!isDryRun) {
            uploads();
            if (tally.isWhole()) {
                file.dropEnds(application -> application % SHARES == share && !asked.contains(application));
            }
            file.sync();
        }
        return tally;
    }

    private void books(final Progress progress, final BooleanSupplier isStopped) throws IOException {
        final List<String> parts = with.data.parts();
        for (int i = 0; i < parts.size(); i++) {
            for (final long person : with.data.persons(parts.get(i))) {
                if (isStopped.getAsBoolean()) {
                    tally.notWhole();
                    return;
                }
                with.pace.take(1);
                isAnybody = true;
                lookedAt(person);
            }
            progress.at(i + 1, parts.size());
        }
    }

    private void endWhatWasGoing() throws IOException {
        for (final Map.Entry<String, Long> one : file.going().entrySet()) {
            if (with.data.held(one.getValue()).stream().noneMatch(held -> held.name().equals(one.getKey()))) {
                with.data.deleteSealed(one.getKey());
            }
            file.gone(one.getKey());
        }
        file.sync();
    }

    private void lookedAt(final long person) throws IOException {
        try {
            person(person);
        } catch (final IOException trouble) {
            LOG.warn("retention leaves a person for the next sweep: {}", trouble.getMessage());
            tally.notWhole();
        }
    }

    private void person(final long person) throws IOException {
        final List<Held> over = new ArrayList<>();
        for (final Held held : with.data.held(person)) {
            if (digit(held.name()) == share) {
                named.add(ContentName.hash(held.name()));
            }
            final RetentionKind kind = RetentionKind.of(held);
            if (kind != null && rules.isOver(kind, beganMs(kind, held), nowMs)) {
                over.add(held);
            } else if (kind != null) {
                tally.count(kind, Fate.KEPT, held.atMs());
            }
        }
        if (!over.isEmpty()) {
            final LegalHold hold = with.holds.of(person);
            final boolean isHeld = hold != null && hold.isAt(nowMs);
            if (!isHeld && !isDryRun) {
                delete(over);
            }
            over.forEach(held -> tally.count(RetentionKind.of(held), isHeld ? Fate.HELD : Fate.DELETED, held.atMs()));
        }
    }

    private long beganMs(final RetentionKind kind, final Held held) {
        if (rules.isForEver(kind)) {
            return NOT_BEGUN;
        }
        if (kind != RetentionKind.CONTACTS) {
            return later(held.atMs(), endedMs(held.owner().application(), held.owner().submittedMs()));
        }
        final long[] applications = with.applications.of(held.owner().personKey());
        long began = applications == null ? NOT_BEGUN : held.atMs();
        for (int i = 0; applications != null && i < applications.length; i++) { // all of them, for each is to be seen when it ends
            began = later(began, endedMs(applications[i], 0));
        }
        return began;
    }

    private static long later(final long one, final long other) {
        return Math.max(one, other);
    }

    /** When it was first seen to have ended: not before it did, and a sweep later at most. */
    private long endedMs(final long application, final long submittedMs) {
        if (application % SHARES == share) {
            asked.add(application);
        }
        final Long before = file.endedMs(application);
        if (!with.applications.isEnded(application, submittedMs)) {
            if (before != null && !isDryRun) {
                file.open(application);
            }
            return NOT_BEGUN;
        }
        if (before != null) {
            return before;
        }
        if (!isDryRun) {
            file.ended(application, nowMs);
        }
        return nowMs;
    }

    private void delete(final List<Held> over) throws IOException {
        final List<Held> contacts = over.stream().filter(held -> held.kind() == Kind.CONTACTS).toList();
        if (!contacts.isEmpty()) {
            with.contacts.retire(contacts, this::deleted);
        }
        final List<Held> texts = new ArrayList<>();
        final Map<Long, List<Held>> documents = new LinkedHashMap<>();
        for (final Held held : over) {
            if (RetentionKind.of(held) == RetentionKind.DOCUMENTS) {
                documents.computeIfAbsent(held.owner().application(), none -> new ArrayList<>()).add(held);
            } else if (held.kind() != Kind.CONTACTS) {
                texts.add(held);
            }
        }
        for (final List<Held> ofOne : documents.values()) {
            with.documents.retire(ofOne, this::deleted);
        }
        if (!texts.isEmpty()) {
            deleted(texts);
        }
    }

    private void deleted(final List<Held> things) throws IOException {
        file.going(things);
        with.data.strike(things.get(0).owner().personKey(), things);
        for (final Held held : things) {
            with.pace.take(DELETION_STEPS);
            with.data.deleteSealed(held.name());
            file.gone(held.name());
        }
    }

    /** What is being written stands in a book some ms later: days are enough. */
    private void orphans() throws IOException {
        if (rules.isForEver(RetentionKind.ORPHANS)) {
            return;
        }
        final List<String> over = new ArrayList<>();
        with.data.listSealed(share, (name, putMs) -> {
            if (!named.contains(ContentName.hash(name))) {
                final boolean isOver = rules.isOver(RetentionKind.ORPHANS, putMs, nowMs);
                tally.count(RetentionKind.ORPHANS, isOver ? Fate.DELETED : Fate.KEPT, putMs);
                if (isOver) {
                    over.add(name);
                }
            }
        });
        for (final String name : isDryRun ? List.<String>of() : over) {
            with.pace.take(DELETION_STEPS);
            with.data.deleteSealed(name);
        }
    }

    private void uploads() {
        try {
            with.documents.sweep();
        } catch (final IOException notNow) {
            LOG.warn("uploads that never ended are left for the next sweep: {}", notNow.getMessage());
            tally.notWhole();
        }
    }

    private void callbacks() throws IOException {
        for (int i = with.callbacks.forget(isDryRun); i > 0; i--) {
            tally.count(RetentionKind.CALLBACKS, Fate.DELETED, nowMs);
        }
    }

    private static int digit(final String name) {
        return Character.digit(name.charAt(0), SHARES);
    }
}
