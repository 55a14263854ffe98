/**
 * Which applications name a person, kept beside the core.
 * <p>Door: {@link org.mawid.engine.readmodel.persons.LivePersons}. Fed by one thread, read by any. Not here: what is in an application (see {@code records}), and anything personal: a person is a key.
 */
package org.mawid.engine.readmodel.persons;
