/**
 * The day manifest: all that a post needs to work through a day without a connection, signed.
 *
 * <p>Doors: {@link org.mawid.api.manifest.Manifests}, which makes them; {@link org.mawid.api.manifest.ManifestVerifier}, which needs the public keys and nothing else of ours.
 */
package org.mawid.api.manifest;
