/**
 * What a post and applicants write to each other, why an officer has decided so, and what agents note: the text is looked at, sealed with the person's key and durable before the command with its hash goes to the log, and read back by that hash.
 * <p>Doors: {@link org.mawid.api.message.Messages}, {@link org.mawid.api.message.MessageText}. Threads: any that may wait. Not here: the command, and who may write or read.
 */
package org.mawid.api.message;
