package org.mawid.engine.twin;

import static org.mawid.sbe.Result.CATALOGUE_CONFLICT;
import static org.mawid.sbe.Result.CONFLICT;
import static org.mawid.sbe.Result.CORE_VERSION_UNSUPPORTED;
import static org.mawid.sbe.Result.POOL_UNKNOWN;
import static org.mawid.sbe.Result.POST_UNKNOWN;
import static org.mawid.sbe.Result.RULES_INVALID;
import static org.mawid.sbe.Result.SERVICE_UNKNOWN;
import static org.mawid.sbe.Result.TARIFFS_FULL;

import java.util.ArrayList;
import org.mawid.engine.testkit.Command;
import org.mawid.sbe.PoolKind;

/** Posts, pools, services, tariffs, rates, rules. */
final class NaiveCatalogue {
    private static final int POOLS_OF_A_POST = 64;
    static final int NEWEST_CORE_VERSION = 10;
    private static final long LARGEST_TABLE = 100_000_000;
    private static final long SECOND = 1_000;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;

    private final Model model;
    private final NaiveEvents events;

    NaiveCatalogue(final Model model, final NaiveEvents events) {
        this.model = model;
        this.events = events;
    }

    Answer definePost(final Command.DefinePost c) {
        final Model.Post known = model.posts.get(c.postId());
        Refusal.when(known != null && !known.code.equals(c.code()), CATALOGUE_CONFLICT);

        final boolean otherMoney = known != null && !(known.currency.equals(c.currency()) && known.minorDigits == c.minorDigits());
        final Model.Post post = model.posts.computeIfAbsent(c.postId(), id -> new Model.Post(id, c.code()));
        post.currency = c.currency();
        post.minorDigits = c.minorDigits();
        post.roundToMinor = c.roundToMinor();
        events.postDefined(c);
        if (otherMoney && post.microMadPerUnit != 0 && model.coreVersion >= 2) {
            post.microMadPerUnit = 0;
            model.ratesDropped++;
            events.rateSet(new Command.SetRate(c.request(), c.postId(), 0));
        }
        return Answer.DONE;
    }

    Answer definePool(final Command.DefinePool c) {
        final Model.Post post = post(c.postId());
        final Model.Pool known = model.pools.get(c.poolId());
        if (known != null) {
            Refusal.when(known.post != post || known.kind != c.kind() || !known.code.equals(c.code()), CATALOGUE_CONFLICT);
        } else {
            Refusal.when(c.kind() != PoolKind.DESK && resource(post, c.kind().value()) != null, CATALOGUE_CONFLICT);
            final long there = model.pools.values().stream().filter(pool -> pool.post == post).count();
            Refusal.when(there >= POOLS_OF_A_POST, CATALOGUE_CONFLICT);
            model.pools.put(c.poolId(), new Model.Pool(c.poolId(), post, c.kind(), c.code()));
        }
        events.poolDefined(c);
        return Answer.DONE;
    }

    Answer defineService(final Command.DefineService c) {
        final Model.Service known = model.services.get(c.serviceId());
        Refusal.when(known != null && !known.code.equals(c.code()), CATALOGUE_CONFLICT);

        final Model.Service service = model.services.computeIfAbsent(c.serviceId(), id -> new Model.Service(c.code()));
        service.durationMinutes = c.durationMinutes();
        service.scope = c.scope();
        service.validationRequired = c.validationRequired();
        service.appointmentRequired = c.appointmentRequired();
        service.resourceKinds = c.resourceKinds();
        service.quantityMax = c.quantityMax();
        service.said = c;
        events.serviceDefined(c);
        return Answer.DONE;
    }

    Answer setDeskService(final Command.SetDeskService c) {
        final Model.Pool desk = desk(c.deskId());
        service(c.serviceId());

        if (c.serves()) {
            desk.serves.add(c.serviceId());
        } else {
            desk.serves.remove(c.serviceId());
        }
        events.deskServiceSet(desk, c);
        return Answer.DONE;
    }

    Answer setTariff(final Command.SetTariff c) {
        final Model.Service service = service(c.serviceId());
        final Model.Tariff newest = service.newest;
        Refusal.when(newest != null && c.version() <= newest.version(), CONFLICT, newest == null ? 0 : newest.version());

        final boolean moves = newest != null && newest.validFromMs() <= model.nowMs;
        final boolean drops = moves && service.older != null && model.coreVersion >= 3;
        Refusal.when(drops && model.money.archivedCount >= MoneyModel.MOST_TARIFFS, TARIFFS_FULL);

        if (drops) {
            model.money.archived.computeIfAbsent(c.serviceId(), id -> new ArrayList<>()).add(service.older);
            model.money.archivedCount++;
        }
        if (moves) {
            service.older = newest;
        }
        final long sum = c.components().stream().mapToLong(Command.Component::amountCentimes).sum();
        service.newest = new Model.Tariff(c.version(), c.validFromMs(), sum, c);
        events.tariffSet(c);
        return Answer.DONE;
    }

    Answer setFeeTime(final Command.SetFeeTime c) {
        Refusal.when(model.coreVersion < 4, CORE_VERSION_UNSUPPORTED);
        service(c.serviceId()).feeTime = c.feeTime();
        events.feeTimeSet(c.serviceId(), c.feeTime());
        return Answer.DONE;
    }

    Answer setServiceDocuments(final Command.SetServiceDocuments c) {
        Refusal.when(model.coreVersion < 9, CORE_VERSION_UNSUPPORTED);
        service(c.serviceId()).documents = c;
        events.serviceDocumentsSet(c);
        return Answer.DONE;
    }

    Answer setRate(final Command.SetRate c) {
        post(c.postId()).microMadPerUnit = c.microMadPerUnit();
        events.rateSet(c);
        return Answer.DONE;
    }

    Answer setCoreVersion(final Command.SetCoreVersion c) {
        Refusal.when(c.coreVersion() < model.coreVersion || c.coreVersion() > NEWEST_CORE_VERSION, CORE_VERSION_UNSUPPORTED);
        model.coreVersion = c.coreVersion();
        events.coreVersionSet(c.coreVersion());
        return Answer.DONE;
    }

    /** @param clientsInUse numbered clients known so far */
    Answer setRules(final Command.SetRules c, final int clientsInUse) {
        final Command.Rules r = c.rules();
        rule(r.holdTtlMs(), 30 * SECOND, HOUR);
        rule(r.holdBudgetRefillMs(), SECOND, 7 * DAY);
        rule(r.validationTtlMs(), DAY, 731 * DAY);
        rule(r.rememberMs(), SECOND, 7 * DAY);
        rule(r.createdSkewMs(), 0, HOUR);
        rule(r.checkInEarlyMs(), 0, DAY);
        rule(r.noShowGraceMs(), 0, DAY);
        rule(r.retainMs(), 0, 3_653 * DAY);
        table(r.maxApplications(), model.applications.size());
        table(r.maxLines(), model.linesInUse);
        table(r.maxPersons(), model.persons.size());
        table(r.maxAppointments(), model.appointments.size());
        table(r.maxHolds(), model.holds.size());
        table(r.maxLegs(), model.legsInUse);
        table(r.maxStamps(), model.stamps.size());
        table(r.maxDays(), model.daysInUse());
        table(r.maxRequests(), 1);
        table(r.maxClients(), clientsInUse);
        table(r.maxChanges(), model.changes.size());
        rule(r.horizonDays(), 1, 500);
        rule(r.expiredPerTick(), 1, 32);
        rule(r.holdsPerPerson(), 1, 16);
        rule(r.holdBudget(), 1, 255);
        rule(r.openLinesPerPerson(), 1, 64);
        rule(r.reschedulesPerAppointment(), 0, 255);

        model.rules = r;
        events.rulesSet(r);
        return Answer.DONE;
    }

    Model.Post post(final int id) {
        final Model.Post post = model.posts.get(id);
        Refusal.when(post == null, POST_UNKNOWN);
        return post;
    }

    Model.Pool pool(final int id) {
        final Model.Pool pool = model.pools.get(id);
        Refusal.when(pool == null, POOL_UNKNOWN);
        return pool;
    }

    Model.Pool desk(final int id) {
        final Model.Pool pool = pool(id);
        Refusal.when(pool.kind != PoolKind.DESK, POOL_UNKNOWN);
        return pool;
    }

    Model.Service service(final int id) {
        final Model.Service service = model.services.get(id);
        Refusal.when(service == null, SERVICE_UNKNOWN);
        return service;
    }

    /** The post's pool of a resource kind, or null. */
    Model.Pool resource(final Model.Post post, final int kind) {
        for (final Model.Pool pool : model.pools.values()) {
            if (pool.post == post && pool.kind.value() == kind && kind != PoolKind.DESK.value()) {
                return pool;
            }
        }
        return null;
    }

    private static void rule(final long value, final long least, final long most) {
        Refusal.when(value < least || value > most, RULES_INVALID);
    }

    private static void table(final long limit, final long inUse) {
        rule(limit, Math.max(1, inUse), LARGEST_TABLE);
    }
}
