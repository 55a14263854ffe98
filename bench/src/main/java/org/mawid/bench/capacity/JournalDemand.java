package org.mawid.bench.capacity;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.mawid.api.network.Network.Post;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.core.EngineCore;
import org.mawid.engine.core.RecordKind;
import org.mawid.engine.journal.FileDisk;
import org.mawid.engine.journal.Journal;
import org.mawid.engine.journal.JournalConfig;
import org.mawid.engine.journal.JournalException;
import org.mawid.engine.journal.JournalId;
import org.mawid.engine.journal.JournalReader;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.snapshot.Pace;
import org.mawid.engine.snapshot.PoisonedPositionException;
import org.mawid.engine.snapshot.Replay;
import org.mawid.engine.snapshot.SnapshotDamagedException;
import org.mawid.engine.snapshot.Snapshots;
import org.mawid.sbe.AppointmentChangedDecoder;
import org.mawid.sbe.AppointmentState;
import org.mawid.sbe.ApplicationSubmittedDecoder;
import org.mawid.sbe.HeldDecoder;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PoolDefinedDecoder;
import org.mawid.sbe.PostRecordDecoder;
import org.mawid.sbe.ServiceDefinedDecoder;

/**
 * What the journal of a stopped server tells of demand: its commands are applied to a core once more, and what happened is counted. Requests
 * per post by day and service; minutes from called to served. Requests for any post count where they were first held.
 */
final class JournalDemand {
    /** Fewer days than that say nothing of a week. */
    private static final int LEAST_DAYS = 7;
    /** Seen alone so often, a service's own mean is taken. */
    private static final int OFTEN = 20;
    /** Somebody forgot to press a key. Ms. */
    private static final long SHORTEST_MS = 15_000L;
    private static final long LONGEST_MS = 4 * 3_600_000L;
    private static final long SLICE = 20_000;

    /** Told how far the replay is. */
    @FunctionalInterface
    interface Progress {
        void at(long position, long last);
    }

    private static final class Request {
        private long askedMs;
        private int[] services;
        private int[] quantities;
        private boolean isPlaced;
        private long calledMs;
    }

    private static final class OfPost {
        private final LongArrayList asked = new LongArrayList();
        private final Map<Integer, Double> units = new TreeMap<>();
        private final Map<Integer, Spread> alone = new TreeMap<>();
        private double servedMinutes;
        private double nominalMinutes;
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ApplicationSubmittedDecoder submitted = new ApplicationSubmittedDecoder();
    private final HeldDecoder held = new HeldDecoder();
    private final AppointmentChangedDecoder changed = new AppointmentChangedDecoder();
    private final Long2ObjectHashMap<Request> open = new Long2ObjectHashMap<>();
    private final Int2ObjectHashMap<OfPost> posts = new Int2ObjectHashMap<>();
    private final Map<String, Integer> postIds = new HashMap<>();
    private final Map<Integer, String> serviceCodes = new TreeMap<>();
    private final Map<Integer, Integer> serviceMinutes = new HashMap<>();
    private final Map<Integer, Integer> postOfPool = new HashMap<>();
    private final Path data;
    private long firstMs = Long.MAX_VALUE;
    private long lastMs;

    private JournalDemand(final Path data) {
        this.data = data;
    }

    /** @throws PlanRefusedException when it cannot be read: nothing there, somebody serves it, damaged */
    static JournalDemand read(final Path data, final Progress progress) throws IOException {
        final JournalDemand demand = new JournalDemand(data);
        final DataDirectory directory = new DataDirectory(data);
        if (!Files.isDirectory(directory.journal())) {
            throw new PlanRefusedException("--journal " + data + " is not the data directory of a server");
        }
        final FileDisk disk = FileDisk.plain();
        try (Journal journal = Journal.examine(JournalConfig.in(directory.journal(), disk, new JournalId(0, 0)).withOwner("mawid bench plan"));
                EngineCore core = new EngineCore()) {
            demand.load(core, journal, Snapshots.existing(disk, directory.snapshots()));
            demand.catalogue(core); // durations that were in force before
            demand.replay(core, journal, progress);
            demand.catalogue(core);
        } catch (final JournalException | PoisonedPositionException | SnapshotDamagedException e) {
            throw new PlanRefusedException("--journal " + data + ": " + e.getMessage());
        }
        return demand;
    }

    /** A journal whose beginning was archived goes on from the oldest snapshot that it still continues. */
    private void load(final EngineCore core, final Journal journal, final Snapshots snapshots) throws IOException {
        if (journal.firstPosition() == 1) {
            return;
        }
        final long[] positions = snapshots.positions();
        Arrays.sort(positions);
        for (final long position : positions) {
            if (position >= journal.firstPosition() - 1) {
                snapshots.load(position, core, journal.id(), Pace.full());
                return;
            }
        }
        throw new PlanRefusedException("--journal " + data + ": it begins with position " + journal.firstPosition() + " and no snapshot leads there");
    }

    private void replay(final EngineCore core, final Journal journal, final Progress progress) {
        final long last = journal.recoveredPosition();
        try (JournalReader reader = journal.reader(journal.firstPosition()); Replay replay = new Replay(core, Pace.full(), this::onApplied)) {
            reader.read(core.position(), (position, nowMs, flags, buffer, offset, length) -> { });
            long before = -1;
            while (core.position() < last && core.position() != before) {
                before = core.position();
                replay.upTo(Math.min(last, before + SLICE), reader);
                progress.at(core.position(), last);
            }
        }
    }

    private void catalogue(final EngineCore core) {
        tell(core, RecordKind.POSTS);
        tell(core, RecordKind.POOLS);
        tell(core, RecordKind.SERVICES);
    }

    private void tell(final EngineCore core, final RecordKind kind) {
        long from = 0;
        do {
            from = core.dump(kind, from, 4_096, this::onCatalogue);
        } while (from != 0);
    }

    private void onCatalogue(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        switch (templateId) {
            case PostRecordDecoder.TEMPLATE_ID -> {
                final PostRecordDecoder post = new PostRecordDecoder().wrapAndApplyHeader(buffer, offset, header);
                postIds.put(post.code(), post.postId());
            }
            case PoolDefinedDecoder.TEMPLATE_ID -> pool(new PoolDefinedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case ServiceDefinedDecoder.TEMPLATE_ID -> service(new ServiceDefinedDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> { }
        }
    }

    private void pool(final PoolDefinedDecoder pool) {
        postOfPool.put(pool.poolId(), pool.postId());
    }

    private void service(final ServiceDefinedDecoder service) {
        serviceCodes.put(service.serviceId(), service.code());
        serviceMinutes.put(service.serviceId(), service.durationMinutes());
    }

    private void onApplied(final long position, final long nowMs, final DirectBuffer events, final int offset, final int length) {
        int at = offset;
        while (at < offset + length) {
            final int bytes = events.getInt(at, ByteOrder.nativeOrder());
            final int message = at + EventWriter.FRAME_BYTES;
            switch (header.wrap(events, message).templateId()) {
                case PoolDefinedDecoder.TEMPLATE_ID -> pool(new PoolDefinedDecoder().wrapAndApplyHeader(events, message, header));
                case ServiceDefinedDecoder.TEMPLATE_ID -> service(new ServiceDefinedDecoder().wrapAndApplyHeader(events, message, header));
                case ApplicationSubmittedDecoder.TEMPLATE_ID -> onSubmitted(nowMs, submitted.wrapAndApplyHeader(events, message, header));
                case HeldDecoder.TEMPLATE_ID -> onHeld(held.wrapAndApplyHeader(events, message, header));
                case AppointmentChangedDecoder.TEMPLATE_ID -> onChanged(nowMs, changed.wrapAndApplyHeader(events, message, header));
                default -> { }
            }
            at += EventWriter.FRAME_BYTES + bytes + 7 & ~7;
        }
    }

    private void onSubmitted(final long nowMs, final ApplicationSubmittedDecoder event) {
        final Request request = new Request();
        request.askedMs = nowMs;
        final int post = event.head().postId();
        final ApplicationSubmittedDecoder.LinesDecoder lines = event.lines();
        request.services = new int[lines.count()];
        request.quantities = new int[request.services.length];
        for (int i = 0; lines.hasNext(); i++) {
            lines.next();
            request.services[i] = lines.serviceId();
            request.quantities[i] = lines.quantity();
        }
        firstMs = Math.min(firstMs, nowMs);
        lastMs = Math.max(lastMs, nowMs);
        open.put(event.applicationId(), request);
        if (post != 0) {
            place(request, post);
        }
    }

    private void onHeld(final HeldDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request != null && !request.isPlaced) {
            final HeldDecoder.LegsDecoder legs = event.legs();
            if (legs.hasNext()) {
                place(request, postOfPool.getOrDefault(legs.next().deskId(), 0));
            }
        }
    }

    private void place(final Request request, final int post) {
        request.isPlaced = true;
        final OfPost of = posts.computeIfAbsent(post, id -> new OfPost());
        of.asked.addLong(request.askedMs);
        for (int i = 0; i < request.services.length; i++) {
            of.units.merge(request.services[i], (double) request.quantities[i], Double::sum);
        }
    }

    private void onChanged(final long nowMs, final AppointmentChangedDecoder event) {
        final Request request = open.get(event.applicationId());
        if (request == null) {
            return;
        }
        if (event.state() == AppointmentState.CALLED) {
            request.calledMs = nowMs;
        } else if (event.state() == AppointmentState.SERVED) {
            served(request, event.head().postId(), event.fulfilled(), nowMs - request.calledMs);
            if (Integer.bitCount(event.fulfilled()) == request.services.length) {
                open.remove(event.applicationId());
            }
        }
    }

    private void served(final Request request, final int post, final int lines, final long tookMs) {
        if (request.calledMs == 0 || tookMs < SHORTEST_MS || tookMs > LONGEST_MS) {
            return;
        }
        final OfPost of = posts.computeIfAbsent(post, id -> new OfPost());
        for (int set = lines; set != 0; set &= set - 1) {
            final int line = Integer.numberOfTrailingZeros(set);
            of.nominalMinutes += serviceMinutes.getOrDefault(request.services[line], 0) * request.quantities[line];
        }
        of.servedMinutes += tookMs / 60_000.0;
        if (request.services.length == 1 && lines == 1 && request.quantities[0] == 1) {
            of.alone.computeIfAbsent(request.services[0], id -> new Spread()).add(tookMs / 60_000.0);
        }
    }

    /** @throws PlanRefusedException when it tells too little of that post */
    Observed at(final Post post) {
        final Integer id = postIds.get(post.code());
        final OfPost of = id == null ? null : posts.get(id);
        if (of == null || of.asked.isEmpty()) {
            throw new PlanRefusedException("--journal " + data + " has no request for " + post.code());
        }
        final LocalDate from = day(firstMs, post);
        final LocalDate to = day(lastMs, post);
        final long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < LEAST_DAYS) {
            throw new PlanRefusedException("--journal " + data + " tells of " + days + " day" + (days == 1 ? "" : "s") + " (" + from + " to " + to + "), at least " + LEAST_DAYS + " are needed to know a week");
        }
        final double[] asked = new double[7];
        final double[] seen = new double[7];
        for (int i = 0; i < of.asked.size(); i++) {
            asked[day(of.asked.getLong(i), post).getDayOfWeek().getValue() - 1]++;
        }
        double season = 0;
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            seen[date.getDayOfWeek().getValue() - 1]++;
            season += ModelDemand.season(date);
        }
        final double mean = of.asked.size() / (double) days;
        final double[] weekdays = new double[7];
        double sum = 0;
        for (int day = 0; day < 7; day++) {
            weekdays[day] = asked[day] / seen[day] / mean;
            sum += weekdays[day];
        }
        for (int day = 0; day < 7; day++) {
            weekdays[day] *= 7 / sum;
        }
        final Map<String, Double> units = new TreeMap<>();
        of.units.forEach((service, count) -> units.merge(serviceCodes.getOrDefault(service, ""), count, Double::sum));
        final Map<String, Double> minutes = new TreeMap<>();
        of.alone.forEach((service, spread) -> {
            if (spread.count() >= OFTEN) {
                minutes.put(serviceCodes.getOrDefault(service, ""), spread.mean());
            }
        });
        return new Observed(mean, units, weekdays, minutes, of.nominalMinutes == 0 ? 1 : of.servedMinutes / of.nominalMinutes, season / days, from, to, of.asked.size());
    }

    private static LocalDate day(final long atMs, final Post post) {
        return Instant.ofEpochMilli(atMs).atZone(post.zone()).toLocalDate();
    }
}
