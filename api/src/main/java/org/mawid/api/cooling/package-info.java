/**
 * Says when room that was given back is everybody's: after a delay that nobody can know before and everybody can check after.
 * <p>Doors: {@link org.mawid.api.cooling.CoolingAdapter} beside a running engine, {@link org.mawid.api.cooling.CoolingCheck} for whoever reads its log later. What is
 * still to be said is read from the log's read side; this package keeps nothing but the secrets that are not revealed, in one file.
 */
package org.mawid.api.cooling;
