package org.mawid.api.notification.log;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mawid.api.contact.ContactDetails;
import org.mawid.api.contact.Contacts;
import org.mawid.api.notification.notice.Channel;
import org.mawid.api.notification.notice.Happening;
import org.mawid.api.notification.notice.Kind;
import org.mawid.api.notification.notice.Notice;
import org.mawid.api.person.Owners;
import org.mawid.api.sealed.SealException;
import org.mawid.engine.readmodel.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom something concerns, how they want to be told, and whether it is still so. Any thread that may wait. */
public final class Addressees {
    private static final Logger LOG = LoggerFactory.getLogger(Addressees.class);

    private final Records records;
    private final Contacts contacts;
    private final Set<Channel> ways;

    /** @param ways that there are */
    public Addressees(final Records records, final Contacts contacts, final Set<Channel> ways) {
        this.records = records;
        this.contacts = contacts;
        this.ways = ways;
    }

    /**
     * Whoever submitted the application, or its first line's person, by each way that they want; by all ways where that cannot be read now, for it is asked again before anything is sent.
     *
     * @return empty = nobody is to be told
     * @throws org.mawid.engine.readmodel.ReadModelBehindException records cannot be read now
     */
    List<Notice> of(final Happening what) {
        final Records.Application application = records.application(what.applicationId());
        if (application == null) { // it has been retired since
            return List.of();
        }
        final long person = Owners.of(application).personKey();
        final Set<Channel> wanted = wanted(person, what.kind());
        if (wanted.isEmpty()) {
            return List.of();
        }
        final Happening whole = whole(what);
        return wanted.stream().map(way -> new Notice(whole, way, person)).toList();
    }

    private Set<Channel> wanted(final long person, final Kind kind) {
        try {
            final ContactDetails details = details(person);
            return details == null ? Set.of() : ways.stream().filter(way -> isWanted(details, kind, way)).collect(Collectors.toCollection(TreeSet::new));
        } catch (final IOException notNow) {
            LOG.warn("contacts of a person cannot be read now: {}", notNow.getMessage());
            return ways;
        }
    }

    /** Contacts to which this may still be sent; null = not any more. @throws IOException what is kept of the person cannot be read now */
    public ContactDetails to(final Notice notice) throws IOException {
        final ContactDetails details = details(notice.person());
        return details != null && isWanted(details, notice.what().kind(), notice.channel()) ? details : null;
    }

    private static boolean isWanted(final ContactDetails details, final Kind kind, final Channel way) {
        return details.topics().contains(kind.topic()) && !(way == Channel.EMAIL ? details.email() : details.mobile()).isEmpty();
    }

    /** Null = nowhere. */
    private ContactDetails details(final long person) throws IOException {
        try {
            return contacts.get(person);
        } catch (final SealException shut) {
            if (shut.reason() != SealException.Reason.ERASED && shut.reason() != SealException.Reason.NO_KEY) {
                LOG.error("contacts of a person cannot be opened, and nothing is sent: {}", shut.getMessage());
            }
            return null;
        }
    }

    /** Some events do not say when their visit is. */
    private Happening whole(final Happening what) {
        if (what.startMs() != 0) {
            return what;
        } else if (what.kind().isOfAppointment()) {
            final Records.Appointment visit = records.appointment(what.subject());
            return visit == null ? what : what.at(visit.startMs(), 0);
        } else if (what.kind() == Kind.OFFER_MADE) {
            final Records.Hold hold = records.hold(what.subject());
            return hold == null ? what : what.at(hold.startMs(), hold.deadlineMs());
        }
        return what;
    }
}
