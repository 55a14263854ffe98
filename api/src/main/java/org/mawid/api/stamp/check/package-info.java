/**
 * What anybody may ask about a stamp by its serial alone. Doors: {@link org.mawid.api.stamp.check.StampCheck}, which answers valid, consumed, void or unknown with
 * the same work for each, and {@link org.mawid.api.stamp.check.CallerLimit}, which says who has asked too often and when to come back; by the same
 * means {@link org.mawid.api.stamp.check.SecretLimit} keeps secret codes from being searched for.
 * <p>Threads: any. Not here: routes, and the secret code that is needed to use a stamp ({@link org.mawid.api.gateway.StampSecret}).
 */
package org.mawid.api.stamp.check;
