/**
 * The figures that Mawid promises, held against what is measured: which benchmark gives each, its floor and its goal.
 * <p>Door: {@link org.mawid.bench.floor.Floors}. Any thread. Not here: how anything is measured, and what a page makes of it.
 */
package org.mawid.bench.floor;
