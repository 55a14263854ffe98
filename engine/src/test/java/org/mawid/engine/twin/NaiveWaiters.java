package org.mawid.engine.twin;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mawid.sbe.Priority;
import org.mawid.sbe.WaiterEnd;
import org.mawid.sbe.WaiterState;

/** Who waits for another visit, in which order, and how that ends. */
final class NaiveWaiters {
    private final Model model;
    private final NaiveLedger ledger;
    private final NaiveDisplacementEvents events;
    private final NaiveWaitingEvents waitingEvents;
    private static final int DATES_TOLD_APART = 16;
    private final Map<Model.Post, Set<Integer>> came = new LinkedHashMap<>();

    NaiveWaiters(final Model model, final NaiveLedger ledger, final NaiveDisplacementEvents events, final NaiveWaitingEvents waitingEvents) {
        this.waitingEvents = waitingEvents;
        this.model = model;
        this.ledger = ledger;
        this.events = events;
    }

    /** An appointment was displaced. */
    void begin(final Model.Appointment lost, final DisplacementModel.Closure closure) {
        ledger.tell();
        beginWaiting();
        final DisplacementModel.Waiter waiter = new DisplacementModel.Waiter(++model.displacement.lastWaiter, lost, closure.id, model.nowMs, hasPriority(lost));
        model.displacement.waiters.put(waiter.id, waiter);
        final NaiveQueue queue = queueOf(waiter.post);
        int at = 0;
        while (at < queue.waiters.size() && queue.waiters.get(at).isBefore(waiter)) {
            at++;
        }
        queue.waiters.add(at, waiter);
        beside(queue);
        queue.lookAnew(newestRun());
        events.waitingBegun(waiter);
    }

    /** Behind all others, by their own wish. @param appointment that is to be earlier, or null */
    DisplacementModel.Waiter join(final Model.Application application, final Model.Appointment appointment, final Model.Post post, final int lines,
                                  final int fromDay, final int toDay) {
        beginWaiting();
        final DisplacementModel.Waiter waiter = new DisplacementModel.Waiter(++model.displacement.lastWaiter, application, appointment, post, lines, fromDay, toDay, model.nowMs);
        model.displacement.waiters.put(waiter.id, waiter);
        final NaiveQueue queue = queueOf(post);
        queue.waiters.add(waiter);
        beside(queue);
        queue.lookAt(waiter, newestRun());
        waitingEvents.joined(waiter);
        return waiter;
    }

    private NaiveQueue queueOf(final Model.Post post) {
        return model.displacement.queues.computeIfAbsent(post.id, id -> new NaiveQueue());
    }

    private void beside(final NaiveQueue queue) {
        if (model.coreVersion >= 8) {
            queue.searchBeside(newestRun());
        }
    }

    /** Another core version is in force: those who wait are searched for once more. */
    void searchBeside() {
        model.displacement.queues.values().stream().filter(queue -> !queue.beside).forEach(queue -> queue.searchAllBeside(newestRun()));
    }

    /** What became of money before is told before. */
    void tellMoney() {
        ledger.tell();
    }

    static boolean hasPriority(final Model.Appointment appointment) {
        return NaiveApplications.linesOf(appointment.application, appointment.lines).stream().anyMatch(line -> line.asked.priority() != Priority.NONE);
    }

    /** The waiter whose offer a hold is, or null. */
    DisplacementModel.Waiter offered(final Model.Hold hold) {
        return model.displacement.waiters.values().stream().filter(waiter -> waiter.offer == hold).findFirst().orElse(null);
    }

    /** An offer is over and nobody has taken it: another one may come. */
    void lapse(final DisplacementModel.Waiter waiter) {
        ledger.tell();
        waiter.offer = null;
        waiter.state = WaiterState.WAITING;
        waiter.passedOver = true;
        queue(waiter).lookAgain(newestRun());
        events.offerLapsed(waiter);
    }

    /** Nobody has answered an offer in time. */
    void expire(final DisplacementModel.Waiter waiter) {
        if (waiter.offers >= (waiter.isDisplaced() ? model.displacement.rules.offersEach() : model.cooling.rules.offersEach())) {
            end(waiter, WaiterEnd.NOT_ANSWERED);
        } else {
            lapse(waiter);
            waiter.state = waiter.isDisplaced() ? WaiterState.WAITING : WaiterState.RESTING;
        }
    }

    void end(final DisplacementModel.Waiter waiter, final WaiterEnd how) {
        ledger.tell();
        model.displacement.saw("WaitingEnded " + how);
        final NaiveQueue queue = queue(waiter);
        if (queue.looking == waiter) {
            queue.lookForTheNext(newestRun());
        }
        if (queue.searching == waiter) {
            queue.searchForTheNext();
        }
        queue.waiters.remove(waiter);
        if (queue.waiters.isEmpty()) {
            model.displacement.queues.remove(waiter.post.id);
        }
        model.displacement.waiters.remove(waiter.id);
        events.waitingEnded(waiter, how);
    }

    /** Lines that nobody waits for any more. */
    void leave(final Model.Application application, final int lines, final WaiterEnd how) {
        for (final DisplacementModel.Waiter waiter : of(application)) {
            if ((waiter.lines & lines) != 0 && !waiter.wantsEarlier()) {
                waiter.lines &= ~lines;
                if (waiter.lines == 0) {
                    end(waiter, how);
                } else {
                    model.displacement.saw("fewer lines wait");
                    if (model.coreVersion >= 7) {
                        ledger.tell();
                        waitingEvents.reduced(waiter);
                        if (queue(waiter).beside) {
                            searchAgain(waiter);
                        }
                    }
                }
            }
        }
    }

    /** Somebody else may have what was given back. */
    void roomCame(final Model.Visit visit) {
        final Set<Integer> epochDays = visit.legs().stream().filter(leg -> Arrays.stream(leg.places()).anyMatch(places -> places > 0)).map(leg -> leg.leg().epochDay())
                .collect(Collectors.toSet());
        roomCame(visit.post(), epochDays);
    }

    /** Room came here on these dates. */
    void roomCame(final Model.Post post, final Set<Integer> epochDays) {
        came.computeIfAbsent(post, each -> new TreeSet<>()).addAll(epochDays);
    }

    /** More than are told apart. */
    void roomCameOnAllDates(final Model.Post post) {
        roomCame(post, IntStream.rangeClosed(0, DATES_TOLD_APART).boxed().collect(Collectors.toSet()));
    }

    /** Where room came, and for all who would go to another post: looked for from the first one on. */
    void tellRoom() {
        came.forEach((post, epochDays) -> model.displacement.queues.forEach((postId, queue) -> {
            final boolean goElsewhere = queue.waiters.stream().anyMatch(waiter -> !waiter.application().acceptedPosts.isEmpty());
            if (postId == post.id || goElsewhere && queue.beside) {
                if (epochDays.size() > DATES_TOLD_APART && postId != post.id) {
                    model.displacement.searchThoseElsewhere(queue);
                } else if (epochDays.size() > DATES_TOLD_APART) {
                    queue.searchAnew(newestRun());
                    model.displacement.saw("room on too many dates");
                } else {
                    queue.roomCame(epochDays);
                }
            }
            if (postId == post.id || goElsewhere) {
                queue.lookFromTheFirst(newestRun());
            }
        }));
        came.clear();
    }

    /** What was not found may be there now, for other reasons than that room came. */
    void searchAnew() {
        model.displacement.queues.values().forEach(queue -> queue.searchAnew(newestRun()));
    }

    void searchAnew(final Model.Post post) {
        model.displacement.searchAnew(post, newestRun());
    }

    /** What a look that begins now sees. */
    long newestRun() {
        return model.coreVersion >= 7 ? model.cooling.lastRun : -1;
    }

    /** Somebody will wait. */
    void beginWaiting() {
        if (model.displacement.waiters.isEmpty() && model.coreVersion >= 7) {
            model.cooling.span = (int) Math.floorDiv(model.nowMs, CoolingModel.SPAN_MS);
            model.cooling.releasedPost = CoolingModel.ALL_POSTS;
        }
    }

    /** Others posts will do from now on. */
    void lookAgain(final Model.Application application) {
        for (final DisplacementModel.Waiter waiter : of(application)) {
            if (queue(waiter).beside) {
                searchAgain(waiter);
            } else {
                waiter.searched = 0;
                if (waiter.isDisplaced()) {
                    queue(waiter).lookAgain(newestRun());
                }
            }
        }
    }

    /** What they may have is another thing than before. */
    private void searchAgain(final DisplacementModel.Waiter waiter) {
        waiter.searched = 0;
        waiter.passedOver = true;
        queue(waiter).beginAgain(waiter);
        queue(waiter).lookAgain(newestRun());
    }

    /** The newest first. */
    List<DisplacementModel.Waiter> of(final Model.Application application) {
        return model.displacement.waiters.descendingMap().values().stream().filter(waiter -> waiter.application() == application).toList();
    }

    private NaiveQueue queue(final DisplacementModel.Waiter waiter) {
        return model.displacement.queues.get(waiter.post.id);
    }
}
