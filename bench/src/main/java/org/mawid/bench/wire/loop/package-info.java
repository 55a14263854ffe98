/**
 * How a load is measured: a closed loop says how much goes through, an open one sends at a rate and counts from when each call was due.
 * <p>Doors: {@link org.mawid.bench.wire.loop.Subject}, one server that is measured in turn with others, and {@link org.mawid.bench.wire.loop.OpenRun}, loads at
 * stated rates; both count into a {@link org.mawid.bench.wire.loop.Tally}. Whoever keeps calls on their way is a {@link org.mawid.bench.wire.loop.Client} or an
 * {@link org.mawid.bench.wire.loop.OpenLoop.Sender}. Thread: the measuring one waits, an open loop has one of its own, answers are counted from any.
 * Not here: what is sent and over which wire.
 */
package org.mawid.bench.wire.loop;
