package org.mawid.api.network;

import java.util.List;

/** Files that cannot be imported. Nothing of them was: the loader returns a whole network or throws this. */
public final class NetworkRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;
    private final int total;

    NetworkRefusedException(List<Refusal> refusals, int total) {
        super(describe(refusals, total));
        this.refusals = List.copyOf(refusals);
        this.total = total;
    }

    /** The first {@value Refusals#KEPT} reasons, in the order in which the files are read, then by line. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /** How many reasons there were in all; may be more than {@link #refusals()} holds. */
    public int total() {
        return total;
    }

    private static String describe(List<Refusal> refusals, int total) {
        final StringBuilder text = new StringBuilder("network refused, ").append(total).append(total == 1 ? " error" : " errors");
        refusals.forEach(refusal -> text.append("\n  ").append(refusal));
        if (total > refusals.size()) text.append("\n  and ").append(total - refusals.size()).append(" more");
        return text.toString();
    }
}
