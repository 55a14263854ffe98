/**
 * Bearer tokens of an OpenID Connect issuer: whether one is good, and who it says is calling.
 * <p>Door: {@link org.mawid.api.oidc.Tokens}. Threads: its own where a signature is to be checked or keys are to be had, which may wait for the
 * issuer; any where a token was seen before. A token is never logged, nor told to anybody. Not here: what its bearer may do (see {@code access}).
 */
package org.mawid.api.oidc;
