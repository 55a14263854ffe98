/**
 * What a stamp costs: issued, paid and consumed by the core and durably ({@link org.mawid.bench.stamp.StampsBench}); on paper
 * ({@link org.mawid.bench.stamp.VerifyBench}), verifying its signature offline, finding its QR code in a picture, drawing its page.
 * <p>Doors: the benchmarks. One thread each, beside the engine's own. Not here: terminals and the treasury.
 */
package org.mawid.bench.stamp;
