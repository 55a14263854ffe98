/**
 * The capacity twin: posts, desks, hours, services and demand, the model's or a journal's, simulated through the real core with log time of its own.
 * <p>Door: {@link org.mawid.bench.capacity.PlanBench}. What is assumed about people is in {@code Behaviour} and {@code ModelDemand}, what may
 * be planned in {@code PlanKey}; the order of events is in {@code PostSimulation}. Thread: one for each post; posts know nothing of each other. Time: log time of the simulation, no clock.
 * Not here: disks, rings, wires; payment of stamps; people who go to another post when theirs is full.
 */
package org.mawid.bench.capacity;
