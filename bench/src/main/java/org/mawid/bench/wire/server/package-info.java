/**
 * What loads are sent to: the product with a model network in it, and what it is taken against, servers in which nothing happens.
 * <p>Doors: {@link org.mawid.bench.wire.server.RealServer}, {@link org.mawid.bench.wire.server.RolesOption} (whether it asks who calls) and the hidden command {@link org.mawid.bench.wire.server.EmptyServer}, each in a process of its own.
 * Thread: handlers answer on the connection's. Not here: how a process is started and what it used (see {@code process}).
 */
package org.mawid.bench.wire.server;
