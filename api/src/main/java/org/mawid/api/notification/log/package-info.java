/**
 * What the log says that somebody is to be told: events as they come, visits that are near, and whom it concerns and how they want to be told.
 * <p>Doors: {@link org.mawid.api.notification.log.Follower}, {@link org.mawid.api.notification.log.Reminders}. One thread, which waits for records and for what is kept of persons. Not here: how far has been gone, which the outbox keeps.
 */
package org.mawid.api.notification.log;
