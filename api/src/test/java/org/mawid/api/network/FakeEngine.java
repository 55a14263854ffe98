package org.mawid.api.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiFunction;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.CommandSource;
import org.mawid.engine.CoreQuery;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.Reply;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.kernel.Outcome;
import org.mawid.engine.readmodel.Availability;
import org.mawid.engine.readmodel.CatalogueView;
import org.mawid.engine.readmodel.ReadModel;
import org.mawid.sbe.AbandonChangeDecoder;
import org.mawid.sbe.AddToChangeDecoder;
import org.mawid.sbe.ApplyChangeDecoder;
import org.mawid.sbe.BeginChangeDecoder;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.DefinePoolDecoder;
import org.mawid.sbe.DefinePostDecoder;
import org.mawid.sbe.DefineServiceDecoder;
import org.mawid.sbe.FeeTime;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolKind;
import org.mawid.sbe.RequestDecoder;
import org.mawid.sbe.Result;
import org.mawid.sbe.SetDeskServiceDecoder;
import org.mawid.sbe.SetRateDecoder;
import org.mawid.sbe.SetTariffDecoder;

/**
 * An engine in memory that knows catalogue and days and nothing of durability, with a thread of its own for answers. It can be
 * told to misbehave. Everything public is read by tests when it is idle.
 */
final class FakeEngine {
    /** Asked before each command, with its number from 1 and its template: a result other than OK is the answer. */
    volatile BiFunction<Long, Integer, Result> refusal = (number, template) -> Result.OK;
    /** This many submissions are not admitted at first. */
    volatile int unavailable;
    volatile boolean running = true;
    volatile boolean silent;
    /** Templates in order of arrival. */
    final List<Integer> templates = new ArrayList<>();
    final Set<String> requestIds = new HashSet<>();

    final Map<Integer, CatalogueView.Post> posts = new ConcurrentSkipListMap<>();
    final Map<Integer, CatalogueView.Pool> pools = new ConcurrentSkipListMap<>();
    final Map<Integer, CatalogueView.Service> services = new ConcurrentSkipListMap<>();
    final Map<Integer, CatalogueView.Tariff> tariffs = new ConcurrentSkipListMap<>();
    final TreeSet<String> serves = new TreeSet<>();
    final Map<String, Availability.DayView> days = new HashMap<>();
    final Map<Long, Map<String, Availability.DayView>> changes = new ConcurrentSkipListMap<>();
    private final Set<String> staged = new HashSet<>();
    private final Map<Long, Integer> postOfChange = new HashMap<>();
    private final BlockingQueue<Runnable> ring = new ArrayBlockingQueue<>(256);
    private final Thread core = new Thread(this::work, "fake-core");
    private long changeIds;
    private volatile long position;

    FakeEngine() {
        core.setDaemon(true);
        core.start();
    }

    Result submit(CommandSource source, Reply reply, long tag) {
        if (unavailable > 0) {
            unavailable--;
            return Result.UNAVAILABLE;
        }
        final UnsafeBuffer slot = new UnsafeBuffer(new byte[CommandSource.MAX_BYTES + 8]);
        slot.setMemory(0, slot.capacity(), (byte) 0x5A); // what an older command left
        final int length = source.write(0, slot, 8);
        if (length > CommandSource.MAX_BYTES || slot.getByte(8 + length) != 0x5A) throw new AssertionError("wrote " + length + " bytes, and more");
        return ring.offer(() -> {
            if (silent) return;
            final Outcome outcome = new Outcome();
            position++;
            outcome.begin(position, 0);
            apply(slot, outcome);
            reply.onOutcome(tag, outcome, slot, 0, 0);
        }) ? Result.OK : Result.UNAVAILABLE;
    }

    private void work() {
        try {
            while (!Thread.interrupted()) ring.take().run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply(MutableDirectBuffer slot, Outcome outcome) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(slot, 8);
        templates.add(header.templateId());
        request(slot);
        final Result refused = refusal.apply((long) templates.size(), header.templateId());
        if (refused != Result.OK) {
            outcome.set(refused, 0, 0, 0);
            return;
        }
        switch (header.templateId()) {
            case DefinePostDecoder.TEMPLATE_ID -> {
                final DefinePostDecoder post = new DefinePostDecoder().wrapAndApplyHeader(slot, 8, header);
                posts.merge(post.postId(), new CatalogueView.Post(post.postId(), post.code(), post.currency(), post.minorDigits(), post.roundToMinor(), 0, 0),
                        (old, now) -> new CatalogueView.Post(now.postId(), now.code(), now.currency(), now.minorDigits(), now.roundToMinor(), old.microMadPerUnit(), old.calendarVersion()));
            }
            case SetRateDecoder.TEMPLATE_ID -> {
                final SetRateDecoder rate = new SetRateDecoder().wrapAndApplyHeader(slot, 8, header);
                posts.computeIfPresent(rate.postId(), (id, old) -> new CatalogueView.Post(id, old.code(), old.currency(), old.minorDigits(), old.roundToMinor(),
                        rate.microMadPerUnit(), old.calendarVersion()));
            }
            case DefinePoolDecoder.TEMPLATE_ID -> {
                final DefinePoolDecoder pool = new DefinePoolDecoder().wrapAndApplyHeader(slot, 8, header);
                pools.put(pool.poolId(), new CatalogueView.Pool(pool.poolId(), pool.postId(), pool.kind(), pool.code()));
                if (!posts.containsKey(pool.postId())) outcome.set(Result.POST_UNKNOWN, 0, 0, 0);
            }
            case DefineServiceDecoder.TEMPLATE_ID -> {
                final DefineServiceDecoder service = new DefineServiceDecoder().wrapAndApplyHeader(slot, 8, header);
                services.put(service.serviceId(), new CatalogueView.Service(service.serviceId(), service.code(), service.durationMinutes(), service.scope(),
                        service.validationRequired() == BooleanType.YES, service.appointmentRequired() == BooleanType.YES, service.urgent() == BooleanType.YES,
                        service.resourceKinds(), service.quantityMax(), FeeTime.AT_POST));
            }
            case SetDeskServiceDecoder.TEMPLATE_ID -> {
                final SetDeskServiceDecoder set = new SetDeskServiceDecoder().wrapAndApplyHeader(slot, 8, header);
                final String key = set.deskId() + " " + set.serviceId();
                if (!pools.containsKey(set.deskId())) outcome.set(Result.POOL_UNKNOWN, 0, 0, 0);
                else if (!services.containsKey(set.serviceId())) outcome.set(Result.SERVICE_UNKNOWN, 0, 0, 0);
                else if (set.serves() == BooleanType.YES) serves.add(key);
                else serves.remove(key);
            }
            case SetTariffDecoder.TEMPLATE_ID -> tariff(new SetTariffDecoder().wrapAndApplyHeader(slot, 8, header), outcome);
            case BeginChangeDecoder.TEMPLATE_ID -> {
                changes.put(++changeIds, new HashMap<>());
                postOfChange.put(changeIds, new BeginChangeDecoder().wrapAndApplyHeader(slot, 8, header).postId());
                outcome.set(Result.OK, changeIds, 0, 0);
            }
            case AddToChangeDecoder.TEMPLATE_ID -> add(new AddToChangeDecoder().wrapAndApplyHeader(slot, 8, header), outcome);
            case ApplyChangeDecoder.TEMPLATE_ID -> {
                final ApplyChangeDecoder apply = new ApplyChangeDecoder().wrapAndApplyHeader(slot, 8, header);
                final CatalogueView.Post old = posts.get(postOfChange.get(apply.changeId()));
                if (old.calendarVersion() != apply.expectedVersion()) {
                    outcome.set(Result.CONFLICT, old.calendarVersion(), 0, 0);
                    return;
                }
                final Map<String, Availability.DayView> changed = changes.remove(apply.changeId());
                staged.removeAll(changed.keySet());
                days.putAll(changed);
                bumpVersion(old.postId());
            }
            case AbandonChangeDecoder.TEMPLATE_ID -> {
                final Map<String, Availability.DayView> dropped = changes.remove(new AbandonChangeDecoder().wrapAndApplyHeader(slot, 8, header).changeId());
                if (dropped == null) outcome.set(Result.CHANGE_UNKNOWN, 0, 0, 0);
                else staged.removeAll(dropped.keySet());
            }
            default -> throw new AssertionError("not an import's command: " + header.templateId());
        }
    }

    void bumpVersion(int postId) {
        posts.computeIfPresent(postId, (id, post) -> new CatalogueView.Post(id, post.code(), post.currency(), post.minorDigits(), post.roundToMinor(),
                post.microMadPerUnit(), post.calendarVersion() + 1));
    }

    private void request(MutableDirectBuffer slot) {
        final RequestDecoder request = new RequestDecoder().wrap(slot, 8 + MessageHeaderDecoder.ENCODED_LENGTH);
        if (!requestIds.add(request.idHigh() + "-" + request.idLow())) throw new AssertionError("request id twice");
        for (int i = 0; i < 3; i++) if (request.reserved(i) != 0) throw new AssertionError("bytes of an older command");
    }

    private void tariff(SetTariffDecoder tariff, Outcome outcome) {
        final CatalogueView.Tariff old = tariffs.get(tariff.serviceId());
        if (old != null && tariff.version() <= old.version()) {
            outcome.set(Result.CONFLICT, old.version(), 0, 0);
            return;
        }
        final List<CatalogueView.TariffPart> parts = new ArrayList<>();
        long sum = 0;
        final long validFromMs = tariff.validFromMs();
        for (SetTariffDecoder.ComponentsDecoder part : tariff.components()) {
            parts.add(new CatalogueView.TariffPart(part.beneficiary(), part.amountCentimes()));
            sum += part.amountCentimes();
        }
        tariffs.put(tariff.serviceId(), new CatalogueView.Tariff(tariff.serviceId(), tariff.version(), validFromMs, sum, parts));
    }

    private void add(AddToChangeDecoder day, Outcome outcome) {
        if (!changes.containsKey(day.changeId())) {
            outcome.set(Result.CHANGE_UNKNOWN, 0, 0, 0);
            return;
        }
        final int[] open = new int[day.unitCount()];
        for (AddToChangeDecoder.RunsDecoder run : day.runs()) {
            for (int unit = run.startUnit(); unit < run.startUnit() + run.units(); unit++) open[unit] = run.capacity() - run.withheld();
        }
        final String key = key(day.poolId(), day.epochDay());
        if (!staged.add(key)) {
            outcome.set(Result.DAY_ALREADY_STAGED, 0, 0, 0);
            return;
        }
        changes.get(day.changeId()).put(key,
                new Availability.DayView(day.poolId(), day.epochDay(), day.startMs(), day.releasedAtMs(), day.alignUnits(), open.clone(), open, new int[0], position));
    }

    static String key(int poolId, int epochDay) {
        return poolId + " " + epochDay;
    }

    /** This engine as its callers know it. What an import does not use is not there and fails the test that asks for it. */
    Engine engine() {
        return Partial.of(Engine.class, this);
    }

    boolean query(CoreQuery query) {
        return ring.offer(() -> query.on(new EngineCore()));
    }

    ReadModel readModel() {
        return Partial.of(ReadModel.class, this);
    }

    EngineStatus status() {
        return new EngineStatus(position, position, position, position, 0, ring.size(), 256, 0, 0, 0, false, running);
    }

    void close() {
        core.interrupt();
    }

    long position() {
        return position;
    }

    CatalogueView catalogue() {
        return Partial.of(CatalogueView.class, new Catalogue());
    }

    Availability availability() {
        return Partial.of(Availability.class, new Days());
    }

    private final class Catalogue {
        List<CatalogueView.Post> posts() {
            return List.copyOf(posts.values());
        }

        List<CatalogueView.Service> services() {
            return List.copyOf(services.values());
        }

        List<CatalogueView.Pool> pools(int postId) {
            return pools.values().stream().filter(pool -> pool.postId() == postId).toList();
        }

        CatalogueView.Post post(int postId) {
            return posts.get(postId);
        }

        CatalogueView.Post post(String code) {
            return posts.values().stream().filter(post -> post.code().equals(code)).findFirst().orElse(null);
        }

        CatalogueView.Service service(int serviceId) {
            return services.get(serviceId);
        }

        CatalogueView.Service service(String code) {
            return services.values().stream().filter(service -> service.code().equals(code)).findFirst().orElse(null);
        }

        CatalogueView.Pool pool(int poolId) {
            return pools.get(poolId);
        }

        List<CatalogueView.Pool> desksFor(int postId, int... serviceIds) {
            return pools(postId).stream().filter(pool -> pool.kind() == PoolKind.DESK && serves.contains(pool.poolId() + " " + serviceIds[0])).toList();
        }

        CatalogueView.Tariff tariff(int serviceId, long nowMs) {
            final CatalogueView.Tariff tariff = tariffs.get(serviceId);
            return tariff == null || tariff.validFromMs() > nowMs ? null : tariff;
        }
    }

    private final class Days {
        Availability.DayView day(int poolId, int epochDay) {
            return days.get(key(poolId, epochDay));
        }

        boolean awaitPosition(long awaited, long timeoutMs) {
            return position >= awaited;
        }
    }
}
