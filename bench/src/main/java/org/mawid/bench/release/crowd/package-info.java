/**
 * Who takes part: how many of them when, drawn beforehand by the seed, and what they do: people and families, bots, and a thousand who want one slot.
 * <p>What is drawn: {@code Demand}, {@code Plan}, {@code Cast}. Who acts: {@code Seeker}, {@code Bot}, {@code Contest}, each in a {@code Scene}.
 * <p>Thread: the one that decides. Not here: the course of the whole surge, and what it is told to have come to (see {@code org.mawid.bench.release}).
 */
package org.mawid.bench.release.crowd;
