/**
 * What is still to be told, and how far the log has been read: durable, without anything personal, in one file. What is told is in it before anything is sent, and out of it when it was accepted.
 * <p>Door: {@link org.mawid.api.notification.outbox.Outbox}. One thread, which waits for the disk. Not here: who is told, sending.
 */
package org.mawid.api.notification.outbox;
