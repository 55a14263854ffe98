/**
 * Tells applicants what becomes of their requests and visits, by e-mail and short message, in their language. It follows the log and writes what is to be told into an outbox, durably and without anything personal, before
 * anything is sent; a letter that was accepted is never sent again, and one of which that is not known is sent again under the same Message-ID.
 * <p>Door: {@link org.mawid.api.notification.Notifications}. Thread: one of its own, which nobody waits for: no command, no answer and no other follower is later by it. Not here: where people are reached
 * ({@code contact}), HTTP.
 */
package org.mawid.api.notification;
