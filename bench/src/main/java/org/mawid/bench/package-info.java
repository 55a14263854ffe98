/**
 * Shows what it costs: every benchmark by name.
 * <p>Door: {@link org.mawid.bench.Main}. Nothing depends on this module.
 */
package org.mawid.bench;
