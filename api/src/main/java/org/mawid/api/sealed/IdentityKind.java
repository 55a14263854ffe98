package org.mawid.api.sealed;

/** By what somebody is known, the surest first. The names are part of what is hashed: they never change. */
public enum IdentityKind {
    /** Consular register (immatriculation). */
    REGISTER,
    /** National identity card (CNIE). */
    CNIE,
    /** Passport, of the country that issued it. */
    PASSPORT,
    /** A child who has no number yet: by one parent, the date of birth, and the rank among those of one birth. */
    NEWBORN
}
