package org.mawid.api.person.trace;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.mawid.sbe.ApplicationRecordDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.LineState;
import org.mawid.sbe.MessageHeaderDecoder;

/** An application that names a person: which of its lines are theirs, and what was found of these. One thread. */
final class OwnApplication {
    /** A line of the person. @param line its index, 0 to 15 @param reasonCode why it is refused, or documents are wanted; 0 = not said */
    record Line(int line, int serviceId, int quantity, int registeredPostId, String ageBand, String priority, boolean representative, LineState state, int reasonCode, long stampId, long holdId, long appointmentId) {
    }

    final long id;
    final long applicant;
    final int postId;
    final long submittedMs;
    final long changedMs;
    final long validUntilMs;
    final boolean isApplicant;
    /** It has left memory: nobody changes it any more. */
    final boolean isArchived;
    final List<Line> lines = new ArrayList<>();
    /** Bit i: line i is theirs. */
    final int mask;
    /** How many other persons it names, whoever submitted it among them. */
    final int others;
    /** Whose its texts are, see {@link org.mawid.api.person.Owners#of(org.mawid.engine.readmodel.Records.Application)}. */
    final boolean isOwner;

    final Set<Long> appointments = new HashSet<>();
    final Set<Long> stamps = new HashSet<>();
    final Set<Long> payments = new HashSet<>();
    final Set<Long> holds = new HashSet<>();
    final Set<Long> waiters = new HashSet<>();
    final Set<Long> tickets = new HashSet<>();

    final JsonArray visitsTold = new JsonArray();
    final JsonArray holdsTold = new JsonArray();
    final JsonArray waitsTold = new JsonArray();
    final JsonArray stampsTold = new JsonArray();
    final JsonArray paymentsTold = new JsonArray();
    final JsonArray returnsTold = new JsonArray();
    final JsonArray ticketsTold = new JsonArray();
    final JsonArray postsTold = new JsonArray();
    final JsonArray callbacksTold = new JsonArray();
    /** Since when it waits, for whom, and what is wanted of it; 0 = it does not. */
    long waitsSinceMs;
    boolean isAssigned;
    final long[] wantedKinds = new long[Integer.SIZE];

    private OwnApplication(final long person, final ApplicationRecordDecoder record, final boolean isArchived) {
        this.isArchived = isArchived;
        id = record.applicationId();
        applicant = record.applicant();
        postId = record.postId();
        submittedMs = record.submittedMs();
        changedMs = record.changedMs();
        validUntilMs = record.validUntilMs();
        isApplicant = applicant == person;
        final Set<Long> persons = new HashSet<>();
        int own = 0;
        int index = 0;
        long first = 0;
        for (final ApplicationRecordDecoder.LinesDecoder line : record.lines()) {
            persons.add(line.personKey());
            first = index == 0 ? line.personKey() : first;
            if (line.personKey() == person) {
                own |= 1 << index;
                lines.add(new Line(index, line.serviceId(), line.quantity(), line.registeredPostId(), line.ageBand().name(), line.priority().name(), line.representative() == BooleanType.YES,
                        line.state(), line.reasonCode() == ApplicationRecordDecoder.LinesDecoder.reasonCodeNullValue() ? 0 : line.reasonCode(), line.stampId(), line.holdId(), line.appointmentId()));
                if (line.holdId() != 0) {
                    holds.add(line.holdId());
                }
            }
            index++;
        }
        if (applicant != 0) {
            persons.add(applicant);
        }
        persons.remove(person);
        others = persons.size();
        mask = own;
        isOwner = applicant == person || applicant == 0 && first == person;
    }

    /** Null when it does not name the person. @param offset where an ApplicationRecord begins, with its header */
    static OwnApplication of(final long person, final DirectBuffer buffer, final int offset, final boolean isArchived) {
        final OwnApplication read = new OwnApplication(person, new ApplicationRecordDecoder().wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder()), isArchived);
        return read.isApplicant || read.mask != 0 ? read : null;
    }

    /** Nobody else has anything in it. */
    boolean isWhole() {
        return others == 0;
    }

    /** Whether what is about these lines is theirs. @param lineSet bit i = line i */
    boolean has(final int lineSet) {
        return isWhole() || (lineSet & mask) != 0;
    }
}
