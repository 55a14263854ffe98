/**
 * What the edge holds of each person: contacts, texts of messages, reasons and notes, and documents, sealed, and a book of them for each person, from which is told, exported and erased what is held.
 * <p>Door: {@link org.mawid.api.person.PersonalData}. Threads: any that may wait; event loops hand work in at {@code person.desk}. In {@code persons} in the data directory: {@code book}, {@code retained} with
 * legal holds, and {@code sealed} unless sealed things are elsewhere. A copy of it is made after that of the log, for what the log names was durable here before; keys are copied apart (see {@code sealed}). Not here: what an address, a text or a document
 * may be ({@code contact}, {@code message}, {@code document}), who may ask.
 */
package org.mawid.api.person;
