/**
 * What is told to whom, without anything personal: words that the other rooms of notifications share.
 * <p>Door: {@link org.mawid.api.notification.notice.Notice}. Immutable, any thread. Not here: addresses, texts.
 */
package org.mawid.api.notification.notice;
