/**
 * Who has come to a post and stands in its hall: tickets, the queue of each desk, who is due first, and how long acts take.
 * <p>Door: {@link org.mawid.engine.hall.Hall}. Thread: the core's. What a ticket is to an appointment is the core's. Not here: names, and what is
 * shown in the hall (see {@code readmodel.hall}).
 */
package org.mawid.engine.hall;
