package org.mawid.bench.micro;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What may become of an application, each step a command. */
enum Step {
    SUBMIT, VALIDATE, HOLD, CONFIRM, RESCHEDULE, CANCEL, RELEASE, WITHDRAW, CHECK_IN, CALL, SERVE, NO_SHOW, WALK_IN, ISSUE_STAMPS;

    /** @param word as people type it, such as {@code no-show} */
    static Step of(final String word) {
        return Arrays.stream(values()).filter(step -> step.word().equals(word.toLowerCase(Locale.ROOT))).findFirst().orElseThrow(() ->
                new IllegalArgumentException("command must be one of " + Arrays.stream(values()).map(Step::word).collect(Collectors.joining(", ")) + ", not " + word));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
