/**
 * What has ended leaves memory for files: durably here first, then by a logged Retire. The format is written down byte by byte in
 * {@code engine/FORMATS.md}, "Archive format".
 * <p>Doors: {@link org.mawid.engine.archive.Retirement}, which moves; {@link org.mawid.engine.archive.Archive}, which reads. Threads:
 * one that writes, any that read. Not here: what may be retired, and when (see {@code core} and the rules in the log).
 */
package org.mawid.engine.archive;
