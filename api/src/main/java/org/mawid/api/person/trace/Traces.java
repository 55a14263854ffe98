package org.mawid.api.person.trace;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.gateway.ReferenceKind;
import org.mawid.api.gateway.References;
import org.mawid.api.notification.outbox.Entry;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.Engine;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.upkeep.Retelling;
import org.mawid.sbe.AppointmentRecordDecoder;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentRecordDecoder;
import org.mawid.sbe.ReturnRecordDecoder;
import org.mawid.sbe.ReviewRecordDecoder;
import org.mawid.sbe.StampRecordDecoder;
import org.mawid.sbe.TicketRecordDecoder;
import org.mawid.sbe.WaiterRecordDecoder;

/**
 * Finds all that the log and what stands beside it has of a person. Looks at every application, for nobody keeps a list of all of somebody's: some seconds for millions, in slices between commands; then at what has left memory, and
 * at the log as far back as it goes. One thread, which waits for the core and for a disk.
 */
public final class Traces {
    private static final int TEMPLATE_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final List<RecordKind> ALSO = List.of(RecordKind.WAITERS, RecordKind.REVIEWS, RecordKind.RETURNS, RecordKind.TICKETS);

    private final Engine engine;
    private final References references;
    private final DataDirectory directory;
    private final Beside beside;
    private final Telling telling;

    /** Told how far it is, on the same thread. */
    @FunctionalInterface
    public interface Progress {
        /** @param what a word @param total 0 = not known */
        void at(String what, long done, long total);
    }

    public Traces(final Engine engine, final References references, final DataDirectory directory, final Beside beside) {
        this.engine = engine;
        this.references = references;
        this.directory = directory;
        this.beside = beside;
        telling = new Telling(references, engine.readModel().catalogue());
    }

    /**
     * @param person key, not 0
     * @return {@code position} and {@code logTime} to which it goes, {@code logBegins}, {@code applications}, {@code deeds} and {@code notifications}; the last three are empty when nothing is known of such a person
     * @throws org.mawid.engine.readmodel.ReadModelBehindException the core does not answer now
     * @throws org.mawid.engine.upkeep.UpkeepException             the archive cannot be read, or is damaged
     * @throws IOException                                          what stands beside the log cannot be read now
     */
    public JsonObject of(final long person, final Progress progress) throws IOException {
        final Map<Long, OwnApplication> applications = new LinkedHashMap<>();
        inMemory(person, applications, progress);
        archived(person, applications);
        also(applications);
        for (final OwnApplication one : applications.values()) {
            if (one.isOwner || one.isWhole()) {
                one.callbacksTold.addAll(beside.callbacks(one.id));
            }
        }
        final long last = engine.status().durablePosition();
        final JsonObject told = new JsonObject().put("position", last).put("logTime", Instant.ofEpochMilli(engine.status().nowMs()).toString());
        final long[] first = new long[2];
        engine.readLog(1, 0, (position, nowMs, buffer, offset, length) -> {
            first[0] = position;
            first[1] = nowMs;
            return false;
        });
        if (first[0] > 1) { // what was before is archived
            told.put("logBegins", Instant.ofEpochMilli(first[1]).toString());
        }
        final JsonArray deeds = new Deeds(person, List.copyOf(applications.values())).tell(new AuditLog(engine), references, last, progress);
        final JsonArray texts = new JsonArray();
        applications.values().forEach(application -> texts.add(telling.application(application)));
        return told.put("applications", texts).put("deeds", deeds).put("notifications", notifications(beside.waiting(person)));
    }

    // ---- applications, and what belongs to them

    private void inMemory(final long person, final Map<Long, OwnApplication> applications, final Progress progress) {
        final long count = engine.readModel().persons().count();
        long from = 1;
        while (from != 0) {
            final boolean[] isTheirs = new boolean[1];
            final CoreSlice.Found found = CoreSlice.ofApplications(from, (templateId, buffer, offset) -> {
                if (templateId == ApplicationRecordDecoder.TEMPLATE_ID) {
                    isTheirs[0] = names(person, buffer, offset);
                }
                return isTheirs[0];
            }).ask(engine);
            take(person, found.records(), applications);
            progress.at("looking", Math.min(from, count), count);
            from = found.next();
        }
    }

    /** On the core's thread. */
    private static boolean names(final long person, final DirectBuffer buffer, final int offset) {
        return OwnApplication.of(person, buffer, offset, false) != null;
    }

    private void take(final long person, final List<UnsafeBuffer> records, final Map<Long, OwnApplication> applications) {
        OwnApplication present = null;
        final List<UnsafeBuffer> payments = new ArrayList<>();
        for (final UnsafeBuffer record : records) {
            final int template = template(record);
            if (template == ApplicationRecordDecoder.TEMPLATE_ID) {
                addAll(present, payments);
                present = OwnApplication.of(person, record, 0, false);
                applications.put(present.id, present);
            } else if (template == PaymentRecordDecoder.TEMPLATE_ID) {
                payments.add(record);
            } else {
                telling.add(present, record);
            }
        }
        addAll(present, payments);
    }

    /** Of those already known: stamps are before what pays for them. */
    private void addAll(final OwnApplication application, final List<UnsafeBuffer> payments) {
        payments.forEach(payment -> telling.add(application, payment));
        payments.clear();
    }

    /** Behind those in memory, for what leaves is in the archive before. There an application is behind what belongs to it. */
    private void archived(final long person, final Map<Long, OwnApplication> applications) {
        final Map<Long, OwnApplication> gone = new HashMap<>();
        Retelling.ofArchive(directory, (buffer, offset) -> {
            if (template(buffer, offset) == ApplicationRecordDecoder.TEMPLATE_ID) {
                final OwnApplication one = OwnApplication.of(person, buffer, offset, true);
                if (one != null && !applications.containsKey(one.id)) {
                    gone.put(one.id, one);
                }
            }
        });
        if (gone.isEmpty()) {
            return;
        }
        final List<UnsafeBuffer> payments = new ArrayList<>();
        Retelling.ofArchive(directory, (buffer, offset) -> {
            final OwnApplication one = gone.get(applicationOf(buffer, offset));
            if (one != null) {
                final UnsafeBuffer copy = new UnsafeBuffer(new byte[buffer.capacity() - offset]);
                buffer.getBytes(offset, copy, 0, copy.capacity());
                if (template(buffer, offset) == PaymentRecordDecoder.TEMPLATE_ID) {
                    payments.add(copy);
                } else {
                    telling.add(one, copy);
                }
            }
        });
        payments.forEach(payment -> telling.add(gone.get(applicationOf(payment, 0)), payment));
        gone.values().stream().sorted((one, other) -> Long.compare(one.id, other.id)).forEach(one -> applications.put(one.id, one));
    }

    /** What is not told with applications. */
    private void also(final Map<Long, OwnApplication> applications) {
        final Map<Long, OwnApplication> byVisit = new HashMap<>();
        for (final OwnApplication one : applications.values()) {
            one.appointments.forEach(visit -> byVisit.put(visit, one));
            for (final long hold : List.copyOf(one.holds)) {
                CoreSlice.one(RecordKind.HOLDS, hold).ask(engine).records().forEach(record -> telling.add(one, record));
            }
            if (!one.isArchived) {
                CoreSlice.one(RecordKind.ACCEPTED_POSTS, one.id).ask(engine).records().forEach(record -> telling.add(one, record));
            }
        }
        for (final RecordKind kind : applications.isEmpty() ? List.<RecordKind>of() : ALSO) {
            long from = 1;
            while (from != 0) {
                final CoreSlice.Found found = CoreSlice.of(kind, from, (templateId, buffer, offset) -> owner(buffer, offset, applications, byVisit) != null).ask(engine);
                found.records().forEach(record -> telling.add(owner(record, 0, applications, byVisit), record));
                from = found.next();
            }
        }
    }

    private static OwnApplication owner(final DirectBuffer buffer, final int offset, final Map<Long, OwnApplication> applications, final Map<Long, OwnApplication> byVisit) {
        return template(buffer, offset) == TicketRecordDecoder.TEMPLATE_ID ? byVisit.get(number(buffer, offset, TicketRecordDecoder.appointmentIdEncodingOffset())) : applications.get(applicationOf(buffer, offset));
    }

    /** 0 = it is no record of that kind. */
    private static long applicationOf(final DirectBuffer buffer, final int offset) {
        return switch (template(buffer, offset)) {
            case ApplicationRecordDecoder.TEMPLATE_ID -> number(buffer, offset, ApplicationRecordDecoder.applicationIdEncodingOffset());
            case AppointmentRecordDecoder.TEMPLATE_ID -> number(buffer, offset, AppointmentRecordDecoder.applicationIdEncodingOffset());
            case StampRecordDecoder.TEMPLATE_ID -> number(buffer, offset, StampRecordDecoder.applicationIdEncodingOffset());
            case PaymentRecordDecoder.TEMPLATE_ID -> number(buffer, offset, PaymentRecordDecoder.applicationIdEncodingOffset());
            case WaiterRecordDecoder.TEMPLATE_ID -> number(buffer, offset, WaiterRecordDecoder.applicationIdEncodingOffset());
            case ReviewRecordDecoder.TEMPLATE_ID -> number(buffer, offset, ReviewRecordDecoder.applicationIdEncodingOffset());
            case ReturnRecordDecoder.TEMPLATE_ID -> number(buffer, offset, ReturnRecordDecoder.applicationIdEncodingOffset());
            default -> 0;
        };
    }

    private static int template(final DirectBuffer buffer) {
        return template(buffer, 0);
    }

    private static int template(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static long number(final DirectBuffer buffer, final int offset, final int field) {
        return buffer.getLong(offset + MessageHeaderDecoder.ENCODED_LENGTH + field, ByteOrder.LITTLE_ENDIAN);
    }

    // ---- what is to be told

    private JsonArray notifications(final List<Entry> waiting) {
        final JsonArray told = new JsonArray();
        for (final Entry entry : waiting) {
            final JsonObject notice = new JsonObject().put("what", entry.notice().what().kind().name()).put("channel", entry.notice().channel().name()).put("attempts", entry.attempts());
            if (entry.notice().what().applicationId() != 0) {
                notice.put("application", references.text(ReferenceKind.APPLICATION, entry.notice().what().applicationId()));
            }
            Telling.time(notice, "due", entry.dueMs());
            told.add(notice);
        }
        return told;
    }
}
