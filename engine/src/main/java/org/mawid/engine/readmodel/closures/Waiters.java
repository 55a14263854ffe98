package org.mawid.engine.readmodel.closures;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mawid.engine.readmodel.ClosuresView.Waiter;
import org.mawid.sbe.BooleanType;
import org.mawid.sbe.OfferMadeDecoder;
import org.mawid.sbe.WaiterRecordDecoder;
import org.mawid.sbe.WaiterState;
import org.mawid.sbe.WaitingBegunDecoder;
import org.mawid.sbe.WaitlistJoinedDecoder;

/** Those who wait: by number, by application, and in the queue of their post, in the core's order. One thread writes, any reads. */
final class Waiters {
    /** In a queue: who is prioritised, then who booked first. */
    private record Place(int postId, boolean joined, boolean prioritised, long number) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::postId)
                .thenComparing(Place::joined).thenComparing(Place::prioritised, Comparator.reverseOrder()).thenComparingLong(Place::number);

        static Place of(final Waiter waiter) {
            return new Place(waiter.postId(), !waiter.isDisplaced(), waiter.prioritised(), waiter.isDisplaced() ? waiter.appointmentId() : waiter.waiterId());
        }

        static Place firstOf(final int postId) {
            return new Place(postId, false, true, 0);
        }

        @Override
        public int compareTo(final Place other) {
            return ORDER.compare(this, other);
        }
    }

    private final ConcurrentHashMap<Long, Waiter> byNumber = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, List<Long>> byApplication = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Place, Waiter> queues = new ConcurrentSkipListMap<>();
    /** The hold that was given back last: of an offer that lapses it says that a closure has its room. */
    private long released;

    // ---- feed

    void begun(final WaitingBegunDecoder event) {
        add(new Waiter(event.waiterId(), event.applicationId(), event.appointmentId(), event.closureId(), event.head().postId(), 0, event.head().nowMs(), event.lines(),
                WaiterState.WAITING, event.prioritised() == BooleanType.YES, 0));
    }

    void joined(final WaitlistJoinedDecoder event) {
        add(new Waiter(event.waiterId(), event.applicationId(), event.appointmentId(), 0, event.head().postId(), 0, event.head().nowMs(), event.lines(),
                WaiterState.WAITING, false, 0, event.fromEpochDay(), event.toEpochDay()));
    }

    /** One that rests waits, for whoever reads: events do not say when the rest is over. */
    void record(final WaiterRecordDecoder record) {
        add(new Waiter(record.waiterId(), record.applicationId(), record.appointmentId(), record.closureId(), record.postId(), record.holdId(), record.sinceMs(),
                record.lines(), record.state() == WaiterState.RESTING ? WaiterState.WAITING : record.state(), record.prioritised() == BooleanType.YES, record.offers(),
                record.fromEpochDay(), record.toEpochDay()));
    }

    private void add(final Waiter waiter) {
        byNumber.put(waiter.waiterId(), waiter);
        queues.put(Place.of(waiter), waiter);
        byApplication.merge(waiter.applicationId(), List.of(waiter.waiterId()),
                (before, added) -> Stream.concat(before.stream(), added.stream()).distinct().sorted().toList());
    }

    void offered(final OfferMadeDecoder event) {
        final long holdId = event.holdId();
        final int offers = event.offers();
        change(event.waiterId(), one -> with(one, holdId, WaiterState.OFFERED, offers));
    }

    void reduced(final long waiterId, final int lines) {
        change(waiterId, one -> new Waiter(one.waiterId(), one.applicationId(), one.appointmentId(), one.closureId(), one.postId(), one.holdId(), one.sinceMs(), lines,
                one.state(), one.prioritised(), one.offers(), one.fromEpochDay(), one.toEpochDay()));
    }

    void noRoom(final long waiterId) {
        change(waiterId, one -> with(one, 0, WaiterState.NO_ROOM, one.offers()));
    }

    void released(final long holdId) {
        released = holdId;
    }

    void lapsed(final long waiterId) {
        change(waiterId, one -> with(one, 0, WaiterState.WAITING, one.holdId() == released ? one.offers() - 1 : one.offers()));
    }

    void ended(final long waiterId) {
        final Waiter gone = byNumber.remove(waiterId);
        if (gone != null) {
            queues.remove(Place.of(gone));
            byApplication.computeIfPresent(gone.applicationId(), (id, all) -> {
                final List<Long> others = all.stream().filter(other -> other != waiterId).toList();
                return others.isEmpty() ? null : others;
            });
        }
    }

    private void change(final long waiterId, final UnaryOperator<Waiter> to) {
        final Waiter changed = byNumber.computeIfPresent(waiterId, (id, one) -> to.apply(one));
        if (changed != null) {
            queues.put(Place.of(changed), changed);
        }
    }

    private static Waiter with(final Waiter one, final long holdId, final WaiterState state, final int offers) {
        return new Waiter(one.waiterId(), one.applicationId(), one.appointmentId(), one.closureId(), one.postId(), holdId, one.sinceMs(), one.lines(), state,
                one.prioritised(), offers, one.fromEpochDay(), one.toEpochDay());
    }

    // ---- any thread

    List<Waiter> of(final long applicationId) {
        return byApplication.getOrDefault(applicationId, List.of()).stream().map(byNumber::get).filter(one -> one != null).toList();
    }

    List<Waiter> queue(final int postId, final int max) {
        return queues.subMap(Place.firstOf(postId), Place.firstOf(postId + 1)).values().stream().limit(max).toList();
    }

    int count(final int postId) {
        return queues.subMap(Place.firstOf(postId), Place.firstOf(postId + 1)).size();
    }

    int before(final Waiter waiter) {
        return (int) queues.subMap(Place.firstOf(waiter.postId()), Place.of(waiter)).values().stream().filter(one -> one.state() != WaiterState.OFFERED).count();
    }
}
