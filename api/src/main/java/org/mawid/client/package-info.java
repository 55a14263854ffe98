/**
 * A portal's way in, for Java: request ids, deadlines, repeats, streams, batches and watches behind plain methods.
 * <p>Door: {@link org.mawid.client.MawidClient}. It needs the contracts and gRPC only, nothing of the engine. Not here: what a
 * refusal means to a person.
 */
package org.mawid.client;
