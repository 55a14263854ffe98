/**
 * HTTP and JSON: the same capabilities as gRPC, contract first from {@code openapi.yaml}, which is served and enforced.
 * <p>Doors: {@link org.mawid.api.http.HttpEdge}, {@link org.mawid.api.http.EdgeMetrics}. Read {@link org.mawid.api.http.Routes} first: it is
 * the table of contents. Threads: the event loops of Vert.x, which never wait; what may wait for a disk runs on its worker threads.
 * Not here: rules, which are the core's; how a command is written, which is shared with gRPC.
 */
package org.mawid.api.http;
