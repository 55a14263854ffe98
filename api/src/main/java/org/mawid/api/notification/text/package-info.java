/**
 * What is written: templates in French, Arabic, English and Spanish ({@code notices_fr.properties} and its sisters), filled with references and times and nothing else of anybody; and an appointment as a calendar entry.
 * <p>Doors: {@link org.mawid.api.notification.text.LetterWriter}, {@link org.mawid.api.notification.text.AppointmentCalendar}. Threads: any that may wait for records. Not here: who is written to.
 */
package org.mawid.api.notification.text;
