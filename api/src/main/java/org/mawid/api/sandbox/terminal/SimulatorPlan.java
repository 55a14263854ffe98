package org.mawid.api.sandbox.terminal;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

/** How the next messages are taken: as was ordered, else by chance, else well. Any thread. */
final class SimulatorPlan {
    private static final String ANY = "";
    private static final int HUNDRED = 100;

    private final Map<String, Queue<SimulatorBehaviour>> ordered = new HashMap<>();
    private Random chance;
    private int percent;

    /** @param category null = the next payment, reversal, status or reconciliation */
    synchronized void next(final String category, final SimulatorBehaviour behaviour) {
        ordered.computeIfAbsent(category == null ? ANY : category, any -> new ArrayDeque<>()).add(behaviour);
    }

    synchronized void byChance(final long seed, final int newPercent) {
        chance = new Random(seed);
        percent = newPercent;
    }

    synchronized SimulatorBehaviour take(final String category) {
        final SimulatorBehaviour named = poll(category);
        if (named != null) {
            return named;
        }
        final boolean isMoney = switch (category) {
            case "Payment", "Reversal", "TransactionStatus", "Reconciliation" -> true;
            default -> false;
        };
        final SimulatorBehaviour any = isMoney ? poll(ANY) : null;
        if (any != null) {
            return any;
        }
        if (isMoney && chance != null && chance.nextInt(HUNDRED) < percent) {
            final EnumSet<SimulatorBehaviour> all = EnumSet.allOf(SimulatorBehaviour.class);
            return all.stream().skip(chance.nextInt(all.size())).findFirst().orElseThrow();
        }
        return SimulatorBehaviour.NORMAL;
    }

    private SimulatorBehaviour poll(final String category) {
        final Queue<SimulatorBehaviour> queue = ordered.get(category);
        return queue == null ? null : queue.poll();
    }
}
