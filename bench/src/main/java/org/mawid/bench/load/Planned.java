package org.mawid.bench.load;

/** A benchmark that can say from its options how long it will take. */
public interface Planned {
    /**
     * How long that is on two quiet cores, from start to result. What depends on the machine is counted as it was seen there; what ends
     * early when all goes well, such as a warm-up, is counted in full.
     *
     * @return seconds
     */
    double plannedSeconds();
}
