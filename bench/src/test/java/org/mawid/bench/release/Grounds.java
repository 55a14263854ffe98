package org.mawid.bench.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mawid.bench.release.ground.Ground;
import org.mawid.bench.release.ground.PoolDay;
import org.mawid.bench.release.visit.Applicant;
import org.mawid.bench.release.visit.Visit;
import org.mawid.bench.release.wire.Actor;
import org.mawid.bench.release.wire.Exchange;
import org.mawid.grpc.Result;

/** One post with a desk (pool 1) and its seats (pool 2) on one date, and answers of a server that never was. */
public final class Grounds {
    public static final int DATE = 20_000;
    private static final Ground.Service SERVICE = new Ground.Service(1, "PASSPORT", 10, true, 0, 1);

    private Grounds() {
    }

    public static Ground of(final int capacity) {
        final Ground ground = new Ground();
        final Ground.Post post = new Ground.Post(1, "POST", 1);
        post.desks().add(new Ground.Desk(1, post, new ArrayList<>(List.of(SERVICE))));
        ground.posts().add(post);
        ground.put(day(1, capacity));
        return ground;
    }

    private static PoolDay day(final int pool, final int capacity) {
        final int[] open = new int[24];
        Arrays.fill(open, capacity);
        return new PoolDay(pool, DATE, DATE * 86_400_000L, 0, 1, open, open);
    }

    public static Applicant applicant(final Ground ground, final int number) {
        return Applicant.alone("user-" + number, 1_000 + number, ground.posts().get(0).desks().get(0), List.of(SERVICE), false);
    }

    /** A hold of two units that was given, from {@code unit} on. */
    public static Exchange held(final Applicant applicant, final int unit, final String reference, final long untilMs, final long nowMs) {
        final Exchange hold = asked(applicant, unit);
        hold.made(reference, untilMs, nowMs, 0);
        return hold;
    }

    /** A hold of two units that is not answered. */
    public static Exchange asked(final Applicant applicant, final int unit) {
        return sent(Exchange.hold(applicant, visit(applicant, unit), false, System.nanoTime(), Actor.NOBODY));
    }

    private static Visit visit(final Applicant applicant, final int unit) {
        return new Visit(DATE, List.of(new Visit.Leg(1, applicant.personKey(), applicant.allLines(), unit, applicant.parts().get(0).units(), 0)));
    }

    public static Exchange confirmed(final Applicant applicant, final String hold, final String appointment) {
        final Exchange confirm = sent(Exchange.confirm(applicant, hold, true, System.nanoTime(), Actor.NOBODY));
        confirm.made(appointment, 0, 0, 1);
        return confirm;
    }

    public static Exchange released(final Applicant applicant, final String hold) {
        final Exchange release = sent(Exchange.release(applicant, hold, System.nanoTime(), Actor.NOBODY));
        release.answer(Result.OK, 0);
        return release;
    }

    /** In the end, by another client. */
    public static Exchange givenBack(final Applicant applicant, final String hold) {
        final Exchange release = sent(Exchange.giveBack(applicant, hold, System.nanoTime(), Actor.NOBODY));
        release.answer(Result.OK, 0);
        return release;
    }

    private static long ids;

    static Exchange sent(final Exchange exchange) {
        exchange.sending(1, ++ids, 0, System.nanoTime(), null);
        return exchange;
    }
}
