/**
 * What the server costs as a process: start, rest, memory. It runs the real jar and looks at it from outside. And what every benchmark asks of a
 * process: how much of processors and memory it used, which of its threads did, and how it ended.
 */
package org.mawid.bench.process;
