/**
 * What an operator asks of a server that runs: status, snapshot, back-up, archive, import, the clock. HTTP with JSON over a Unix-domain socket in
 * the data directory, which only the server's own user can reach; never on the public ports.
 * <p>Doors: {@link org.mawid.api.control.ControlServer}, {@link org.mawid.api.control.ControlClient}; what can be asked is
 * {@link org.mawid.api.control.Control}. Threads: operations run one at a time on a thread of their own. By hand:
 * {@code curl --unix-socket DIR/control/socket http://mawid/status}. Not here: how it is done, arguments, printing.
 */
package org.mawid.api.control;
