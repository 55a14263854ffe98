/**
 * Where a person wants to be reached, in which language and about what: looked at, sealed with the person's key, and found again by keyed hashes of the addresses.
 * <p>Door: {@link org.mawid.api.contact.Contacts}. Threads: any that may wait. In {@code persons/find} in the data directory: a name for each address and person, with nothing in it. Not here: who may ask or
 * change it, and what is sent there ({@code notification}).
 */
package org.mawid.api.contact;
