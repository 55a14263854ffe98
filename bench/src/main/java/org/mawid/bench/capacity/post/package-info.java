/**
 * The weeks of one post, event by event through the real core in log time of its own; and of the posts of one country at the same time, when people go from one to another.
 * <p>Door: {@link org.mawid.bench.capacity.post.PostSimulation}, the order of events; {@code Neighbours} for several. Thread: one for each post, or for each country of posts that know of each other. Time:
 * log time of the simulation, no clock. Not here: disks, rings, wires; who asks (see {@code demand}); lunch and payment, of which no file tells.
 */
package org.mawid.bench.capacity.post;
