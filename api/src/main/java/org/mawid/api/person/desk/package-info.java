/**
 * Where the edges hand in what is about a person, and what is written out for them: it knows identities, contacts, messages and documents, which know what is held and nothing of it.
 * <p>Doors: {@link org.mawid.api.person.desk.PersonalDesk} for event loops, which never wait; {@link org.mawid.api.person.desk.Export}. Threads: a few of the desk's own. Not here: HTTP and gRPC.
 */
package org.mawid.api.person.desk;
