/**
 * Visits by post and local date, in words of 64 bits: four for a visit and one for each of its legs, and an index from its number to its date.
 *
 * <p>Door: {@link org.mawid.engine.readmodel.agenda.LiveAgenda}. Thread: one feeds, any reads. Not here: whose visit it is, see the records.
 */
package org.mawid.engine.readmodel.agenda;
