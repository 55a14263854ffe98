/**
 * The stamp as a document: what a post verifies offline, as a QR code and on a page to print. Doors: {@link org.mawid.api.stamp.document.StampDocument}
 * for who issues, with {@link org.mawid.api.stamp.document.SigningKeys}, {@link org.mawid.api.stamp.document.StampPress} for edges, which find a stamp in the
 * records and have its page drawn, and {@link org.mawid.api.stamp.document.StampVerifier} for who looks, with the
 * public keys alone ({@link org.mawid.api.stamp.document.PublicKeys}, by which other rooms verify what they sign).
 * <p>A JWS (RFC 7515, ES256) rather than COSE: every language has a library for it, and Nimbus' is kept up; a COSE_Sign1 in base45 would be a third of the
 * modules smaller, but its Java libraries are one that has rested since 2020 and one of a single maintainer. 450 characters are version 16 at
 * correction M, 81 modules, which at 65 mm a phone reads from paper.
 * <p>Threads: any; not for event loops, but for the press, which has threads of its own and refuses when too many wait. Not here: the secret code, which is on the page and not in the QR code (a copy of the code alone must not be
 * worth money), what has become of a stamp since, persons.
 */
package org.mawid.api.stamp.document;
