package org.mawid.engine.readmodel;

import java.util.List;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.ServiceScope;

/** What the log says about posts, pools, services, tariffs, rates, rules and open changes of calendars. Immutable answers. */
public interface CatalogueView {
    record Post(int postId, String code, String currency, int minorDigits, int roundToMinor, long microMadPerUnit, int calendarVersion) {
    }

    record Pool(int poolId, int postId, PoolKind kind, String code) {
    }

    /** @param resourceKinds bit k = needs PoolKind k @param feeTime when its fee is to be paid at the latest @param cooling null = never said: as long as by default @param documents those that it asks for */
    record Service(int serviceId, String code, int durationMinutes, ServiceScope scope, boolean validationRequired,
                   boolean appointmentRequired, boolean urgent, int resourceKinds, int quantityMax, FeeTime feeTime, Cooling cooling, Documents documents) {
        /** Of which nobody has said how long its room cools, nor which documents it asks for. */
        public Service(final int serviceId, final String code, final int durationMinutes, final ServiceScope scope, final boolean validationRequired,
                       final boolean appointmentRequired, final boolean urgent, final int resourceKinds, final int quantityMax, final FeeTime feeTime) {
            this(serviceId, code, durationMinutes, scope, validationRequired, appointmentRequired, urgent, resourceKinds, quantityMax, feeTime, null, Documents.NONE);
        }
    }

    /** @param kinds which are asked for, bit k = DocumentKind k @param validate whether a line is validated by rule once all of them are there */
    record Documents(long kinds, boolean validate) {
        /** Nothing is asked for. */
        public static final Documents NONE = new Documents(0, false);
    }

    /** How long room that is given back is kept for those who wait, ms; 0 and 0 = not at all. */
    record Cooling(long minMs, long maxMs) {
    }

    /** @param amountCentimes centimes of MAD for one unit of quantity */
    record TariffPart(Beneficiary beneficiary, long amountCentimes) {
    }

    /** @param unitCentimes sum of the parts @param parts 0 to 8, in the order in which they were set */
    record Tariff(int serviceId, long version, long validFromMs, long unitCentimes, List<TariffPart> parts) {
        /** By Beneficiary value, centimes of MAD for one unit of quantity. */
        public long[] beneficiaryCentimes() {
            final long[] centimes = new long[Beneficiary.ADOUL.value() + 1];
            parts.forEach(part -> centimes[part.beneficiary().value()] += part.amountCentimes());
            return centimes;
        }
    }

    /**
     * What a desk does.
     *
     * @param services  those it serves, by id
     * @param resources pools of its post of which these take places, by id; of a kind that is needed and not here the post has none
     */
    record Desk(Pool pool, List<Service> services, List<Pool> resources) {
    }

    /** @param localMinor minor units of the post's currency */
    record Quote(long amountCentimes, long localMinor, String currency, long microMadPerUnit, long tariffVersion) {
    }

    /**
     * A staged change that was neither applied nor abandoned.
     *
     * @param days          how many are staged, each of one pool
     * @param firstEpochDay first date of them, and last; 0 when there are none
     * @param begunPosition of the log, and its time in ms; 0 when it comes from a snapshot that did not keep it
     */
    record OpenChange(long changeId, int postId, int days, int firstEpochDay, int lastEpochDay, long begunPosition, long begunMs) {
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

    /** What that desk serves and needs; null also for a pool that is no desk. */
    Desk desk(int deskId);

    /** The two versions that are kept, the older first, in force or not; empty when there is none. */
    List<Tariff> tariffs(int serviceId);

    /** The tariff in force at that instant, or null. */
    Tariff tariff(int serviceId, long nowMs);

    /** By number. */
    List<OpenChange> openChanges();

    /** The rules in force: the defaults until some are set. Null only before the first rebuild. */
    Rules rules();

    /** What one leg with all of these needs; null when a service is unknown. At least one need. */
    SearchPlan plan(List<SearchPlan.Need> needs);

    /** What a stamp would cost if it were issued now; null when service, post, tariff or rate is unknown. The same arithmetic as the core's. */
    Quote quote(int postId, int serviceId, int quantity, long nowMs);
}
