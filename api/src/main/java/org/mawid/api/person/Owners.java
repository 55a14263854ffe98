package org.mawid.api.person;

import org.mawid.api.sealed.Owner;
import org.mawid.engine.readmodel.Records;

/** Whose things those of an application are. */
public final class Owners {
    private Owners() {
    }

    /** Who submitted it, or, when a portal did, the person of its first line: the same for as long as there is the application. */
    public static Owner of(final Records.Application application) {
        return of(application, application.applicant() == 0 ? 0 : -1);
    }

    /** The person of a line. @param line -1 = who submitted it @return null when there is no such line */
    public static Owner of(final Records.Application application, final int line) {
        if (line >= application.lines().size()) {
            return null;
        }
        final long person = line < 0 ? application.applicant() : application.lines().get(line).personKey();
        return new Owner(person, application.applicationId(), application.submittedMs());
    }
}
