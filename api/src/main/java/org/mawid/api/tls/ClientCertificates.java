package org.mawid.api.tls;

/** Whether clients show a certificate as well. */
public enum ClientCertificates {
    /** Nobody is asked. */
    OFF,
    /** Everybody is asked, and who has none is let in all the same; one that is shown must be good. */
    WANTED,
    /** Nobody is let in without. */
    REQUIRED
}
