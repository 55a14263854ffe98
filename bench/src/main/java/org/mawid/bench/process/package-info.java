/**
 * What the server costs as a process: start, rest, memory. It runs the real jar and looks at it from outside.
 */
package org.mawid.bench.process;
