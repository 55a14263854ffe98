package org.mawid.api.server;

/** Where the people of a story have their tokens from. */
@FunctionalInterface
interface Tokens {
    /** A fresh one. @param user of {@code keycloak/mawid-realm.json} */
    String of(String user) throws Exception;
}
