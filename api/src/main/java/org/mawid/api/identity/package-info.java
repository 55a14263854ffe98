/**
 * Who somebody is: identity numbers linked to one person, and a profile, looked at, sealed as one thing with the person's key, and found again by keyed hashes of the numbers.
 * <p>Door: {@link org.mawid.api.identity.Identities}. Threads: any that may wait. In {@code persons/identities} in the data directory: a name for each number and person, with nothing in it. Not here: who may ask,
 * HTTP and gRPC, and whether a number is really theirs, which the officer at the counter looks at.
 */
package org.mawid.api.identity;
