package org.mawid.bench.release;

import java.util.ArrayList;
import java.util.List;
import org.mawid.bench.release.crowd.Cast;
import org.mawid.bench.release.crowd.Demand;
import org.mawid.bench.release.crowd.Plan;
import org.mawid.bench.release.visit.Applicant;

/**
 * All who take part, as they were drawn.
 *
 * @param users   in the order in which they arrive
 * @param earlier who want days that were released long ago, likewise
 * @param takers  of each contest
 * @param probe   one whose hold tells how long holds are kept
 */
record People(List<Cast.Seeking> users, List<Cast.Seeking> earlier, List<Cast.Automaton> automata, List<List<Applicant>> takers, Cast.Seeking probe) {
    /** @param arena null = no contests */
    static People drawn(final Cast cast, final Plan plan, final Demand demand, final Surge.Where where, final Arena arena) {
        final List<Cast.Seeking> users = cast.seekers(plan.arrivalNs().length);
        final List<Cast.Seeking> earlier = cast.earlier(plan.earlierNs().length, where.earlierFrom(), where.earlierDays());
        final List<Cast.Automaton> automata = cast.bots(demand.bots());
        final List<List<Applicant>> takers = new ArrayList<>();
        for (int round = 1; arena != null && round <= demand.winners().size(); round++) {
            takers.add(cast.takers(round, arena.desk(), arena.service()));
        }
        return new People(users, earlier, automata, takers, cast.one("probe", where.earlierFrom(), where.earlierDays()));
    }

    /** Everybody who needs an application. */
    List<Applicant> all() {
        final List<Applicant> all = new ArrayList<>(List.of(probe.applicant()));
        users.forEach(user -> all.add(user.applicant()));
        earlier.forEach(user -> all.add(user.applicant()));
        automata.forEach(automaton -> all.addAll(automaton.hands()));
        takers.forEach(all::addAll);
        return all;
    }
}
