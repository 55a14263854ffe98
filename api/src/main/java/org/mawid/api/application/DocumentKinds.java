package org.mawid.api.application;

import java.util.ArrayList;
import java.util.List;
import org.mawid.api.gateway.Draft;
import org.mawid.grpc.DocumentKind;
import org.mawid.sbe.Result;

/** Sets of kinds of documents: bit k = kind k in the log, a list outside. Any thread. */
public final class DocumentKinds {
    private DocumentKinds() {
    }

    /** A kind that nobody knows, or none, refuses the draft. */
    public static long set(final Draft draft, final List<Integer> kinds) {
        long set = 0;
        for (final int kind : kinds) {
            if (org.mawid.grpc.DocumentKind.forNumber(kind) == null) {
                draft.refuse(Result.MALFORMED);
            } else {
                set |= 1L << kind;
            }
        }
        return set;
    }

    /** In the order of their numbers. */
    public static List<DocumentKind> list(final long set) {
        final List<DocumentKind> kinds = new ArrayList<>();
        for (int kind = 1; kind <= DocumentKind.DOCUMENT_KIND_OTHER_VALUE; kind++) {
            if ((set >>> kind & 1) != 0 && DocumentKind.forNumber(kind) != null) {
                kinds.add(DocumentKind.forNumber(kind));
            }
        }
        return kinds;
    }

    /** As the schema names them. */
    public static List<String> names(final long set) {
        return list(set).stream().map(kind -> org.mawid.sbe.DocumentKind.get((short) kind.getNumber()).name()).toList();
    }
}
