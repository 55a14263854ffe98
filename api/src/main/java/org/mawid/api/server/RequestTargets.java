package org.mawid.api.server;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mawid.api.access.Access;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.api.access.Verdict;
import org.mawid.api.gateway.References;

/** What the requests of one method name, found by how their fields are called. Immutable; any thread. */
final class RequestTargets {
    private static final Map<String, ObjectKind> KINDS = Map.of(
            "post_id", ObjectKind.POST, "pool_id", ObjectKind.POOL, "desk_id", ObjectKind.POOL, "terminal_id", ObjectKind.TERMINAL, "person", ObjectKind.PERSON,
            "application", ObjectKind.APPLICATION, "hold", ObjectKind.HOLD, "appointment", ObjectKind.APPOINTMENT, "stamp", ObjectKind.STAMP, "payment", ObjectKind.PAYMENT);
    /** A request within a request. */
    private static final String INNER = "wanted";
    private static final List<String> DETAILS = List.of("text_hash", "callback");

    private final FieldDescriptor inner;
    /** Null when there is none. */
    private final FieldDescriptor detail;
    private final List<FieldDescriptor> fields = new ArrayList<>();

    /** @param request null = it is no message */
    RequestTargets(final Descriptor request) {
        inner = request == null ? null : request.findFieldByName(INNER);
        detail = request == null ? null : DETAILS.stream().map(request::findFieldByName).filter(Objects::nonNull).findFirst().orElse(null);
        final Descriptor naming = inner == null ? request : inner.getMessageType();
        if (naming != null) {
            naming.getFields().stream().filter(field -> KINDS.containsKey(field.getName())).forEach(fields::add);
        }
    }

    /** Null when a reference is none: whoever reads it next says so. */
    List<Target> read(final Message request, final References references) {
        final Message naming = inner == null ? request : (Message) request.getField(inner);
        final List<Target> targets = new ArrayList<>();
        for (final FieldDescriptor field : fields) {
            final ObjectKind kind = KINDS.get(field.getName());
            final long number = kind.reference() == null ? ((Number) naming.getField(field)).longValue() : references.number(kind.reference(), (String) naming.getField(field));
            if (number == References.INVALID) {
                return null;
            }
            if (number != 0) {
                targets.add(new Target(kind, number));
            }
        }
        return targets;
    }

    /** Which part of what it names, 0 = none is said. */
    long detail(final Message request) {
        return detail == null ? 0 : (Long) request.getField(detail);
    }

    /** The same request, with what nobody has in the place of what is strange. @param targets as they were read of it */
    Message masked(final Message request, final Verdict verdict, final Access access) {
        if (verdict.strange() == 0) {
            return request;
        }
        final Message.Builder whole = request.toBuilder();
        final Message.Builder naming = inner == null ? whole : whole.getFieldBuilder(inner);
        int index = 0;
        for (final FieldDescriptor field : fields) {
            final ObjectKind kind = KINDS.get(field.getName());
            final boolean isNamed = kind.reference() == null ? ((Number) naming.getField(field)).longValue() != 0 : !((String) naming.getField(field)).isEmpty();
            if (isNamed && verdict.isStrange(index++)) {
                naming.setField(field, kind.reference() == null ? (Object) (int) access.nobodys(kind, 0) : access.nobodysReference(kind));
            }
        }
        return whole.build();
    }
}
