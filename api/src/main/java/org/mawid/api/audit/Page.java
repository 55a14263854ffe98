package org.mawid.api.audit;

import java.util.List;

/**
 * What was found.
 *
 * @param entries by position
 * @param through the last position that was looked at: what comes after it is another question
 * @param isEnd   nothing durable was behind it
 */
public record Page(List<Entry> entries, long through, boolean isEnd) {
}
