/**
 * Who asks and in which mood: as {@code demand.md} models it, or as the journal of a stopped server tells. What is assumed about people is in {@code Behaviour} and {@code ModelDemand}.
 * <p>Door: {@link org.mawid.bench.capacity.demand.Demand}. Thread: one for each post. Not here: what becomes of people, in which order things happen.
 */
package org.mawid.bench.capacity.demand;
