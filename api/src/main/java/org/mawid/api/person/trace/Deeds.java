package org.mawid.api.person.trace;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.mawid.api.access.ObjectKind;
import org.mawid.api.access.Target;
import org.mawid.api.audit.AuditGrpc;
import org.mawid.api.audit.AuditLog;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.Opening;
import org.mawid.api.audit.Page;
import org.mawid.api.gateway.References;

/**
 * What was done by somebody, for them, or about what is theirs, as far back as the log goes: commands, who was let see something, and calls that were refused. Who did it is told of the person alone. What names an application
 * with others is told when it is about the application itself, or about a line of theirs. Not told by the number of a hold that has ended: its visit is. One thread.
 */
final class Deeds {
    /** What is named beside an application, and is a part of it. */
    private static final Set<ObjectKind> MORE = EnumSet.of(ObjectKind.HOLD, ObjectKind.APPOINTMENT, ObjectKind.STAMP, ObjectKind.PAYMENT);

    private final long person;
    private final Map<Target, OwnApplication> theirs = new HashMap<>();
    private final NamedLines lines = new NamedLines();

    Deeds(final long person, final List<OwnApplication> applications) {
        this.person = person;
        for (final OwnApplication one : applications) {
            theirs.put(new Target(ObjectKind.APPLICATION, one.id), one);
            one.appointments.forEach(number -> theirs.put(new Target(ObjectKind.APPOINTMENT, number), one));
            one.stamps.forEach(number -> theirs.put(new Target(ObjectKind.STAMP, number), one));
            one.payments.forEach(number -> theirs.put(new Target(ObjectKind.PAYMENT, number), one));
            one.holds.forEach(number -> theirs.put(new Target(ObjectKind.HOLD, number), one));
            one.waiters.forEach(number -> theirs.put(new Target(ObjectKind.WAITER, number), one));
            one.tickets.forEach(number -> theirs.put(new Target(ObjectKind.TICKET, number), one));
        }
    }

    /** @param at told how far it is, by position */
    JsonArray tell(final AuditLog log, final References references, final long last, final Traces.Progress at) {
        final JsonArray told = new JsonArray();
        long after = 0;
        long before;
        do {
            before = after;
            final Page page = log.find(this::isWanted, after);
            page.entries().stream().filter(entry -> entry.position() <= last).forEach(entry -> told.add(told(entry, references)));
            after = page.through();
            at.at("log", Math.min(after, last), last);
        } while (after > before && after < last);
        return told;
    }

    private boolean isWanted(final long position, final long nowMs, final long actor, final long onBehalfOf, final int operation, final List<Target> targets, final DirectBuffer command) {
        final boolean saysMore = targets.stream().anyMatch(target -> MORE.contains(target.kind())); // a receipt for somebody else's stamp names the application, too
        return actor == person || onBehalfOf == person || targets.stream().anyMatch(target -> isTheirs(target, saysMore, command)) || isOpening(command);
    }

    private boolean isOpening(final DirectBuffer command) {
        final Opening opening = command == null ? null : Opening.of(command);
        return opening != null && opening.names(person);
    }

    private boolean isTheirs(final Target target, final boolean saysMore, final DirectBuffer command) {
        if (target.kind() == ObjectKind.PERSON) {
            return target.number() == person;
        }
        final OwnApplication application = theirs.get(known(target));
        if (application == null || target.kind() != ObjectKind.APPLICATION || application.isWhole()) {
            return application != null;
        }
        return !saysMore && (command == null || isAbout(application, lines.of(command)));
    }

    private static boolean isAbout(final OwnApplication application, final int lineSet) {
        return lineSet == NamedLines.ALL || application.has(lineSet);
    }

    private static Target known(final Target target) {
        return new Target(target.kind(), target.number());
    }

    private JsonObject told(final Entry entry, final References references) {
        final boolean isByThem = entry.actor() == person;
        final JsonObject told = new JsonObject().put("position", entry.position());
        Telling.time(told, "time", entry.nowMs());
        told.put("operation", entry.operation()).put("by", isByThem ? "YOU" : entry.onBehalfOf() == person ? "FOR_YOU" : entry.actor() == 0 ? "NOT_SAID" : "ANOTHER").put("channel", entry.channel().name());
        final Target about = entry.target();
        if (about != null) {
            final OwnApplication application = theirs.get(known(about));
            told.put("kind", about.kind().name());
            if (application != null || about.kind() == ObjectKind.PERSON && about.number() == person || !about.kind().isPersonal() && about.kind() != ObjectKind.TICKET) {
                told.put("about", AuditGrpc.text(about, references));
            }
        }
        if (entry.result() != null) {
            told.put("result", entry.result().name());
        }
        if (entry.verdict() != null) {
            told.put("verdict", entry.verdict().name());
        }
        if (isByThem && entry.address() != 0) {
            told.put("address", Long.toHexString(entry.address()));
        }
        if (entry.reasonCode() != 0) {
            told.put("reasonCode", entry.reasonCode());
        }
        return told;
    }
}
