/**
 * Who calls, and what they may do with whose objects.
 * <p>Door: {@link org.mawid.api.access.Access}, which both edges ask. Read {@link org.mawid.api.access.Operation} and {@code AccessTable} first: what
 * is not said there is denied. Threads: any that may wait for the records' disk. Not here: whether a token is good (see {@code oidc}); what is done.
 */
package org.mawid.api.access;
