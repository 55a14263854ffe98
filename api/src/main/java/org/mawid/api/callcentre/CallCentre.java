package org.mawid.api.callcentre;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mawid.api.audit.trail.AuditTrail;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.ContactException;
import org.mawid.api.gateway.Gateway;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.message.MessageTextException;
import org.mawid.api.person.Owners;
import org.mawid.api.person.desk.PersonalDesk;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.SealException;
import org.mawid.engine.readmodel.Records;
import org.mawid.grpc.Callback;
import org.mawid.grpc.CallbackEnd;
import org.mawid.grpc.CallbackOutcome;
import org.mawid.grpc.CallbackPage;
import org.mawid.grpc.CallbackReach;
import org.mawid.grpc.CallbackTaken;
import org.mawid.grpc.ContactLanguage;
import org.mawid.grpc.HandOverNote;
import org.mawid.grpc.History;
import org.mawid.grpc.SearchReply;

/** All that the call centre asks for, in the words of both edges. Any thread that may wait, but for {@link #trace}. */
public final class CallCentre implements AutoCloseable {
    static final String FILE = "callbacks";

    private final Gateway gateway;
    private final References references;
    private final PersonalDesk desk;
    private final Search search;
    private final Notes notes;
    private final Histories histories;
    private final Callbacks callbacks;

    /** @param trail of what was done, closed by whoever gives it @param folder where callbacks are kept: {@link org.mawid.api.person.PersonalData#FOLDER} @param rememberedMs how long it is known how one ended, {@link Long#MAX_VALUE} = for ever */
    public CallCentre(final Gateway gateway, final PersonalDesk desk, final AuditTrail trail, final Path folder, final long rememberedMs) {
        this.gateway = gateway;
        this.references = gateway.references();
        this.desk = desk;
        notes = new Notes(desk.notes());
        search = new Search(gateway, desk.contacts());
        histories = new Histories(gateway, desk, notes, trail);
        callbacks = new Callbacks(folder.resolve(FILE), gateway::nowMs, rememberedMs);
    }

    /** By what the audit knows for which address somebody has looked: the first 64 bits of its keyed hash, 0 = for none. Any thread, does not wait. */
    public long trace(final Asked asked) {
        return desk.contacts().trace(asked.email(), asked.mobile());
    }

    /** @throws ContactException what was said is no address @throws CallCentreException it is no reference, or not one thing was said */
    public SearchReply search(final Asked asked) throws IOException, ContactException, CallCentreException {
        return search.of(asked);
    }

    /** @return null when there is no such application @throws org.mawid.engine.readmodel.ReadModelBehindException it cannot be told now */
    public History history(final long application) throws IOException, SealException {
        final History.Builder history = histories.of(application);
        if (history == null) {
            return null;
        }
        for (final CallbackRow row : callbacks.of(application)) {
            history.addCallbacks(told(row, null));
        }
        return history.build();
    }

    /** @param request by which it is known when it is repeated, empty = it cannot be @throws MessageTextException the text is not taken @throws SealException the person was erased */
    public HandOverNote addNote(final Records.Application application, final long actor, final String request, final String text) throws IOException, SealException, MessageTextException {
        return notes.add(Owners.of(application), actor, request, text);
    }

    /** The application is known to be there. @param reasonCode 1 to 4 294 967 295 */
    public Callback askCallback(final long application, final long notBeforeMs, final long notAfterMs, final long reasonCode) throws IOException, CallCentreException {
        return told(callbacks.ask(application, notBeforeMs, notAfterMs, reasonCode), null);
    }

    /** @param after what the page before has said, empty = from the oldest due on @param limit 1 and more */
    public CallbackPage callbacks(final String after, final int limit) throws IOException, SealException {
        final List<CallbackRow> rows = callbacks.open(after, limit + 1);
        final CallbackPage.Builder page = CallbackPage.newBuilder().setOpen(callbacks.openCount());
        for (final CallbackRow row : rows.subList(0, Math.min(limit, rows.size()))) {
            final ContactDetails contacts = contacts(row.application());
            page.addCallbacks(told(row, contacts == null ? null : CallbackReach.newBuilder().setLanguage(language(contacts)).build()));
        }
        return (rows.size() > limit ? page.setNext(rows.get(limit - 1).place()) : page).build();
    }

    /** For 15 minutes. */
    public Callback takeCallback(final long application, final long callback, final long actor) throws IOException, SealException, CallCentreException {
        final CallbackRow row = callbacks.take(application, callback, actor);
        final ContactDetails contacts = contacts(application);
        return told(row, contacts == null ? null : CallbackReach.newBuilder().setLanguage(language(contacts)).setMobile(contacts.mobile()).setEmail(contacts.email()).build());
    }

    /** @param outcome one that the contract names */
    public Callback endCallback(final long application, final long callback, final long actor, final CallbackOutcome outcome) throws IOException, CallCentreException {
        return told(callbacks.end(application, callback, actor, outcome.getNumber()), null);
    }

    /** Callbacks of an application, as those concerned are told. @throws IOException it cannot be read now */
    public JsonArray trace(final long application) throws IOException {
        return CallbackTrace.told(callbacks.of(application));
    }

    /** Forgets callbacks that ended long enough ago. @param isDryRun they are only counted @return how many */
    public int forgetCallbacks(final boolean isDryRun) throws IOException {
        if (isDryRun) {
            return callbacks.overCount();
        }
        int forgotten = 0;
        for (int some = callbacks.forget(); some > 0; some = callbacks.forget()) { // a few at a time: agents ask in between
            forgotten += some;
        }
        return forgotten;
    }

    private Callback told(final CallbackRow row, final CallbackReach reach) {
        final Callback.Builder callback = Callback.newBuilder().setCallback(row.id()).setApplication(references.text(ReferenceKind.APPLICATION, row.application())).setDueMs(row.dueMs())
                .setNotBeforeMs(row.notBeforeMs()).setNotAfterMs(row.notAfterMs()).setReasonCode((int) row.reasonCode()).setTries((int) row.tries());
        if (!row.isOpen()) {
            callback.setEnd(CallbackEnd.newBuilder().setOutcomeValue((int) row.outcome()).setEndedMs(row.endedMs()));
        } else if (row.isTaken(gateway.nowMs())) {
            callback.setTaken(CallbackTaken.newBuilder().setUntilMs(row.takenUntilMs()));
        }
        return (reach == null ? callback : callback.setReach(reach)).build();
    }

    /** Of whom the application is; null = nothing is known, or they were erased. */
    private ContactDetails contacts(final long application) throws IOException, SealException {
        final Records.Application found = gateway.engine().readModel().records().application(application);
        if (found == null) {
            return null;
        }
        final Owner owner = Owners.of(found);
        try {
            return desk.contacts().get(owner.personKey());
        } catch (final SealException shut) {
            if (shut.isErased()) {
                return null;
            }
            throw shut;
        }
    }

    private static ContactLanguage language(final ContactDetails contacts) {
        return ContactLanguage.valueOf("CONTACT_LANGUAGE_" + contacts.language().name());
    }

    @Override
    public void close() {
        callbacks.close();
    }
}
