package org.mawid.bench.capacity.demand;

/**
 * What one visit does at one desk: person after person at the same counter, without a break.
 *
 * @param desk     index of the desk at its post
 * @param legLines by leg, the lines of the application as a set: a leg for each person
 * @param legUnits by leg, five-minute units
 * @param units    of all legs
 * @param kinds    bit k = a place of PoolKind k is needed
 * @param minutes  nominal, of all its services
 */
public record Stop(int desk, int[] legLines, int[] legUnits, int units, int kinds, double minutes) {
}
