package org.mawid.bench.release.crowd;

/** Is told how far it is. */
@FunctionalInterface
public interface Progress {
    /** @param leftNs how long it will still take, negative = not known */
    void at(long leftNs, String what);
}
