package org.mawid.bench.capacity.post;

/** The other posts, as one of them sees them. */
@FunctionalInterface
interface Elsewhere {
    /** Somebody has found nothing here and would try another post. @return whether there is one for them: then they ask there now */
    boolean goes(Visitor visitor, long nowMs);
}
