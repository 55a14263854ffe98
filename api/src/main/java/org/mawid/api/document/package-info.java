/**
 * Documents of applications: they arrive in parts, go on where they stood after whatever broke off, are judged by their content, looked at by a malware scanner where there is one, and kept sealed with a small picture
 * for the officer.
 * <p>Doors: {@link org.mawid.api.document.Documents}; {@link org.mawid.api.document.MalwareScan} for a scanner, with {@link org.mawid.api.document.ClamdScan} for ClamAV's daemon. Threads: any that may wait; small
 * pictures are drawn on one of its own, {@code mawid-drawing}, which nobody else waits for longer than a few seconds. Nothing stands in clear on a disk, not even a part. {@link org.mawid.api.document.DocumentLog} tells the log of them. Not here: which documents a service asks for, who may see them (HTTP).
 */
package org.mawid.api.document;
