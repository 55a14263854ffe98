/**
 * The post's client: keeps a folder of plain files in step with a post, and tells what the post recorded by itself. What is in the folder, in which order
 * files change and by which rules records merge: SYNC.md.
 *
 * <p>Door: {@link org.mawid.api.sync.PostSync}. Thread: one follows, one tells; they share no file. It speaks the public contracts and sees nothing of the
 * engine. Not here: a post's own software.
 */
package org.mawid.api.sync;
