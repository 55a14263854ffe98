package org.mawid.api.person;

import java.util.List;
import java.util.stream.IntStream;
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

    /** All that things of this application may be: who submitted it, and the persons of its lines, each once. */
    public static List<Owner> all(final Records.Application application) {
        return IntStream.range(-1, application.lines().size()).filter(line -> line >= 0 || application.applicant() != 0).mapToObj(line -> of(application, line)).distinct().toList();
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
