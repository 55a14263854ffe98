/**
 * A master key that never leaves what made it: a hardware security module, or a key management service, that speaks PKCS#11. Through Java's own provider, SunPKCS11.
 * <p>Door: {@link org.mawid.api.sealed.pkcs11.Pkcs11Key}. Threads: any that may wait for a network. Not here: what the key wraps, and when it is changed (see {@code sealed}).
 */
package org.mawid.api.sealed.pkcs11;
