/**
 * Who did what, when, for whom, from where, and what was said to them: {@link org.mawid.api.audit.Audit} writes into the log what is no command there, {@link org.mawid.api.audit.AuditLog} reads all of it back, {@link org.mawid.api.audit.PastAudit}
 * where nobody serves it, with what was answered then.
 * <p>Nothing of it is kept but in the log, so that nobody can change the one without the other; what {@code trail} has of each application is made from it. Threads: any; reading waits for a disk. Not here: who may do what
 * (see {@code access}), and what is to be written, which the edges ask there.
 */
package org.mawid.api.audit;
