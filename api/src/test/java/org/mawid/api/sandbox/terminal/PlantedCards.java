package org.mawid.api.sandbox.terminal;

import java.util.List;

/** The card numbers that the simulator says when it is told to. */
public final class PlantedCards {
    private PlantedCards() {
    }

    public static List<String> all() {
        return SimulatorCardNumbers.PLANTED;
    }
}
