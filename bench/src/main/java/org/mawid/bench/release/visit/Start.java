package org.mawid.bench.release.visit;

/**
 * A start that the server has offered, or that a bot has guessed.
 *
 * @param epochDay  local date, days since 1970-01-01
 * @param startUnit 0 to 191
 */
public record Start(int deskId, int epochDay, int startUnit) {
}
