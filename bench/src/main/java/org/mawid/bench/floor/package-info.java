/**
 * The figures that Mawid promises, held against what is measured: which benchmark gives each, its floor and its goal.
 */
package org.mawid.bench.floor;
