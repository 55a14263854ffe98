/**
 * What it costs to look: availability searches beside the core, against bare masks; and to keep what is looked at up to date.
 */
package org.mawid.bench.read;
