package org.mawid.bench.release;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mawid.grpc.Result;

/**
 * A programme that wants slots to sell: looks more often than people, tries every slot that it has seen (or guesses, while nothing can be
 * seen), holds with several applications of one person, and gives back what nobody buys, to hold again: which the budget of holds is there to make
 * useless. It never confirms. Only the thread that decides.
 */
final class Bot {
    private static final long LEAST_KEPT_NS = Plan.SECOND_NS / 2;
    private static final long MOST_KEPT_NS = 2 * Plan.SECOND_NS;
    private static final long NOT_ADMITTED_NS = Plan.SECOND_NS / 5;

    private final Loop loop;
    private final Ground ground;
    private final Books books;
    private final Cast.Automaton who;
    private final SplittableRandom random;
    private final Demand demand;
    private final long releasedAtMs;
    private final List<Hand> hands = new ArrayList<>();
    private Found seen = Found.NOTHING;
    private int nextHand;
    private long looks;
    private long busy;
    private long attempts;
    private long held;
    private long budgetSpent;
    private long limitReached;

    Bot(final Loop loop, final Ground ground, final Books books, final Cast.Automaton who, final SplittableRandom random, final Demand demand, final long releasedAtMs) {
        this.loop = loop;
        this.ground = ground;
        this.books = books;
        this.who = who;
        this.random = random;
        this.demand = demand;
        this.releasedAtMs = releasedAtMs;
        who.hands().forEach(hand -> hands.add(new Hand(hand)));
    }

    void look(final long dueNs) {
        loop.send(Exchange.read(Exchange.Kind.STARTS, who.name(), looks++, who.search(), who.hands().get(0).isHttp(), dueNs, look -> {
            if (look.isDone()) {
                seen = look.found();
            }
        }));
    }

    /** Tries to hold something with the next application that is free to. */
    void grab(final long dueNs) {
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
    long busy() {
        return busy;
    }

    /** Holds that it asked for. */
    long attempts() {
        return attempts;
    }

    /** Holds that it got. */
    long held() {
        return held;
    }

    /** Holds that were refused because its person has made too many in too short a time. */
    long budgetSpent() {
        return budgetSpent;
    }

    /** Holds that were refused because its person has as many as one may have at once. */
    long limitReached() {
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
            final Visit visit = known.isEmpty() ? null : Layout.of(ground, applicant, known.get(random.nextInt(known.size())));
            if (visit != null) {
                attempts++;
                isFree = false;
                loop.send(Exchange.hold(applicant, visit, true, dueNs, this));
            }
        }

        /** Gives back what it holds. */
        @Override
        public void run(final long dueNs) {
            books.givingBack(hold);
            loop.send(Exchange.release(applicant, hold, dueNs, this));
        }

        @Override
        public void answered(final Exchange exchange) {
            if (exchange.kind() == Exchange.Kind.RELEASE) {
                releaseAnswered(exchange);
            } else if (exchange.isDone()) {
                held++;
                hold = exchange.made();
                books.held(exchange, releasedAtMs);
                next(exchange.completeNs() + demand.paced(random.nextLong(LEAST_KEPT_NS, MOST_KEPT_NS)));
            } else {
                refused(exchange);
            }
        }

        /** It tries again when the next hold is due, whatever it was told. */
        private void refused(final Exchange answer) {
            isFree = true;
            if (answer.result() == Result.HOLD_BUDGET_SPENT) {
                budgetSpent++;
                books.budgetSpent(answer);
            } else if (answer.result() == Result.LIMIT_REACHED) {
                limitReached++;
            }
        }

        private void releaseAnswered(final Exchange release) {
            if (release.result() == Result.UNAVAILABLE) {
                next(release.completeNs() + NOT_ADMITTED_NS);
            } else {
                books.ended(hold);
                isFree = true;
            }
        }

        private void next(final long dueNs) {
            if (!loop.isClosed()) {
                loop.at(dueNs, this);
            }
        }
    }
}
