/**
 * Loads over HTTP: the same requests again and again, or a life's, on keep-alive connections that read status and length and nothing else.
 * <p>Doors: {@link org.mawid.bench.wire.http.HttpLoad}, whose connections each say what a {@link org.mawid.bench.wire.http.HttpTalk} tells them, and
 * {@link org.mawid.bench.wire.http.HttpLine} for clients of another kind. Thread: a connection is on one event loop. Not here: how long it took (see {@code loop}),
 * server-sent events (see {@code watch}).
 */
package org.mawid.bench.wire.http;
