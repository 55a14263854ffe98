/**
 * Redis: one script a step, each by itself or many in a pipeline. What they do is in the files {@code .lua} beside this.
 * <p>Door: {@code RedisPeer}, with the settings that are not as they come and why. Thread: a connection one thread at a time. Not here: what is asked for.
 */
package org.mawid.bench.peer.redis;
