/**
 * What is kept, and what it costs to keep it: heap by kind of thing, with nothing around the core.
 */
package org.mawid.bench.memory;
