/**
 * Visits by post and local date, in words of 64 bits: some 80 bytes for a visit with one leg, its place in the index included.
 *
 * <p>Door: {@link org.mawid.engine.readmodel.agenda.LiveAgenda}. Thread: one feeds, any reads. Not here: whose visit it is, see the records.
 */
package org.mawid.engine.readmodel.agenda;
