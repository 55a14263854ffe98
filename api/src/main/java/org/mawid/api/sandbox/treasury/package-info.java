/**
 * <b>A sandbox.</b> A treasury that is none: it has a port of its own, takes orders, shows a page to pay on, calls back, keeps books and makes statements of them, and misbehaves when told to. For demos and tests;
 * no money moves.
 * <p>Door: {@link org.mawid.api.sandbox.treasury.SandboxTreasury}. Threads: its HTTP on one event loop of Vert.x; its methods on any. It knows nothing of the adapter and the adapter nothing of it: the two
 * meet on a socket, with the same guess about the interface, written down twice.
 */
package org.mawid.api.sandbox.treasury;
