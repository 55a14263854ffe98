/**
 * What durability costs: the disk alone, and ring, fsync, core and reply together.
 */
package org.mawid.bench.journal;
