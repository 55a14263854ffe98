/**
 * Who calls, and what they may do with whose objects.
 * <p>Read {@link org.mawid.api.access.Operation} and {@code AccessTable} first. Immutable, any thread. Not here: what is done.
 */
package org.mawid.api.access;
