package org.mawid.api.sealed;

/** By which number somebody is known. The names are part of what is hashed: they never change. */
public enum IdentityKind {
    /** Consular register (immatriculation). */
    REGISTER,
    /** National identity card (CNIE). */
    CNIE,
    /** Passport, of the country that issued it. */
    PASSPORT
}
