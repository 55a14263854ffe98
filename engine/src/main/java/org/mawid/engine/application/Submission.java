package org.mawid.engine.application;

import org.mawid.engine.catalogue.Catalogue;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.sbe.ApplicationSubmittedEncoder;
import org.mawid.sbe.GroupSizeEncodingEncoder;
import org.mawid.sbe.LineState;
import org.mawid.sbe.RecordWalkInDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SubmitApplicationDecoder.LinesDecoder;
import org.mawid.sbe.WalkInDecoder;

/**
 * Lines that somebody asks for, before and while they become an application. The lines of SubmitApplication, WalkIn and
 * RecordWalkIn have the same layout; they have passed the static checks.
 */
public final class Submission {
    private static final int LINE_BYTES = LinesDecoder.sbeBlockLength();
    private static final int PERSON_KEY = LinesDecoder.personKeyEncodingOffset();
    private static final int SERVICE = LinesDecoder.serviceIdEncodingOffset();
    private static final int REGISTERED = LinesDecoder.registeredPostIdEncodingOffset();
    private static final int QUANTITY = LinesDecoder.quantityEncodingOffset();
    private static final int AGE_BAND = LinesDecoder.ageBandEncodingOffset();
    private static final int PRIORITY = LinesDecoder.priorityEncodingOffset();
    private static final int REPRESENTATIVE = LinesDecoder.representativeEncodingOffset();

    static {
        Invariant.that(LINE_BYTES == WalkInDecoder.LinesDecoder.sbeBlockLength(), "lines are alike in both commands", LINE_BYTES);
        Invariant.that(LINE_BYTES == RecordWalkInDecoder.LinesDecoder.sbeBlockLength(), "and in the one that is told later", LINE_BYTES);
        Invariant.that(LINE_BYTES > Long.BYTES && LINE_BYTES <= 2 * Long.BYTES, "a line is copied by two words", LINE_BYTES);
        Invariant.that(ApplicationSubmittedEncoder.LinesEncoder.sbeBlockLength() == LINE_BYTES + 1, "the event's line has one byte more", LINE_BYTES);
        Invariant.that(REPRESENTATIVE == LINE_BYTES - 1, "the event adds the state to the command's fields", REPRESENTATIVE);
    }

    private final Catalogue catalogue;
    private final Applications applications;
    private final Persons persons;
    private final Emitter events;
    private final long[] keys = new long[Applications.MOST_LINES];
    private final int[] services = new int[Applications.MOST_LINES];
    private final int[] slots = new int[Applications.MOST_LINES];
    private long firstLineAt;
    private int count;

    Submission(final Catalogue catalogue, final Applications applications, final Persons persons, final Emitter events) {
        this.catalogue = catalogue;
        this.applications = applications;
        this.persons = persons;
        this.events = events;
    }

    /** Decides: may these lines be opened? Remembers them for {@link #open}. @param groupAt address of the group's dimensions, see {@link Memory} */
    public Result decide(final long groupAt) {
        this.count = Memory.getShort(groupAt + 2);
        this.firstLineAt = groupAt + GroupSizeEncodingEncoder.ENCODED_LENGTH;
        int newPersons = 0;
        for (int i = 0; i < count; i++) {
            final long at = firstLineAt + i * LINE_BYTES;
            final int service = Memory.getShort(at + SERVICE);
            final int registered = Memory.getShort(at + REGISTERED);
            final long key = Memory.getLong(at + PERSON_KEY);
            if (!catalogue.services().has(service)) return Result.SERVICE_UNKNOWN;
            if (registered != 0 && !catalogue.posts().has(registered)) return Result.POST_UNKNOWN;
            if (Memory.getByte(at + QUANTITY) > catalogue.services().quantityMax(service)) return Result.QUANTITY_OUT_OF_RANGE;
            int earlier = 0;
            int slot = 0;
            for (int j = 0; j < i; j++) {
                if (keys[j] == key) {
                    if (services[j] == service) return Result.LINE_ALREADY_OPEN;
                    slot = slots[j];
                    earlier++;
                }
            }
            if (earlier == 0) {
                slot = persons.find(key);
                newPersons += slot == 0 ? 1 : 0;
            }
            if (slot != 0 && persons.hasOpen(slot, service)) return Result.LINE_ALREADY_OPEN;
            final int open = earlier + 1 + (slot == 0 ? 0 : persons.openLines(slot));
            if (open > catalogue.rules().openLinesPerPerson()) return Result.LIMIT_REACHED;
            keys[i] = key;
            services[i] = service;
            slots[i] = slot;
        }
        if (applications.count() + 1 > catalogue.rules().maxApplications()) return Result.APPLICATIONS_FULL;
        if (applications.lineTotal() + count > catalogue.rules().maxLines()) return Result.LINES_FULL;
        if (persons.count() + newPersons > catalogue.rules().maxPersons()) return Result.PERSONS_FULL;
        return Result.OK;
    }

    /** Lines that were decided about. */
    public int count() {
        return count;
    }

    /** All of them. */
    public int all() {
        return (1 << count) - 1;
    }

    public int service(final int line) {
        return services[line];
    }

    public long personKey(final int line) {
        return keys[line];
    }

    public int registeredPost(final int line) {
        return Memory.getShort(firstLineAt + line * LINE_BYTES + REGISTERED);
    }

    public int priority(final int line) {
        return Memory.getByte(firstLineAt + line * LINE_BYTES + PRIORITY);
    }

    public int quantity(final int line) {
        return Memory.getByte(firstLineAt + line * LINE_BYTES + QUANTITY);
    }

    /** Applies what {@link #decide} said OK to. @param validated true = an officer has seen all lines @return the application's number */
    public long open(final long nowMs, final int postId, final long applicant, final boolean validated) {
        final long application = applications.open(nowMs, postId, applicant, count);
        final long block = events.beginAt(ApplicationSubmittedEncoder.TEMPLATE_ID, ApplicationSubmittedEncoder.BLOCK_LENGTH, postId);
        Memory.putLong(block + ApplicationSubmittedEncoder.applicationIdEncodingOffset(), application);
        Memory.putLong(block + ApplicationSubmittedEncoder.applicantEncodingOffset(), applicant);
        long said = Emitter.group(block + ApplicationSubmittedEncoder.BLOCK_LENGTH, LINE_BYTES + 1, count);
        boolean anyValidated = false;
        for (int i = 0; i < count; i++) {
            final boolean isValidated = validated || !catalogue.services().needsValidation(services[i]);
            anyValidated |= isValidated;
            openLine(i, isValidated ? LineState.VALIDATED : LineState.SUBMITTED);
            copyLine(firstLineAt + i * LINE_BYTES, said);
            Memory.putByte(said + LINE_BYTES, isValidated ? LineState.VALIDATED.value() : LineState.SUBMITTED.value());
            said += LINE_BYTES + 1;
        }
        events.endAt(said);
        if (anyValidated) {
            applications.renew(application, nowMs);
        }
        return application;
    }

    /** Two words, the second over the end of the first: a line is longer than one and not longer than two. */
    private static void copyLine(final long from, final long to) {
        Memory.putLong(to, Memory.getLong(from));
        Memory.putLong(to + LINE_BYTES - Long.BYTES, Memory.getLong(from + LINE_BYTES - Long.BYTES));
    }

    private void openLine(final int i, final LineState state) {
        int slot = slots[i];
        for (int j = 0; j < i && slot == 0; j++) {
            slot = keys[j] == keys[i] ? slots[j] : 0;
        }
        if (slot == 0) {
            slot = persons.add(keys[i]);
        }
        slots[i] = slot;
        persons.open(slot, services[i]);
        final long at = firstLineAt + i * LINE_BYTES;
        applications.lines().add(applications.addLine(), keys[i], slot, services[i], registeredPost(i), quantity(i),
                Memory.getByte(at + AGE_BAND), Memory.getByte(at + PRIORITY), Memory.getByte(at + REPRESENTATIVE), state.value());
    }
}
