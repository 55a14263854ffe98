/**
 * What the server has, and how it is asked and told in bulk outside the surge: its posts, desks and days, read before the clock starts, published as a month and given back in the end.
 * <p>Begin with {@link org.mawid.bench.release.ground.Ground}.
 * <p>Thread: one at a time; answers to many questions at once come on the transport's threads and are waited for. Not here: who wants anything there; what is under way during the surge (see {@code wire}).
 */
package org.mawid.bench.release.ground;
