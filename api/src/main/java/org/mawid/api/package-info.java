/**
 * Speaks to people and machines: the command line, and behind it the gRPC and HTTP edges.
 * <p>Door: {@link org.mawid.api.Main}, whose commands are in {@code cli}; {@code server} starts and stops what {@code serve} needs. Where to look:
 * <ul>
 * <li>gRPC, a room for each service: {@code catalogue}, {@code inventory}, {@code closure}, {@code waitlist}, {@code hall}, {@code application}, {@code availability},
 * {@code appointment}, {@code stamp}, {@code payment}, {@code ledger}, {@code reporting}, {@code explain} (why not me), {@code command} (streams and batches), {@code watch}; what
 * they share is in {@code rpc}
 * <li>HTTP and JSON: {@code http}
 * <li>what both edges share on the way to the ring: {@code gateway}; and their certificate: {@code tls}
 * <li>who calls: {@code oidc} (tokens), and what they may do with whose: {@code access}
 * <li>what is personal: {@code sealed} (keys), {@code person} (what is held of whom), {@code message}, {@code document}
 * <li>what a post wants of its days: {@code schedule}, with {@code overbooking}; when given-back room is everybody's: {@code cooling}
 * <li>money: {@code terminal} (till side) and {@code treasury}; what happened, added up: {@code report}
 * <li>a deployment's files: {@code network}; an older system's: {@code cutover}; an operator at a server that runs: {@code control}
 * <li>to play with: {@code demo}, and what stands beside it in {@code sandbox}
 * <li>a day without a line: {@code manifest}; the client of posts, a folder that is in step: {@code sync}
 * <li>the Java client of portals is beside this, in {@code org.mawid.client}
 * </ul>
 * <p>Not here: business rules; those are the engine's.
 */
package org.mawid.api;
