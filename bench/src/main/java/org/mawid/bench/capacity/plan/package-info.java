/**
 * What is asked: a plan, its names and values as a file or as options, and the network as the plan would have it.
 * <p>Door: {@link org.mawid.bench.capacity.plan.Plan}. Thread: any, all of it is immutable. Here too, because every room
 * knows this one: {@code Prose}, how sentences are worded and broken. Not here: what comes of it, people, the core.
 */
package org.mawid.bench.capacity.plan;
