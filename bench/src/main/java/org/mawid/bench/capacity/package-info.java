/**
 * The capacity twin: posts, desks, hours, services and demand, the model's or a journal's, simulated through the real core.
 * <p>Door: {@link org.mawid.bench.capacity.PlanBench}, the command; {@code Planner} runs a plan, as many posts at a time as there are processors. The rooms, none of which knows
 * one further right: {@code plan} (what is asked) ◄ {@code result} (what it came to) ◄ {@code demand} (who asks) ◄ {@code post} (what happens); {@code report} (how it is told) knows {@code plan} and {@code result}.
 * Not here: anything that one of the rooms does.
 */
package org.mawid.bench.capacity;
