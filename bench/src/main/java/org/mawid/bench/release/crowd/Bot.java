package org.mawid.bench.release.crowd;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.visit.Visit;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.bench.release.wire.Found;
import org.mawid.grpc.Result;

/**
 * A programme that wants slots to sell: looks more often than people, tries every slot that it has seen (or guesses, while nothing can be
 * seen), holds with several applications of one person, and gives back what nobody buys, to hold again: which the budget of holds is there to make
 * useless. It never confirms. Only the thread that decides.
 */
public final class Bot {
    private static final long LEAST_KEPT_NS = Loop.SECOND_NS / 2;
    private static final long MOST_KEPT_NS = 2 * Loop.SECOND_NS;

    private final Scene scene;
    private final Cast.Automaton who;
    private final SplittableRandom random;
    private final List<Hand> hands = new ArrayList<>();
    private Found seen = Found.NOTHING;
    private int nextHand;
    private long looks;
    private long busy;
    private long attempts;
    private long held;
    private long budgetSpent;
    private long limitReached;

    public Bot(final Scene scene, final Cast.Automaton who, final SplittableRandom random) {
        this.scene = scene;
        this.who = who;
        this.random = random;
        who.hands().forEach(hand -> hands.add(new Hand(hand)));
    }

    public void look(final long dueNs) {
        scene.loop().send(Exchange.read(Exchange.Kind.STARTS, who.name(), looks++, who.search(), who.hands().get(0).isHttp(), dueNs, look -> {
            if (look.isDone()) {
                seen = look.found();
            }
        }));
    }

    /** Tries to hold something with the next application that is free to. */
    public void grab(final long dueNs) {
        for (int i = 0; i < hands.size(); i++) {
            final Hand hand = hands.get(nextHand++ % hands.size());
            if (hand.isFree) {
                hand.grab(dueNs);
                return;
            }
        }
        busy++;
    }

    /** How often no application was free when a hold was due. */
    public long busy() {
        return busy;
    }

    /** Holds that it asked for. */
    public long attempts() {
        return attempts;
    }

    /** Holds that it got. */
    public long held() {
        return held;
    }

    /** Holds that were refused because its person has made too many in too short a time. */
    public long budgetSpent() {
        return budgetSpent;
    }

    /** Holds that were refused because its person has as many as one may have at once. */
    public long limitReached() {
        return limitReached;
    }

    /** One application: one thing at a time. */
    private final class Hand implements Actor, Loop.Task {
        private final Applicant applicant;
        private boolean isFree = true;
        private String hold;

        Hand(final Applicant applicant) {
            this.applicant = applicant;
        }

        void grab(final long dueNs) {
            final List<Start> known = seen.starts().isEmpty() ? who.guesses() : seen.starts();
            final Visit visit = known.isEmpty() ? null : scene.laidOut(applicant, known.get(random.nextInt(known.size())));
            if (visit != null) {
                attempts++;
                isFree = false;
                scene.loop().send(Exchange.hold(applicant, visit, true, dueNs, this));
            }
        }

        /** Gives back what it holds. */
        @Override
        public void run(final long dueNs) {
            scene.books().givingBack(hold);
            scene.loop().send(Exchange.release(applicant, hold, dueNs, this));
        }

        @Override
        public void answered(final Exchange exchange) {
            if (exchange.kind() == Exchange.Kind.RELEASE) {
                releaseAnswered(exchange);
            } else if (exchange.isDone()) {
                held++;
                hold = exchange.made();
                scene.held(exchange);
                next(exchange.completeNs() + scene.demand().paced(random.nextLong(LEAST_KEPT_NS, MOST_KEPT_NS)));
            } else {
                refused(exchange);
            }
        }

        /** It tries again when the next hold is due, whatever it was told. */
        private void refused(final Exchange answer) {
            isFree = true;
            if (answer.result() == Result.HOLD_BUDGET_SPENT) {
                budgetSpent++;
                scene.books().budgetSpent(answer);
            } else if (answer.result() == Result.LIMIT_REACHED) {
                limitReached++;
            }
        }

        private void releaseAnswered(final Exchange release) {
            if (release.result() == Result.UNAVAILABLE) {
                next(release.completeNs() + Scene.NOT_ADMITTED_NS);
            } else {
                scene.books().ended(hold);
                isFree = true;
            }
        }

        private void next(final long dueNs) {
            scene.goOn(dueNs, this);
        }
    }
}
