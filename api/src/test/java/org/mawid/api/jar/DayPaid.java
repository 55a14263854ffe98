package org.mawid.api.jar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mawid.sbe.StampState;

/** All that people have paid so far, and what officers have made of it: what the ledger must know. One thread at a time. */
final class DayPaid {
    final List<DayStamp> stamps = new ArrayList<>();
    /** Payments, whatever became of them. */
    final List<DayPeople.Begun> begun = new ArrayList<>();
    /** Payments whose money had paid for nothing, and pays for stamps now. */
    final Set<String> allocated = new HashSet<>();
    /** Those about whose money a person has resolved the break. */
    final Set<String> resolved = new HashSet<>();
    /** Payments that were charged back, in the order in which the bank told so. */
    final List<String> chargedBack = new ArrayList<>();

    Stream<DayStamp> in(final StampState state) {
        return stamps.stream().filter(one -> one.state == state);
    }

    Stream<DayStamp> of(final DayTown.Place place, final DayPeople.Means means) {
        return stamps.stream().filter(one -> one.place == place && one.means == means);
    }

    List<DayStamp> of(final String payment) {
        return stamps.stream().filter(one -> one.payment.equals(payment)).toList();
    }

    /** By payment, in the order in which they were paid. */
    Map<String, List<DayStamp>> byPayment() {
        return stamps.stream().collect(Collectors.groupingBy(one -> one.payment, LinkedHashMap::new, Collectors.toList()));
    }

    /** For a line of the log. */
    @Override
    public String toString() {
        return counts() + ", after the treasury had brought it went back " + stamps.stream().filter(one -> one.isBack() && one.isBackAfterSettlement).count() + ", lost after use " + stamps.stream().filter(one -> one.isLost).count()
                + ", allocated " + allocated.size() + " and resolved " + resolved.size();
    }

    /** How many stamps there must be in each state. */
    Map<StampState, Long> counts() {
        return stamps.stream().collect(Collectors.groupingBy(one -> one.state, TreeMap::new, Collectors.counting()));
    }
}
