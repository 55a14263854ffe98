/**
 * Where sealed bytes are: by content, under the SHA-256 of what is stored, so that a name tells nothing and a damaged thing is noticed. What was put is durable when the call returns.
 * <p>Doors: {@link org.mawid.api.sealed.store.SealedStore}; {@link org.mawid.api.sealed.store.FolderStore} in a folder, {@link org.mawid.api.sealed.store.S3Store} where something speaks S3. Threads: any that may wait.
 * Not here: keys; the store could be somebody else's and would learn sizes and times.
 */
package org.mawid.api.sealed.store;
