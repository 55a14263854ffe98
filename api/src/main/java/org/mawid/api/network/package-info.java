/**
 * The real network as files: posts, services, desks, resources, opening hours, holidays, rates, what they mean day by day, and
 * how an engine is brought to it.
 * <p>Doors: {@link org.mawid.api.network.Network} (the files, checked and complete), {@link org.mawid.api.network.Schedule}
 * (which pool is open when, as epoch milliseconds), {@link org.mawid.api.network.NetworkImport} (both into an engine),
 * {@link org.mawid.api.network.LiveNetwork} (the files in force at a server, and a calendar that goes on day by day),
 * {@link org.mawid.api.network.NetworkFiles} (the files kept beside the log), {@link org.mawid.api.network.CommandWriter} (the commands, for
 * whoever has a core without an engine around it) and {@link org.mawid.api.network.NetworkNames} (what
 * only they know). Thread: any for all that hands out what is immutable; one for an import. Time: given by the caller, there is no
 * clock in here. An import is in force whole or not at all: all days are staged before what changes an answer, and what has begun to apply is finished
 * by whoever comes next.
 * Not here: edges, records, what happens to people when a day closes.
 */
package org.mawid.api.network;
