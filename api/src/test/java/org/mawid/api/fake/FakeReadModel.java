package org.mawid.api.fake;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.readmodel.Agenda;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ClosuresView;
import org.mawid.engine.readmodel.CoolingView;
import org.mawid.engine.readmodel.EventLog;
import org.mawid.engine.readmodel.HallView;
import org.mawid.engine.readmodel.MoneyView;
import org.mawid.engine.readmodel.PersonsView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.engine.readmodel.cooling.LiveCooling;
import org.mawid.engine.readmodel.persons.LivePersons;
import org.mawid.engine.readmodel.ReadModelBehindException;
import org.mawid.engine.readmodel.Records;
import org.mawid.engine.readmodel.SearchPlan;
import org.mawid.engine.readmodel.WorkView;
import org.mawid.engine.readmodel.work.LiveWork;
import org.mawid.sbe.AgeBand;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.Beneficiary;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.LineState;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.Priority;
import org.mawid.sbe.ServiceScope;
import org.mawid.sbe.StampState;

/** One post (1), one desk (11), one service (21), number 7 of everything, and events that a test appends. */
public final class FakeReadModel implements ReadModel, Availability, CatalogueView, Records, EventLog {
    /** No money was ever moved here. */
    private static final MoneyView NO_MONEY = (MoneyView) Proxy.newProxyInstance(FakeReadModel.class.getClassLoader(), new Class<?>[] {MoneyView.class},
            (proxy, method, arguments) -> method.getReturnType() == List.class ? List.of() : null);

    public static final int POST = 1;
    public static final int DESK = 11;
    public static final int SERVICE = 21;
    public static final long KNOWN = 7;
    public static final int EPOCH_DAY = 20_000;

    private final ClosuresView closures = new FakeClosures();
    private final WorkView work = new LiveWork();
    public final CoolingView cooling = new LiveCooling();
    private final LivePersons persons = new LivePersons();
    private final HallView hall = new FakeHall();
    private final List<Logged> log = new ArrayList<>();
    private final List<Runnable> followers = new ArrayList<>();
    private volatile long position = 100;
    private volatile boolean rebuilding;
    private volatile long keptFrom;
    private volatile Runnable whenPlanned = () -> { };
    private final AtomicInteger polled = new AtomicInteger();
    private final Set<String> pollThreads = ConcurrentHashMap.newKeySet();

    private record Logged(Cursor cursor, UnsafeBuffer event) {
    }

    public FakeReadModel() {
        persons.named(KNOWN, 77);
        persons.named(KNOWN, 42);
        persons.onBatchEnd();
    }

    public void position(final long reached) {
        position = reached;
    }

    public void rebuilding(final boolean nowRebuilding) {
        rebuilding = nowRebuilding;
    }

    public void keptFrom(final long oldest) {
        keptFrom = oldest;
    }

    /** @param then what happens behind each plan, before it is searched with */
    public void whenPlanned(final Runnable then) {
        whenPlanned = then;
    }

    /** Names of the threads on which events were polled: a disk may be read there. */
    public Set<String> pollThreads() {
        return pollThreads;
    }

    /** Events handed over to followers so far. */
    public int polled() {
        return polled.get();
    }

    /** @param event with its header; position and ordinal as in its head */
    public void append(final long at, final int ordinal, final UnsafeBuffer event) {
        final List<Runnable> toWake;
        synchronized (log) {
            log.add(new Logged(new Cursor(9, at, ordinal), event));
            toWake = List.copyOf(followers);
            followers.clear();
        }
        toWake.forEach(Runnable::run);
    }

    @Override
    public Availability availability() {
        return this;
    }

    @Override
    public CatalogueView catalogue() {
        return this;
    }

    /** Nobody comes. */
    @Override
    public Agenda agenda() {
        return new Agenda() {
            @Override
            public Visits on(final int postId, final int epochDay) {
                return new Visits(position(), List.of());
            }

            @Override
            public Visits between(final int postId, final long fromMs, final long toMs) {
                return new Visits(position(), List.of());
            }
        };
    }

    @Override
    public MoneyView money() {
        return NO_MONEY;
    }

    @Override
    public CoolingView cooling() {
        return cooling;
    }

    /** 77 has submitted what there is, and 42 is served by it. */
    @Override
    public PersonsView persons() {
        return persons;
    }

    @Override
    public HallView hall() {
        return hall;
    }

    @Override
    public WorkView work() {
        return work;
    }

    @Override
    public ClosuresView closures() {
        return closures;
    }

    @Override
    public Records records() {
        return this;
    }

    @Override
    public EventLog events() {
        return this;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean awaitPosition(final long wanted, final long timeoutMs) {
        final long dueNanos = System.nanoTime() + timeoutMs * 1_000_000L;
        while (position < wanted && System.nanoTime() < dueNanos) {
            try {
                Thread.sleep(1);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return position >= wanted;
    }

    @Override
    public AsOf asOf() {
        return new AsOf(position, 3);
    }

    @Override
    public Slots firstStarts(final Query query) {
        final List<Availability.Slot> slots = new ArrayList<>();
        for (int i = 0; i < Math.min(query.limit(), 100); i++) {
            slots.add(new Availability.Slot(query.deskIds()[0], query.fromEpochDay(), i, i * 300_000L));
        }
        return new Slots(position, 3, slots);
    }

    @Override
    public DayCounts countsPerDay(final Query query) {
        return new DayCounts(position, 3, List.of(new DayCount(query.fromEpochDay(), query.days())));
    }

    @Override
    public DayView day(final int poolId, final int epochDay) {
        return poolId == DESK && epochDay >= EPOCH_DAY && epochDay < EPOCH_DAY + 40
                ? new DayView(poolId, epochDay, epochDay * 86_400_000L, 0, 3, new int[] {1, 2}, new int[] {2, 2},
                new int[] {0, 1}, position) : null;
    }

    @Override
    public int[] alignments(final int poolId) {
        return poolId == DESK ? new int[] {3} : new int[0];
    }

    @Override
    public long versionOf(final int postId) {
        return 1;
    }

    @Override
    public List<Post> posts() {
        return List.of(post(POST));
    }

    @Override
    public List<Service> services() {
        return List.of(service(SERVICE));
    }

    @Override
    public List<Pool> pools(final int postId) {
        return postId == POST ? List.of(pool(DESK)) : List.of();
    }

    @Override
    public Post post(final int postId) {
        return postId == POST ? new Post(POST, "paris", "EUR", 2, 50, 10_800_000, 4) : null;
    }

    @Override
    public Post post(final String code) {
        return "paris".equals(code) ? post(POST) : null;
    }

    @Override
    public Service service(final int serviceId) {
        return serviceId == SERVICE ? new Service(SERVICE, "passport", 15, ServiceScope.ANY_POST, true, true, false, 2, 4, FeeTime.AT_POST) : null;
    }

    @Override
    public Service service(final String code) {
        return "passport".equals(code) ? service(SERVICE) : null;
    }

    @Override
    public Pool pool(final int poolId) {
        return poolId == DESK ? new Pool(DESK, POST, PoolKind.DESK, "paris/1") : null;
    }

    @Override
    public List<Pool> desksFor(final int postId, final int... serviceIds) {
        return postId == POST && serviceIds.length == 1 && serviceIds[0] == SERVICE ? List.of(pool(DESK)) : List.of();
    }

    @Override
    public Tariff tariff(final int serviceId, final long nowMs) {
        return serviceId == SERVICE ? tariffs(SERVICE).get(0) : null;
    }

    @Override
    public List<Tariff> tariffs(final int serviceId) {
        return serviceId == SERVICE ? List.of(
                new Tariff(SERVICE, 2, 0, 50_000, List.of(new TariffPart(Beneficiary.STAMP, 20_000), new TariffPart(Beneficiary.RECEIPT, 30_000))),
                new Tariff(SERVICE, 3, Long.MAX_VALUE, 0, List.of())) : List.of();
    }

    @Override
    public Desk desk(final int deskId) {
        return deskId == DESK ? new Desk(pool(DESK), services(), List.of(new Pool(DESK + 1, POST, PoolKind.BIOMETRIC_STATION, "paris/stations"))) : null;
    }

    @Override
    public List<OpenChange> openChanges() {
        return List.of(new OpenChange(KNOWN, POST, 2, EPOCH_DAY, EPOCH_DAY + 1, 90, 1_772_186_400_000L), new OpenChange(KNOWN + 1, POST, 0, 0, 0, 0, 0));
    }

    @Override
    public Rules rules() {
        return new Rules(600_000, 600_000, 7_776_000_000L, 86_400_000, 60_000, 14_400_000, 900_000, 2_592_000_000L, 12, 24, 12, 12, 2, 24, 24, 1, 4, 6, 5,
                420, 16, 2, 8, 16, 3);
    }

    @Override
    public SearchPlan plan(final List<SearchPlan.Need> needs) {
        for (final SearchPlan.Need need : needs) {
            if (need.serviceId() != SERVICE) {
                return null;
            }
        }
        final SearchPlan plan = new SearchPlan((int) needs.stream().mapToLong(SearchPlan.Need::person).distinct().count(), 3 * needs.get(0).quantity(), 0);
        whenPlanned.run();
        return plan;
    }

    @Override
    public Quote quote(final int postId, final int serviceId, final int quantity, final long nowMs) {
        return postId == POST && serviceId == SERVICE ? new Quote(50_000L * quantity, 4_650L * quantity, "EUR", 10_800_000, 2) : null;
    }

    @Override
    public Records.Application application(final long applicationId) {
        return known(applicationId) ? new Records.Application(KNOWN, POST, 77, 1, List.of(new Records.Line(42, SERVICE, 1, POST, AgeBand.ADULT,
                Priority.SENIOR, true, LineState.VALIDATED, KNOWN, 0, KNOWN, 0, 0)), position) : null;
    }

    @Override
    public Records.Appointment appointment(final long appointmentId) {
        return known(appointmentId) ? new Records.Appointment(KNOWN, KNOWN, POST, AppointmentState.CONFIRMED, 5, 0, 0, false, false, 1, 0, 6,
                List.of(new Records.Leg(DESK, EPOCH_DAY, 3, 3, 1)), position) : null;
    }

    @Override
    public Records.Hold hold(final long holdId) {
        return known(holdId) ? new Records.Hold(KNOWN, KNOWN, POST, 8, 9, List.of(new Records.Leg(DESK, EPOCH_DAY, 3, 3, 1)), position) : null;
    }

    @Override
    public Records.Payment payment(final long paymentId) {
        return known(paymentId) ? new Records.Payment(KNOWN, KNOWN, POST, PaymentMeans.TERMINAL, 12, PaymentState.APPROVED, 4_650, 50_000, "EUR", 4_650, "EUR", "T-1",
                "814923", "VISA", 42, 0, KNOWN, false, 0, false, 0, 0, 20_500, 3, 3, List.of((long) KNOWN), position) : null;
    }

    @Override
    public Records.Stamp stamp(final long stampId) {
        return known(stampId) ? new Records.Stamp(KNOWN, KNOWN, 0, POST, StampState.ISSUED, 50_000, 4_650, "EUR", 10_800_000, 2, 3, 0, 0, 0, position) : null;
    }

    @Override
    public long lag() {
        return 0;
    }

    @Override
    public long epoch() {
        return 9;
    }

    @Override
    public long keptFrom() {
        return keptFrom;
    }

    @Override
    public long keptFromMs() {
        return 1;
    }

    @Override
    public long bytesOnDisk() {
        return 0;
    }

    @Override
    public Subscription subscribe(final Cursor from, final int postId) {
        return new Follower(from);
    }

    private boolean known(final long number) {
        if (rebuilding) {
            throw new ReadModelBehindException("being rebuilt");
        }
        return number == KNOWN;
    }

    private final class Follower implements Subscription {
        private Cursor cursor;
        private int next;

        Follower(final Cursor from) {
            synchronized (log) {
                if (from.equals(Cursor.NOW)) {
                    next = log.size();
                    cursor = new Cursor(9, position, Cursor.ALL);
                } else {
                    cursor = from;
                    while (next < log.size() && !isAfter(log.get(next).cursor(), from)) {
                        next++;
                    }
                }
            }
        }

        @Override
        public int poll(final EventHandler handler, final int limit) {
            pollThreads.add(Thread.currentThread().getName());
            synchronized (log) {
                int count = 0;
                while (!isLost() && count < limit && next < log.size()) {
                    final Logged logged = log.get(next++);
                    cursor = logged.cursor();
                    handler.onEvent(cursor, logged.event(), 0, logged.event().capacity());
                    count++;
                }
                if (!isLost() && next == log.size() && cursor.position() <= position) {
                    cursor = new Cursor(9, position, Cursor.ALL); // nothing up to there is for it
                }
                polled.addAndGet(count);
                return count;
            }
        }

        @Override
        public boolean isLost() {
            return cursor.position() < keptFrom;
        }

        @Override
        public void onAvailable(final Runnable wakeUp) {
            synchronized (log) {
                if (next == log.size()) {
                    followers.add(wakeUp);
                    return;
                }
            }
            wakeUp.run();
        }

        @Override
        public Cursor cursor() {
            return cursor;
        }

        @Override
        public void close() {
            // nothing is held
        }

        private boolean isAfter(final Cursor one, final Cursor other) {
            return one.position() > other.position() || one.position() == other.position() && one.ordinal() > other.ordinal();
        }
    }
}
