/**
 * How often, and how much: who pays for a call, out of which budget, and when to come back when it is spent; and who calls when a proxy stands between.
 * <p>Door: {@link org.mawid.api.limit.Limits} for calls that say who makes them, {@link org.mawid.api.limit.Proxies} for where they come from; {@link org.mawid.api.limit.Buckets} is what
 * whoever else counts something by somebody counts with. In memory only, and bounded. Any thread; nothing waits. Not here: what a refusal looks like on a wire; whether somebody may at all
 * ({@code access}); how large a body, a message or a document may be (the edges, {@code document}); rules of the core, as how many visits one person may hold.
 */
package org.mawid.api.limit;
