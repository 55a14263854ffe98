/**
 * The real network as files: posts, services, desks, resources, opening hours, holidays, rates, and what they mean day by day.
 * <p>Doors: {@link org.mawid.api.network.Network} (the files, checked and complete) and {@link org.mawid.api.network.Schedule}
 * (which pool is open when, as epoch milliseconds). Thread: any; everything handed out is immutable. Time: given by the caller,
 * there is no clock in here. Not here: commands, the ring, HTTP.
 */
package org.mawid.api.network;
