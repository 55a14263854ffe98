package org.mawid.engine.readmodel;

import java.util.List;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.ServiceScope;

/** What the log says about posts, pools, services, tariffs, rates and rules. Immutable answers. */
public interface CatalogueView {
    record Post(int postId, String code, String currency, int minorDigits, int roundToMinor, long microMadPerUnit, int calendarVersion) {
    }

    record Pool(int poolId, int postId, PoolKind kind, String code) {
    }

    /** @param resourceKinds bit k = needs PoolKind k */
    record Service(int serviceId, String code, int durationMinutes, ServiceScope scope, boolean validationRequired,
                   boolean appointmentRequired, boolean urgent, int resourceKinds, int quantityMax) {
    }

    /** @param beneficiaryCentimes by Beneficiary value, centimes of MAD for one unit of quantity */
    record Tariff(int serviceId, long version, long validFromMs, long unitCentimes, long[] beneficiaryCentimes) {
    }

    /** @param localMinor minor units of the post's currency */
    record Quote(long amountCentimes, long localMinor, String currency, long microMadPerUnit, long tariffVersion) {
    }

    /** Times in ms. Meanings and ranges: SetRules in the schema, in whose order they are. */
    record Rules(long holdTtlMs, long holdBudgetRefillMs, long validationTtlMs, long rememberMs, long createdSkewMs, long checkInEarlyMs,
                 long noShowGraceMs, long retainMs, long maxApplications, long maxLines, long maxPersons, long maxAppointments, long maxHolds,
                 long maxLegs, long maxStamps, long maxDays, long maxRequests, long maxClients, long maxChanges, int horizonDays,
                 int expiredPerTick, int holdsPerPerson, int holdBudget, int openLinesPerPerson, int reschedulesPerAppointment) {
    }

    List<Post> posts();

    List<Service> services();

    /** Desks and resources of a post, by pool id. */
    List<Pool> pools(int postId);

    /** Null when unknown, as for all look-ups here. */
    Post post(int postId);

    Post post(String code);

    Service service(int serviceId);

    Service service(String code);

    Pool pool(int poolId);

    /** Desks of a post that serve all of these services, by pool id. */
    List<Pool> desksFor(int postId, int... serviceIds);

    /** The tariff in force at that instant, or null. */
    Tariff tariff(int serviceId, long nowMs);

    /** The rules in force: the defaults until some are set. Null only before the first rebuild. */
    Rules rules();

    /** What one leg with all of these needs; null when a service is unknown. At least one need. */
    SearchPlan plan(List<SearchPlan.Need> needs);

    /** What a stamp would cost if it were issued now; null when service, post, tariff or rate is unknown. The same arithmetic as the core's. */
    Quote quote(int postId, int serviceId, int quantity, long nowMs);
}
