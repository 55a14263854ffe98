package org.mawid.bench.release;

import java.util.List;

/**
 * What a surge comes to in one line, the worst of it first.
 *
 * @param wrong       what does not balance
 * @param notAnswered what nobody answered in time: neither right nor wrong
 * @param late        how late the client itself was; empty = it kept to its schedule
 */
record Verdict(List<String> wrong, List<String> notAnswered, String late) {
    /** Empty when there is nothing to be said. */
    String inWords() {
        if (!wrong.isEmpty()) {
            return "the books do not balance: " + String.join("; ", wrong) + (notAnswered.isEmpty() ? "" : "; and " + noAnswer());
        }
        if (!notAnswered.isEmpty()) {
            return noAnswer() + ": the machine is too busy, or --warm-up too short; what was answered balances";
        }
        return late.isEmpty() ? "" : "NOT A MEASUREMENT OF THE SERVER: " + late;
    }

    private String noAnswer() {
        return "NO ANSWER: " + String.join("; ", notAnswered);
    }

    /** That the client was late is no failure: the books count all the same. */
    int exitCode() {
        return wrong.isEmpty() && notAnswered.isEmpty() ? 0 : 1;
    }
}
