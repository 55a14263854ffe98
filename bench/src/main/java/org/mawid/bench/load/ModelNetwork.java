package org.mawid.bench.load;

import java.util.function.ToIntFunction;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.DefinePoolEncoder;
import org.mawid.sbe.DefinePostEncoder;
import org.mawid.sbe.DefineServiceEncoder;
import org.mawid.sbe.MessageHeaderEncoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.PublishDayEncoder;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.SetDeskServiceEncoder;
import org.mawid.sbe.SetRateEncoder;
import org.mawid.sbe.SetRulesEncoder;
import org.mawid.sbe.SetTariffEncoder;

/**
 * A network of equal posts, each with one desk and its reception seats, and services of 5, 10, 15 and 20 minutes, made by commands.
 * Only its size is a parameter, so that a figure can be repeated anywhere.
 *
 * @param posts    1 to 4 000
 * @param days     open days ahead, 1 to 365
 * @param units    5-minute units a day, 4 to 192
 * @param capacity counters of each desk, 1 to 255; seats are as many as that allows
 * @param requests remembered requests, the rule {@code maxRequests}
 * @param holdTtlMs how long a hold is kept, 30 000 to 3 600 000
 */
public record ModelNetwork(int posts, int days, int units, int capacity, int requests, long holdTtlMs) {
    /** As many remembered requests as the rules have by default. */
    public static final int DEFAULT_REQUESTS = 4_194_304;
    /** An hour: nothing expires while something is measured. */
    static final long HOLD_TTL_MS = 3_600_000;

    /** When the run began, and the first open day: tomorrow, because an engine lives in the present and refuses what is past. */
    public static final long START_MS = System.currentTimeMillis();
    public static final int FIRST_DAY = (int) (START_MS / 86_400_000L) + 1;
    public static final int SERVICES = 4;
    /** What each service costs: centimes of dirham, and what that is at every post in {@link #CURRENCY}'s minor units. */
    public static final long PRICE_CENTIMES = 6_000;
    public static final long PRICE_MINOR = 556;
    public static final String CURRENCY = "EUR";

    /** Takes one command that must be done before the next one is made. */
    @FunctionalInterface
    public interface Sink {
        void accept(MutableDirectBuffer command, int length);
    }

    /** Desk of a post, both counted from 0. The seats are the next pool. */
    public static int deskId(final int post) {
        return 1 + 2 * post;
    }

    /** Units that service {@code serviceId} (1 to {@link #SERVICES}) needs. */
    public static int unitsOf(final int serviceId) {
        return serviceId;
    }

    public ModelNetwork(final int posts, final int days, final int units, final int capacity) {
        this(posts, days, units, capacity, DEFAULT_REQUESTS);
    }

    public ModelNetwork(final int posts, final int days, final int units, final int capacity, final int requests) {
        this(posts, days, units, capacity, requests, HOLD_TTL_MS);
    }

    /**
     * Place of client {@code number} when clients that follow each other are to be at different posts.
     *
     * @return a number of the network's units: no two alike as long as there are not more of them than units
     */
    public int spread(final int number) {
        return number % posts * days * units + number / posts;
    }

    /** @param post from 0 */
    public static String postCode(final int post) {
        return "POST-" + post;
    }

    /** How many commands make it. */
    public int commands() {
        return 1 + 2 * SERVICES + posts * (4 + SERVICES + 2 * days);
    }

    /** Later than all of these commands were made. */
    public long madeByMs() {
        return START_MS + (commands() >> 10) + 1;
    }

    /** Hands over every command that makes the network, in order. */
    public void make(final Commands commands, final Sink sink) {
        final Making making = new Making(commands, sink);
        making.rules(requests, holdTtlMs);
        for (int service = 1; service <= SERVICES; service++) {
            making.service(service);
        }
        for (int post = 0; post < posts; post++) {
            making.post(post);
            for (int day = 0; day < days; day++) {
                making.day(deskId(post), FIRST_DAY + day, units, capacity);
                making.day(deskId(post) + 1, FIRST_DAY + day, units, 255);
            }
        }
    }

    private static final class Making {
        private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[1024]);
        private final MessageHeaderEncoder header = new MessageHeaderEncoder();
        private final Commands commands;
        private final Sink sink;
        private long made;

        Making(final Commands commands, final Sink sink) {
            this.commands = commands;
            this.sink = sink;
        }

        /** A thousand in a millisecond: those that were remembered first may be forgotten before the last are made. */
        private long createdMs() {
            return START_MS + (made++ >> 10);
        }

        private void send(final ToIntFunction<MutableDirectBuffer> write) {
            sink.accept(buffer, MessageHeaderEncoder.ENCODED_LENGTH + write.applyAsInt(buffer));
        }

        void rules(final int requests, final long holdTtlMs) {
            send(to -> {
                final SetRulesEncoder rules = new SetRulesEncoder().wrapAndApplyHeader(to, 0, header);
                commands.request(rules.request(), createdMs());
                rules.holdTtlMs(holdTtlMs).holdBudgetRefillMs(1_000).validationTtlMs(400L * 86_400_000).rememberMs(86_400_000)
                        .createdSkewMs(3_600_000).checkInEarlyMs(14_400_000).noShowGraceMs(900_000).retainMs(0)
                        .maxApplications(100_000_000).maxLines(100_000_000).maxPersons(100_000_000).maxAppointments(100_000_000)
                        .maxHolds(10_000_000).maxLegs(100_000_000).maxStamps(100_000_000).maxDays(4_000_000).maxRequests(requests)
                        .maxClients(65_536).maxChanges(4_096).horizonDays(500).expiredPerTick(16).holdsPerPerson((short) 2)
                        .holdBudget((short) 8).openLinesPerPerson((short) 16).reschedulesPerAppointment((short) 3);
                return rules.encodedLength();
            });
        }

        void service(final int serviceId) {
            send(to -> {
                final DefineServiceEncoder service = new DefineServiceEncoder().wrapAndApplyHeader(to, 0, header);
                commands.request(service.request(), createdMs());
                service.serviceId(serviceId).durationMinutes(5 * unitsOf(serviceId)).code("SERVICE-" + serviceId).scope(ServiceScope.ANY_POST)
                        .validationRequired(BooleanType.YES).appointmentRequired(BooleanType.YES).urgent(BooleanType.NO)
                        .resourceKinds((short) 0).quantityMax((short) 10);
                return service.encodedLength();
            });
            send(to -> {
                final SetTariffEncoder tariff = new SetTariffEncoder().wrapAndApplyHeader(to, 0, header);
                commands.request(tariff.request(), createdMs());
                tariff.serviceId(serviceId).version(1).validFromMs(0);
                tariff.componentsCount(1).next().beneficiary(Beneficiary.CHANCERY).amountCentimes(PRICE_CENTIMES);
                return tariff.encodedLength();
            });
        }

        void post(final int post) {
            send(to -> {
                final DefinePostEncoder define = new DefinePostEncoder().wrapAndApplyHeader(to, 0, header);
                commands.request(define.request(), createdMs());
                define.postId(post + 1).code(postCode(post)).currency(CURRENCY).minorDigits((short) 2).roundToMinor(1);
                return define.encodedLength();
            });
            send(to -> {
                final SetRateEncoder rate = new SetRateEncoder().wrapAndApplyHeader(to, 0, header);
                commands.request(rate.request(), createdMs());
                rate.postId(post + 1).microMadPerUnit(10_800_000);
                return rate.encodedLength();
            });
            pool(deskId(post), post + 1, PoolKind.DESK, "D1");
            pool(deskId(post) + 1, post + 1, PoolKind.RECEPTION_SEAT, "SEATS");
            for (int service = 1; service <= SERVICES; service++) {
                final int serviceId = service;
                send(to -> {
                    final SetDeskServiceEncoder set = new SetDeskServiceEncoder().wrapAndApplyHeader(to, 0, header);
                    commands.request(set.request(), createdMs());
                    set.deskId(deskId(post)).serviceId(serviceId).serves(BooleanType.YES);
                    return set.encodedLength();
                });
            }
        }

        private void pool(final int poolId, final int postId, final PoolKind kind, final String code) {
            send(to -> {
                final DefinePoolEncoder pool = new DefinePoolEncoder().wrapAndApplyHeader(to, 0, header);
                commands.request(pool.request(), createdMs());
                pool.poolId(poolId).postId(postId).kind(kind).code(code);
                return pool.encodedLength();
            });
        }

        void day(final int poolId, final int epochDay, final int units, final int capacity) {
            send(to -> {
                final PublishDayEncoder day = new PublishDayEncoder().wrapAndApplyHeader(to, 0, header);
                commands.request(day.request(), createdMs());
                day.poolId(poolId).epochDay(epochDay).startMs(epochDay * 86_400_000L + 8 * 3_600_000L).releasedAtMs(0)
                        .unitCount((short) units).alignUnits((short) 1);
                day.runsCount(1).next().startUnit((short) 0).units((short) units).capacity((short) capacity).withheld((short) 0);
                return day.encodedLength();
            });
        }
    }
}
