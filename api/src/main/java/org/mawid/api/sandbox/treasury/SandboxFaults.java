package org.mawid.api.sandbox.treasury;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Which faults are due: those that were asked for, in that order, and those that a seed draws. Any thread. */
final class SandboxFaults {
    private final Map<SandboxFault.Place, Deque<SandboxFault>> asked = new EnumMap<>(SandboxFault.Place.class);
    private final List<SandboxInjection> injected = new ArrayList<>();
    private SplittableRandom random;
    private double share;
    private List<SandboxFault> drawn = List.of();
    private boolean isDown;

    SandboxFaults() {
        for (final SandboxFault.Place place : SandboxFault.Place.values()) {
            asked.put(place, new ArrayDeque<>());
        }
    }

    synchronized void ask(final SandboxFault fault) {
        asked.get(fault.place()).add(fault);
    }

    synchronized void draw(final long seed, final double ofAll, final List<SandboxFault> faults) {
        random = new SplittableRandom(seed);
        share = ofAll;
        drawn = List.copyOf(faults);
    }

    synchronized void down(final boolean is) {
        isDown = is;
    }

    synchronized boolean isDown() {
        return isDown;
    }

    /** @return null for none */
    synchronized SandboxFault next(final SandboxFault.Place place) {
        final SandboxFault first = asked.get(place).poll();
        if (first != null || random == null || random.nextDouble() >= share) {
            return first;
        }
        final List<SandboxFault> possible = drawn.stream().filter(fault -> fault.place() == place).toList();
        return possible.isEmpty() ? null : possible.get(random.nextInt(possible.size()));
    }

    synchronized void happened(final SandboxFault fault, final String reference) {
        injected.add(new SandboxInjection(fault, reference));
    }

    synchronized List<SandboxInjection> injected() {
        return List.copyOf(injected);
    }

    synchronized void calm() {
        asked.values().forEach(Deque::clear);
        random = null;
        isDown = false;
    }
}
