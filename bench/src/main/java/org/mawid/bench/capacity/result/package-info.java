/**
 * What a plan came to, counted: figures of a desk, a post, a network; what they are judged by; the search for counters that meet a target.
 * <p>Door: {@link org.mawid.bench.capacity.result.PlanResult}. Thread: one for each post until its weeks are over, then any, because nothing is counted any more; the fields of
 * {@code DeskFigures} are written by the simulation of that post only. Not here: how it is told.
 */
package org.mawid.bench.capacity.result;
