package org.mawid.api.gateway;

/**
 * Something that the pipeline has finished and that its {@link Lane} has yet to look at. It carries the link of the lane's
 * queue in itself, so that handing it over makes no object. Only once in a queue at a time.
 */
public abstract class Signal {
    /** Written by whoever pushes, read on the lane. */
    Signal nextSignal;
    /** Links among those that wait for an answer, lane's thread only. */
    Signal earlier;
    Signal later;
    long dueNanos;
    boolean waiting;

    /** On the lane's thread, once for each push. */
    protected abstract void onLane();

    /** On the lane's thread: the answer did not come in time. It may still come, and must then be passed over. */
    protected abstract void onTimeout();
}
