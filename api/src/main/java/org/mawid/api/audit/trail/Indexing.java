package org.mawid.api.audit.trail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.mawid.api.access.Target;
import org.mawid.api.audit.Belonging;
import org.mawid.api.audit.Entry;
import org.mawid.api.audit.LoggedCommand;
import org.mawid.api.audit.Opening;
import org.mawid.api.audit.WhatBecame;
import org.mawid.engine.Engine;
import org.mawid.engine.EngineStatus;
import org.mawid.engine.LogFollower;
import org.mawid.engine.readmodel.ReadModelBehindException;

/** Goes through the log from where the file has it on, and puts into it what was done with applications that there are. After an exception it is to be closed, and another one begun. One thread, which waits for the log, records and core. */
final class Indexing implements AutoCloseable {
    /** Positions of one turn. */
    private static final int SLICE = 1_000;

    private final Engine engine;
    private final TrailFile file;
    private final Things things;
    private final Openings openings;
    private final List<LoggedCommand> read = new ArrayList<>();
    private final Map<Target, Long> applicationOf = new HashMap<>();
    private final Map<Long, Boolean> isKnown = new HashMap<>();
    private LogFollower log;
    /** As the file has it. */
    private Progress gone;
    /** As it will have it. */
    private Progress reached;
    private long rows;

    Indexing(final Engine engine, final TrailFile file, final Progress from) {
        this.engine = engine;
        this.file = file;
        gone = from;
        reached = from;
        things = new Things(engine.readModel().events(), file, from.position());
        openings = new Openings(engine, from.opening());
    }

    Progress gone() {
        return gone;
    }

    /** Whether there is more than one turn takes. */
    boolean isBehind() {
        return engine.status().durablePosition() - gone.position() > SLICE;
    }

    /** That were put since it began. */
    long rows() {
        return rows;
    }

    /**
     * Takes the next positions in, those that core, events and records reflect.
     *
     * @return false = there is nothing for now
     * @throws ReadModelBehindException records cannot be read, or the core does not answer, now
     * @throws DamagedException         the log is not that of which the file is
     */
    boolean turn() {
        final EngineStatus status = engine.status();
        final long last = LongStream.of(status.durablePosition(), status.appliedPosition(), status.recordsPosition(), engine.readModel().events().position(), gone.position() + SLICE).min().getAsLong();
        if (last <= gone.position() || engine.readModel().records().isOpening() || !things.follow(last)) {
            return false;
        }
        if (log == null) {
            log = engine.followLog(Math.max(1, gone.position())); // what is in already is looked at once more: whether it is the same
        }
        log.read(last, (position, nowMs, buffer, offset, length) -> take(position, nowMs, buffer, offset, length, position == last));
        if (reached.position() == gone.position()) {
            return false;
        }
        index();
        gone = new Progress(gone.journal(), reached.position(), reached.nowMs(), reached.crc(), reached.exactAfterMs(), openings.next());
        file.put(gone);
        return true;
    }

    private void take(final long position, final long nowMs, final DirectBuffer buffer, final int offset, final int length, final boolean isLast) {
        if (position <= gone.position()) {
            if (position == gone.position() && (nowMs != gone.nowMs() || crc(buffer, offset, length) != gone.crc())) {
                throw new DamagedException("the log has another command at position " + position);
            }
            return;
        }
        final boolean isGap = position > reached.position() + 1; // the log begins here: what is before it is archived
        final long exactAfterMs = isGap || position <= things.blindTo() ? nowMs : reached.exactAfterMs();
        reached = new Progress(gone.journal(), position, nowMs, isLast ? crc(buffer, offset, length) : 0, exactAfterMs, 0);
        final LoggedCommand logged = LoggedCommand.of(position, nowMs, buffer, offset, length);
        if (logged != null) {
            read.add(logged);
        }
    }

    private static long crc(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    private void index() {
        openings.begin();
        applicationOf.clear();
        isKnown.clear();
        final List<LoggedCommand> wanted = new ArrayList<>();
        final List<List<Long>> of = new ArrayList<>();
        for (final LoggedCommand logged : read) {
            final List<Long> applications = Stream.concat(named(logged), opened(logged)).distinct().toList();
            if (!applications.isEmpty()) {
                wanted.add(logged);
                of.add(applications);
            }
        }
        read.clear();
        final List<Entry> entries = WhatBecame.of(wanted, engine);
        if (entries == null) {
            throw new ReadModelBehindException("the core does not answer");
        }
        for (int i = 0; i < entries.size(); i++) {
            for (final long application : of.get(i)) {
                final Place place = new Place(application, entries.get(i).position());
                file.put(place, Row.of(place, entries.get(i), wanted.get(i).operation()));
                rows++;
            }
        }
    }

    private Stream<Long> named(final LoggedCommand logged) {
        return logged.targets().stream().map(target -> applicationOf.computeIfAbsent(target, this::find)).filter(application -> application != 0 && isKnown(application));
    }

    private long find(final Target target) {
        final long kept = things.applicationOf(target);
        return kept != 0 ? kept : Belonging.now(engine.readModel(), target);
    }

    private Stream<Long> opened(final LoggedCommand logged) {
        final Opening opening = logged.command() == null ? null : Opening.of(logged.command());
        return opening == null ? Stream.empty() : openings.of(opening, logged.nowMs()).stream();
    }

    /** Of what has left memory nobody can ask. */
    private boolean isKnown(final long application) {
        return isKnown.computeIfAbsent(application, number -> engine.readModel().records().application(number) != null);
    }

    @Override
    public void close() {
        things.close();
        if (log != null) {
            log.close();
        }
    }
}
