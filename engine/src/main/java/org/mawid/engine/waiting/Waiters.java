package org.mawid.engine.waiting;

import java.util.function.LongSupplier;
import org.mawid.engine.catalogue.CoreVersion;
import org.mawid.engine.catalogue.Posts;
import org.mawid.engine.kernel.CoreMemory;
import org.mawid.engine.kernel.Emitter;
import org.mawid.engine.kernel.Invariant;
import org.mawid.engine.kernel.Memory;
import org.mawid.engine.kernel.NumberedRows;
import org.mawid.engine.kernel.StateReader;
import org.mawid.engine.kernel.StateWriter;
import org.mawid.engine.kernel.TableIds;
import org.mawid.engine.kernel.TagIndex;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaiterRowDecoder;
import org.mawid.sbe.WaiterState;

/**
 * Those whose visit was displaced, by number, each in the queue of the post where it was: persons with priority first, then by number of the
 * appointment, so that who booked first is first. Behind them, by their own number, come those who joined: who want a visit at a full post, or an
 * earlier one. They stay in their place while they have an offer. Empty before core version 5, and nobody joins before 7.
 */
public final class Waiters {
    private static final int APPLICATION = WaiterRowDecoder.applicationIdEncodingOffset();
    private static final int APPOINTMENT = WaiterRowDecoder.appointmentIdEncodingOffset();
    private static final int CLOSURE = WaiterRowDecoder.closureIdEncodingOffset();
    private static final int HOLD = WaiterRowDecoder.holdIdEncodingOffset();
    private static final int SINCE_MS = WaiterRowDecoder.sinceMsEncodingOffset();
    private static final int NEXT = WaiterRowDecoder.nextEncodingOffset();
    private static final int PREVIOUS = WaiterRowDecoder.previousEncodingOffset();
    private static final int NEXT_OF_APPLICATION = WaiterRowDecoder.nextOfApplicationEncodingOffset();
    private static final int EPOCH_DAY = WaiterRowDecoder.epochDayEncodingOffset();
    private static final int LINES = WaiterRowDecoder.linesEncodingOffset();
    private static final int POST = WaiterRowDecoder.postIdEncodingOffset();
    private static final int STATE = WaiterRowDecoder.stateEncodingOffset();
    private static final int PRIORITISED = WaiterRowDecoder.prioritisedEncodingOffset();
    private static final int OFFERS = WaiterRowDecoder.offersEncodingOffset();
    private static final int DATES_AFTER = WaiterRowDecoder.datesAfterEncodingOffset();

    private final NumberedRows rows;
    private final Searched searched;
    private final Queues queues;
    private final AcceptedPosts accepted;
    private final OfferRules rules;
    private final Waitlist waitlist;
    /** The newest of each application; the others follow it. Not part of the state. */
    private final TagIndex ofApplication;
    private final WaiterEvents events;
    private long next = 1;
    private long count;

    /** @param newestRun of what cools, or did; 0 = nothing ever did, negative = before core version 7 */
    public Waiters(final CoreMemory memory, final CoreVersion version, final Emitter events, final LongSupplier newestRun) {
        rows = new NumberedRows(memory, TableIds.WAITERS, WaiterRowDecoder.BLOCK_LENGTH, STATE);
        searched = new Searched(memory);
        queues = new Queues(memory, version, newestRun);
        accepted = new AcceptedPosts(memory);
        rules = new OfferRules(memory);
        waitlist = new Waitlist(memory);
        ofApplication = new TagIndex(memory);
        this.events = new WaiterEvents(events);
    }

    public OfferRules rules() {
        return rules;
    }

    public Waitlist waitlist() {
        return waitlist;
    }

    public AcceptedPosts accepted() {
        return accepted;
    }

    public Queues queues() {
        return queues;
    }

    public long count() {
        return count;
    }

    /** Whether nobody waits by their own wish. */
    public boolean joinedNone() {
        return waitlist.joined() == 0;
    }

    public boolean has(final long waiter) {
        return rows.has(waiter);
    }

    // ---- who they are

    public long application(final long waiter) {
        return Memory.getLong(rows.at(waiter) + APPLICATION);
    }

    /** The one that was displaced, or the one that is to be earlier; 0 = the lines have none. */
    public long appointment(final long waiter) {
        return Memory.getLong(rows.at(waiter) + APPOINTMENT);
    }

    public long closure(final long waiter) {
        return Memory.getLong(rows.at(waiter) + CLOSURE);
    }

    /** Whether it lost a visit; else it joined. */
    public boolean isDisplaced(final long waiter) {
        return closure(waiter) != 0;
    }

    /** Whether it has an appointment that is to be earlier. */
    public boolean wantsEarlier(final long waiter) {
        return !isDisplaced(waiter) && appointment(waiter) != 0;
    }

    /** The offer, 0 = none. */
    public long hold(final long waiter) {
        return Memory.getLong(rows.at(waiter) + HOLD);
    }

    /** Since when, ms since 1970-01-01 UTC. */
    public long sinceMs(final long waiter) {
        return Memory.getLong(rows.at(waiter) + SINCE_MS);
    }

    /** Date of the visit that was lost, or the first that is wanted. */
    public int epochDay(final long waiter) {
        return Memory.getInt(rows.at(waiter) + EPOCH_DAY);
    }

    /** The last date that is wanted by one that joined. */
    public int lastDay(final long waiter) {
        return epochDay(waiter) + Memory.getByte(rows.at(waiter) + DATES_AFTER);
    }

    public int lines(final long waiter) {
        return Memory.getShort(rows.at(waiter) + LINES);
    }

    /** In whose queue it is. */
    public int post(final long waiter) {
        return Memory.getShort(rows.at(waiter) + POST);
    }

    /** Value of {@link WaiterState}. */
    public int state(final long waiter) {
        return Memory.getByte(rows.at(waiter) + STATE);
    }

    public boolean is(final long waiter, final WaiterState state) {
        return state(waiter) == state.value();
    }

    public boolean isPrioritised(final long waiter) {
        return Memory.getByte(rows.at(waiter) + PRIORITISED) != 0;
    }

    /** Offers so far. */
    public int offers(final long waiter) {
        return Memory.getByte(rows.at(waiter) + OFFERS);
    }

    /** Behind it in its queue, 0 = nobody. */
    public long next(final long waiter) {
        return Memory.getLong(rows.at(waiter) + NEXT);
    }

    /** The application's newest, 0 = none; the others by {@link #nextOfApplication}. */
    public long of(final long application) {
        if (count == 0) {
            return 0;
        }
        for (long slot = ofApplication.first(ofApplication.hash(application)); slot >= 0; slot = ofApplication.next()) {
            if (application(slot) == application) {
                return slot;
            }
        }
        return 0;
    }

    public long nextOfApplication(final long waiter) {
        return Memory.getLong(rows.at(waiter) + NEXT_OF_APPLICATION);
    }

    /** Whose offer the hold is, 0 = it is none. */
    public long ofHold(final long application, final long hold) {
        long waiter = of(application);
        while (waiter != 0 && hold(waiter) != hold) {
            waiter = nextOfApplication(waiter);
        }
        return waiter;
    }

    // ---- what becomes of them

    /** Somebody waits from now on. Tells it. */
    public long begin(final long application, final long appointment, final long closure, final int lineSet, final int postId, final int epochDay, final boolean prioritised,
                      final long nowMs) {
        final long waiter = add(application, appointment, closure, lineSet, postId, epochDay, nowMs);
        Memory.putByte(rows.at(waiter) + PRIORITISED, prioritised ? 1 : 0);
        enter(waiter, postId);
        came(waiter, postId);
        events.begun(this, waiter);
        return waiter;
    }

    /**
     * Somebody waits by their own wish, behind all others. Tells it.
     *
     * @param appointment that is to be earlier, 0 = none
     * @param datesAfter  how many dates after the first are wanted as well, 0 to 255
     */
    public long join(final long application, final long appointment, final int lineSet, final int postId, final int fromEpochDay, final int datesAfter, final long nowMs) {
        final long waiter = add(application, appointment, 0, lineSet, postId, fromEpochDay, nowMs);
        Memory.putByte(rows.at(waiter) + DATES_AFTER, datesAfter);
        final long last = queues.last(postId);
        link(postId, last, waiter);
        link(postId, waiter, 0);
        waitlist.count(1);
        came(waiter, postId);
        events.joined(this, waiter);
        return waiter;
    }

    private long add(final long application, final long appointment, final long closure, final int lineSet, final int postId, final int epochDay, final long nowMs) {
        final long waiter = next++;
        final long before = of(application);
        final long at = rows.add(waiter);
        Memory.putLong(at + APPLICATION, application);
        Memory.putLong(at + APPOINTMENT, appointment);
        Memory.putLong(at + CLOSURE, closure);
        Memory.putLong(at + SINCE_MS, nowMs);
        Memory.putLong(at + NEXT_OF_APPLICATION, before);
        Memory.putInt(at + EPOCH_DAY, epochDay);
        Memory.putShort(at + LINES, lineSet);
        Memory.putShort(at + POST, postId);
        Memory.putByte(at + STATE, WaiterState.WAITING.value());
        count++;
        if (before != 0) {
            ofApplication.remove(ofApplication.hash(application), (int) before);
        }
        ofApplication.add(ofApplication.hash(application), (int) waiter);
        return waiter;
    }

    private void came(final long waiter, final int postId) {
        queues.count(postId, 1, accepted.count(application(waiter)) != 0 ? 1 : 0);
        if (isDisplaced(waiter)) {
            queues.lookAnew(postId);
        } else {
            queues.lookAt(postId, waiter);
        }
    }

    /** Has an offer. Tells it. @param another true = the applicant has chosen it in place of the one of before */
    public void offer(final long waiter, final long hold, final boolean another) {
        final long at = rows.at(waiter);
        Memory.putLong(at + HOLD, hold);
        Memory.putByte(at + STATE, WaiterState.OFFERED.value());
        searched.forget(waiter);
        Memory.putByte(at + OFFERS, offers(waiter) + (another ? 0 : 1));
        events.offered(this, waiter);
    }

    /** What was found out about each by looks and searches. */
    public Searched searched() {
        return searched;
    }

    /** What it may have is another thing than before: from core version 8 on it is looked for from the beginning, and once more when the look is through. */
    public void searchAgain(final long waiter) {
        if (searched.passedOver(waiter) == 0) {
            searched.forget(waiter);
        }
        queues.beginAgain(post(waiter), waiter);
        queues.lookAgain(post(waiter));
    }

    /** Other posts may be looked at for it now, or not any more. Before core version 8 that is nothing to who joined. */
    public void lookElsewhere(final long waiter) {
        if (queues.searches().has(post(waiter))) {
            searchAgain(waiter);
            return;
        }
        searched.forget(waiter);
        if (isDisplaced(waiter)) {
            queues.lookAgain(post(waiter));
        }
    }

    /**
     * At a post there may be room for other reasons than that it came on a few dates. From core version 8 on those who wait elsewhere and accept it are searched for
     * once more, too: who lost a visit, and so the first of their queues.
     */
    public void searchAnewAt(final int postId) {
        queues.searchAnew(postId);
        for (int other = queues.next(1); other <= Posts.MOST; other = queues.next(other + 1)) {
            if (other != postId && queues.elsewhere(other) > 0 && queues.searches().has(other)) {
                searchThoseElsewhere(other);
            }
        }
    }

    /** Those in a queue who accept other posts. */
    public void searchThoseElsewhere(final int postId) {
        for (long waiter = queues.first(postId); waiter != 0 && isDisplaced(waiter); waiter = next(waiter)) {
            if (accepted.count(application(waiter)) != 0 && searched.passedOver(waiter) == 0) {
                searched.forget(waiter);
                queues.beginAgain(postId, waiter);
            }
        }
        queues.searchOnceMore(postId);
    }

    /** Nothing was found. Tells it once. */
    public void noRoom(final long waiter) {
        if (!is(waiter, WaiterState.NO_ROOM)) {
            Memory.putByte(rows.at(waiter) + STATE, WaiterState.NO_ROOM.value());
            events.noRoom(this, waiter);
        }
    }

    /** The offer is gone and another one is looked for. Tells it. @param counts false = it was taken away, so it was none */
    public void lapse(final long waiter, final boolean counts) {
        final long at = rows.at(waiter);
        Memory.putLong(at + HOLD, 0);
        Memory.putByte(at + STATE, WaiterState.WAITING.value());
        Memory.putByte(at + OFFERS, offers(waiter) - (counts ? 0 : 1));
        queues.lookAgain(post(waiter));
        events.lapsed(this, waiter);
    }

    /** Nobody has answered the offer in time, and another one is looked for, but for those behind it first. Tells it. */
    public void rest(final long waiter) {
        final long at = rows.at(waiter);
        Memory.putLong(at + HOLD, 0);
        Memory.putByte(at + STATE, WaiterState.RESTING.value());
        queues.lookAgain(post(waiter));
        events.lapsed(this, waiter);
    }

    /** Those behind it are looked at now. */
    public void rested(final long waiter) {
        Memory.putByte(rows.at(waiter) + STATE, WaiterState.WAITING.value());
    }

    /** Waits no more. Tells it. */
    public void end(final long waiter, final WaiterEnd how) {
        final int postId = post(waiter);
        final long application = application(waiter);
        waitlist.count(isDisplaced(waiter) ? 0 : -1);
        leave(waiter, postId);
        queues.count(postId, -1, accepted.count(application) != 0 ? -1 : 0);
        forgetOf(application, waiter);
        rows.remove(waiter);
        searched.forget(waiter);
        count--;
        events.ended(postId, waiter, application, how);
    }

    /**
     * Lines of an application wait no more; a waiter without any ends. Who wants an earlier visit goes by the appointment, not by its lines.
     *
     * @param telling whether it is told that a waiter waits for fewer: from core version 7 on
     */
    public void lose(final long application, final int lineSet, final WaiterEnd how, final boolean telling) {
        long waiter = of(application);
        while (waiter != 0) {
            final long after = nextOfApplication(waiter);
            final int left = lines(waiter) & ~lineSet;
            if (left != lines(waiter) && !wantsEarlier(waiter)) {
                Memory.putShort(rows.at(waiter) + LINES, left);
                if (left == 0) {
                    end(waiter, how);
                } else if (telling) {
                    events.reduced(this, waiter);
                    if (queues.searches().has(post(waiter))) {
                        searchAgain(waiter); // there may be room for fewer
                    }
                }
            }
            waiter = after;
        }
    }

    /** The application accepts other posts now, or none any more. */
    public void acceptsElsewhere(final long application, final boolean now) {
        for (long waiter = of(application); waiter != 0; waiter = nextOfApplication(waiter)) {
            queues.count(post(waiter), 0, now ? 1 : -1);
        }
    }

    // ---- the queue

    private void enter(final long waiter, final int postId) {
        long before = 0;
        long after = queues.first(postId);
        while (after != 0 && isBefore(after, waiter)) { // not far: a closure goes from the newest appointment to the oldest
            before = after;
            after = next(after);
        }
        link(postId, before, waiter);
        link(postId, waiter, after);
    }

    private void leave(final long waiter, final int postId) {
        queues.left(postId, waiter, next(waiter));
        link(postId, previous(waiter), next(waiter));
    }

    /** @param before 0 = the beginning @param after 0 = the end */
    private void link(final int postId, final long before, final long after) {
        if (before == 0) {
            queues.first(postId, after);
        } else {
            Memory.putLong(rows.at(before) + NEXT, after);
        }
        if (after == 0) {
            queues.last(postId, before);
        } else {
            Memory.putLong(rows.at(after) + PREVIOUS, before);
        }
    }

    private boolean isBefore(final long one, final long other) {
        if (isDisplaced(one) != isDisplaced(other)) {
            return isDisplaced(one);
        }
        if (!isDisplaced(one)) {
            return one < other;
        }
        if (isPrioritised(one) != isPrioritised(other)) {
            return isPrioritised(one);
        }
        return appointment(one) < appointment(other);
    }

    private long previous(final long waiter) {
        return Memory.getLong(rows.at(waiter) + PREVIOUS);
    }

    private void forgetOf(final long application, final long waiter) {
        final long newest = of(application);
        final long after = nextOfApplication(waiter);
        if (newest == waiter) {
            ofApplication.remove(ofApplication.hash(application), (int) waiter);
            if (after != 0) {
                ofApplication.add(ofApplication.hash(application), (int) after);
            }
            return;
        }
        long before = newest;
        while (nextOfApplication(before) != waiter) {
            before = nextOfApplication(before);
        }
        Memory.putLong(rows.at(before) + NEXT_OF_APPLICATION, after);
    }

    // ---- state

    /** One more than the highest number so far. */
    public long end() {
        return next;
    }

    /** See {@link NumberedRows#next}. */
    public long next(final long from, final int max) {
        return rows.next(from, next, max);
    }

    public void save(final StateWriter out) {
        rows.save(out);
        searched.save(out);
        queues.save(out);
        accepted.save(out);
        rules.save(out);
    }

    /** @return false when the present run is not of this room */
    public boolean load(final StateReader in) {
        switch (in.tableId()) {
            case TableIds.WAITERS -> rows.load(in);
            case TableIds.SEARCHED -> searched.load(in);
            case TableIds.QUEUES, TableIds.QUEUE_VIEWS, TableIds.QUEUE_DATES, TableIds.QUEUE_SEARCHES -> queues.load(in);
            case TableIds.ACCEPTED_POSTS -> accepted.load(in);
            case TableIds.OFFER_RULES -> rules.load(in);
            case TableIds.WAITLIST -> waitlist.load(in);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** After all rows: takes over the counts and finds again what is not in the rows. */
    public void loaded(final long nextWaiter, final long waiters) {
        next = nextWaiter;
        count = waiters;
        accepted.loaded();
        queues.loaded();
        for (long waiter = next(1, Integer.MAX_VALUE); waiter < next; waiter = next(waiter + 1, Integer.MAX_VALUE)) {
            final long older = nextOfApplication(waiter);
            final long hash = ofApplication.hash(application(waiter));
            if (older != 0) {
                ofApplication.remove(hash, (int) older);
            }
            ofApplication.add(hash, (int) waiter);
        }
    }

    public void check() {
        rows.check();
        searched.check();
        queues.check();
        accepted.check();
        Invariant.that(rows.count() == count, "waiters are counted", rows.count(), count);
        long queued = 0;
        for (int postId = 1; postId <= Posts.MOST; postId++) {
            queued += checkQueue(postId);
        }
        Invariant.that(queued == count, "every waiter is in a queue", queued, count);
        long joined = 0;
        for (long waiter = next(1, Integer.MAX_VALUE); waiter < next; waiter = next(waiter + 1, Integer.MAX_VALUE)) {
            joined += isDisplaced(waiter) ? 0 : 1;
        }
        Invariant.that(joined == waitlist.joined(), "who joined is counted", joined, waitlist.joined());
    }

    private long checkQueue(final int postId) {
        long before = 0;
        long length = 0;
        long elsewhere = 0;
        boolean looked = queues.looking(postId) == 0;
        boolean searchedFor = queues.searches().searching(postId) == 0;
        for (long waiter = queues.first(postId); waiter != 0; waiter = next(waiter)) {
            Invariant.that(post(waiter) == postId && previous(waiter) == before, "a waiter is behind the one before", waiter, before);
            Invariant.that(before == 0 || isBefore(before, waiter), "who lost a visit is first, by who booked it first, then who joined first", before, waiter);
            Invariant.that(is(waiter, WaiterState.OFFERED) == (hold(waiter) != 0), "who was offered something has a hold", waiter, hold(waiter));
            Invariant.that(lines(waiter) != 0, "a waiter waits for lines", waiter);
            looked |= queues.looking(postId) == waiter;
            searchedFor |= queues.searches().searching(postId) == waiter;
            elsewhere += accepted.count(application(waiter)) != 0 ? 1 : 0;
            before = waiter;
            length++;
        }
        Invariant.that(queues.last(postId) == before && looked && searchedFor, "a queue ends where it says", postId, before);
        Invariant.that(queues.count(postId) == length && queues.elsewhere(postId) == elsewhere, "a queue is counted", postId, length);
        return length;
    }
}
