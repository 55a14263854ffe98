/**
 * How something leaves: a port, and its adapters by SMTP and by an SMS gateway's HTTP.
 * <p>Door: {@link org.mawid.api.notification.send.Sender}. Threads: any asks, nobody waits; Vert.x' own speak. Not here: what is sent, whether, and when again.
 */
package org.mawid.api.notification.send;
