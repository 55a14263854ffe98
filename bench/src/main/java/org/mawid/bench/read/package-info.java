/**
 * What it costs to look: availability searches beside the core, against bare masks.
 */
package org.mawid.bench.read;
