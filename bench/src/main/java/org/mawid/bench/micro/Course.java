package org.mawid.bench.micro;

import java.util.Arrays;
import java.util.List;

/** What an application goes through from its first step to its last, after which nothing of it is open. Each step is in one of them at least. */
enum Course {
    CANCELLED(false, Step.SUBMIT, Step.VALIDATE, Step.HOLD, Step.CONFIRM, Step.CANCEL, Step.WITHDRAW),
    RELEASED(false, Step.SUBMIT, Step.VALIDATE, Step.HOLD, Step.RELEASE, Step.WITHDRAW),
    MOVED(false, Step.SUBMIT, Step.VALIDATE, Step.HOLD, Step.CONFIRM, Step.RESCHEDULE, Step.CANCEL, Step.WITHDRAW),
    STAMPED(false, Step.SUBMIT, Step.VALIDATE, Step.ISSUE_STAMPS, Step.WITHDRAW),
    SERVED(true, Step.SUBMIT, Step.VALIDATE, Step.HOLD, Step.CONFIRM, Step.CHECK_IN, Step.CALL, Step.SERVE),
    MISSED(true, Step.SUBMIT, Step.VALIDATE, Step.HOLD, Step.CONFIRM, Step.NO_SHOW, Step.WITHDRAW),
    WALKED_IN(true, Step.WALK_IN, Step.CALL, Step.SERVE);

    private final boolean isToday;
    private final List<Step> steps;

    Course(final boolean isToday, final Step... steps) {
        this.isToday = isToday;
        this.steps = List.of(steps);
    }

    /** The first that has this step. */
    static Course with(final Step step) {
        return Arrays.stream(values()).filter(course -> course.steps.contains(step)).findFirst().orElseThrow();
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether the visit begins as soon as it is made: what is said on its day can be said of none that is far. */
    boolean isToday() {
        return isToday;
    }
}
