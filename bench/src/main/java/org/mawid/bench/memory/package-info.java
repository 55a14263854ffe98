/**
 * What is kept, and what it costs to keep it: heap and direct memory by kind of thing, with nothing around the core.
 */
package org.mawid.bench.memory;
