package org.mawid.api.access;

import java.util.Comparator;
import java.util.List;

/**
 * Something that a call names.
 *
 * @param number   not 0
 * @param mayBeNew it need not be there yet: then it is nobody else's
 */
public record Target(ObjectKind kind, long number, boolean mayBeNew) {
    public Target(final ObjectKind kind, final long number) {
        this(kind, number, false);
    }

    /** Of these keys. */
    public static List<Target> persons(final List<Long> keys) {
        return keys.stream().map(key -> new Target(ObjectKind.PERSON, key)).toList();
    }

    /** What a call is about, of all that it names: what is somebody's, if there is such a thing. Null when it names nothing. */
    public static Target mostTelling(final List<Target> targets) {
        return targets.stream().max(Comparator.comparing(target -> target.kind().isPersonal())).orElse(null);
    }
}
