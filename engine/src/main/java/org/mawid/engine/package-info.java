/**
 * Decides and remembers: the deterministic core between ring and journal, and what is read beside it.
 * <p>Not here: HTTP, gRPC, JSON, time zones, anybody's name; those are the edge's ({@code org.mawid.api}).
 */
package org.mawid.engine;
