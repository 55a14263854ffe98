/**
 * Who stands in the halls of posts, and how long it takes.
 * <p>Door: {@link org.mawid.engine.readmodel.hall.LiveHall}. Threads: one feeds, any reads. Not here: who is called next, which the core decides.
 */
package org.mawid.engine.readmodel.hall;
