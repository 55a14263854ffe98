package org.mawid.bench.release.crowd;

import java.util.List;
import java.util.SplittableRandom;
import org.mawid.bench.release.loop.Loop;
import org.mawid.bench.release.visit.Start;
import org.mawid.bench.release.visit.Visit;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;

/**
 * One who wants an appointment: looks, chooses one of the starts that the answer names, holds it, looks again when it is refused, confirms
 * after some seconds, and gives up after so many looks without success. One thing at a time. Only the thread that decides.
 */
public final class Seeker implements Actor, Loop.Task {
    public enum State { TO_COME, LOOKING, HOLDING, CONFIRMING, CONFIRMED, GAVE_UP }

    private static final long SECOND_NS = Loop.SECOND_NS;
    /** Before looking again: after a refusal, and when there was nothing. */
    private static final long LEAST_AGAIN_NS = SECOND_NS / 2;
    private static final long MOST_AGAIN_NS = 3 * SECOND_NS / 2;
    private static final long POLL_NS = Demand.POLL_SECONDS * SECOND_NS;
    /** What somebody needs to read and agree. */
    private static final long LEAST_READ_NS = 2 * SECOND_NS;
    private static final long MOST_READ_NS = 8 * SECOND_NS;
    /** Starts of which somebody sees whether the whole family would be through before the post closes. */
    private static final int LAYOUTS_TRIED = 8;

    private final Scene scene;
    private final Cast.Seeking who;
    private final SplittableRandom random;
    private final boolean stampsWithHold;
    private State state = State.TO_COME;
    private Visit chosen;
    private String hold;
    private int tries;
    private long arrivedNs;
    private long confirmedNs;
    private boolean hasThought;

    /** @param random its own draws; the first is how long it thinks at first */
    public Seeker(final Scene scene, final Cast.Seeking who, final SplittableRandom random) {
        this.scene = scene;
        this.who = who;
        this.random = random;
        this.stampsWithHold = Math.floorMod(who.applicant().name().hashCode(), 100) < scene.demand().holdPercent();
    }

    /** Comes now. */
    public void arrive(final long dueNs) {
        arrivedNs = dueNs;
        scene.loop().figuresAt(dueNs).arrived(dueNs);
        state = State.LOOKING;
        run(dueNs);
    }

    @Override
    public void run(final long dueNs) {
        switch (state) {
            case LOOKING -> scene.loop().send(Exchange.read(Exchange.Kind.STARTS, who.applicant().name(), -1, who.search(), who.applicant().isHttp(), dueNs, this));
            case HOLDING -> scene.loop().send(Exchange.hold(who.applicant(), chosen, stampsWithHold, dueNs, this));
            case CONFIRMING -> scene.loop().send(Exchange.confirm(who.applicant(), hold, !stampsWithHold, dueNs, this));
            default -> throw new IllegalStateException("nothing is due of one who is " + state);
        }
    }

    @Override
    public void answered(final Exchange exchange) {
        switch (exchange.kind()) {
            case STARTS -> looked(exchange);
            case HOLD -> held(exchange);
            default -> confirmed(exchange);
        }
    }

    private void looked(final Exchange look) {
        if (!look.isDone()) {
            next(State.LOOKING, look.completeNs() + Scene.NOT_ADMITTED_NS);
            return;
        }
        chosen = chosen(look.found().starts());
        if (chosen == null) {
            lookAgain(look.completeNs() + scene.demand().paced(POLL_NS));
        } else {
            final long thinkNs = Plan.thinkNs(random, scene.demand());
            // Somebody who was refused has made up their mind.
            next(State.HOLDING, look.completeNs() + (hasThought ? thinkNs / 2 : thinkNs));
            hasThought = true;
        }
    }

    /** One of the starts, with all that follows it. @return null = the rest of none of the dates is long enough */
    private Visit chosen(final List<Start> starts) {
        for (int tried = 0; tried < Math.min(LAYOUTS_TRIED, starts.size()); tried++) {
            final Visit visit = scene.laidOut(who.applicant(), starts.get(random.nextInt(starts.size())));
            if (visit != null) {
                return visit;
            }
        }
        return null;
    }

    private void held(final Exchange answer) {
        if (answer.isDone()) {
            hold = answer.made();
            scene.held(answer);
            next(State.CONFIRMING, answer.completeNs() + scene.demand().paced(random.nextLong(LEAST_READ_NS, MOST_READ_NS)));
            return;
        }
        switch (answer.result()) {
            case UNAVAILABLE, READ_MODEL_BEHIND -> next(State.HOLDING, answer.completeNs() + Scene.NOT_ADMITTED_NS);
            case HELD_BY_OTHER, SOLD_OUT, CLOSED, IN_THE_PAST, NOT_YET_RELEASED ->
                    lookAgain(answer.completeNs() + scene.demand().paced(random.nextLong(LEAST_AGAIN_NS, MOST_AGAIN_NS)));
            default -> state = State.GAVE_UP;
        }
    }

    private void confirmed(final Exchange answer) {
        if (answer.isDone()) {
            scene.books().confirmed(answer);
            state = State.CONFIRMED;
            confirmedNs = answer.completeNs();
            return;
        }
        switch (answer.result()) {
            case UNAVAILABLE -> next(State.CONFIRMING, answer.completeNs() + Scene.NOT_ADMITTED_NS);
            case HOLD_EXPIRED -> {
                scene.books().ended(hold);
                lookAgain(answer.completeNs() + scene.demand().paced(random.nextLong(LEAST_AGAIN_NS, MOST_AGAIN_NS)));
            }
            default -> state = State.GAVE_UP;
        }
    }

    private void lookAgain(final long dueNs) {
        if (++tries >= scene.demand().tries()) {
            state = State.GAVE_UP;
        } else {
            next(State.LOOKING, dueNs);
        }
    }

    private void next(final State newState, final long dueNs) {
        state = newState;
        scene.goOn(dueNs, this);
    }

    public State state() {
        return state;
    }

    public boolean isHottest() {
        return who.isHottest();
    }

    /** From arrival to appointment; only of one who has it. */
    public long tookNs() {
        return confirmedNs - arrivedNs;
    }
}
