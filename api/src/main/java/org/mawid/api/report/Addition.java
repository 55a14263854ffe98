package org.mawid.api.report;

/** One event's part in the sums of the present local day of a post. @param postId 0 = of no post */
record Addition(int postId, Slice slice, Measure measure, long amount) {
}
