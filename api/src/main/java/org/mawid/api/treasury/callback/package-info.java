/**
 * What the treasury tells by itself: bounded, its signature looked at before anything of it is parsed, and taken once.
 * <p>Door: {@link org.mawid.api.treasury.callback.CallBacks}. Thread: any. Not here: what follows from it (see {@code order}).
 */
package org.mawid.api.treasury.callback;
