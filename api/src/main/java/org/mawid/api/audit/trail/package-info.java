/**
 * What was done with each application, as far back as the log was read: an index of it that says who did what, and what was answered then, also when neither core nor events know it any more.
 * <p>Door: {@link org.mawid.api.audit.trail.AuditTrail}. Thread: one of its own, {@code mawid-trail}, follows the log; questions come from any that may wait. A read model: it has keys and numbers only, as the log has, and can be thrown away.
 * Not here: what is written into the log, and questions that an auditor asks of the log itself (see {@code audit}).
 */
package org.mawid.api.audit.trail;
