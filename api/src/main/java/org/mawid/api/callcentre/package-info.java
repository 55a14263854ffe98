/**
 * What the call centre has before it while somebody is on the line: an application found by what they say of themselves, how it came to stand as it does, notes for whoever takes over, and the list of those who are to be called back.
 * <p>Door: {@link org.mawid.api.callcentre.CallCentre}; over gRPC {@link org.mawid.api.callcentre.CallCentreGrpc}. Threads: any that may wait, so that event loops hand work in at {@code person.desk}; each says so where it is not.
 * Not here: who may ask, and that it is written (see {@code access} and {@code audit}); what an agent does for somebody, which are commands like any other.
 */
package org.mawid.api.callcentre;
