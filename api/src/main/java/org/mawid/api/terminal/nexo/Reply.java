package org.mawid.api.terminal.nexo;

/**
 * How a service ended.
 *
 * @param condition why, when it failed; {@link Condition#NONE} when it was not said
 */
public record Reply(Result result, Condition condition) {
    /** As {@code Result} says it. */
    public enum Result {
        SUCCESS,
        FAILURE,
        /** Done for another amount than was asked. */
        PARTIAL
    }

    public boolean isSuccess() {
        return result == Result.SUCCESS;
    }

    public boolean isFailure() {
        return result == Result.FAILURE;
    }
}
