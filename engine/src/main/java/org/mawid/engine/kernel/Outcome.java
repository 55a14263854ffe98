package org.mawid.engine.kernel;

import org.mawid.sbe.Result;

/**
 * What became of one command. One instance is filled again for every command: read what is needed during the call
 * that hands it over. What the three numbers mean is said at each command of the schema.
 */
public final class Outcome {
    private Result result = Result.OK;
    private long number1;
    private long number2;
    private long number3;
    private long position;
    private long nowMs;
    private boolean repeated;
    private int templateId;

    /** Begins the answer to the command at {@code position}, in log time. */
    public Outcome begin(final long position, final long nowMs) {
        this.position = position;
        this.nowMs = nowMs;
        this.repeated = false;
        this.templateId = 0;
        return set(Result.OK, 0, 0, 0);
    }

    public Outcome set(final Result result, final long number1, final long number2, final long number3) {
        this.result = result;
        this.number1 = number1;
        this.number2 = number2;
        this.number3 = number3;
        return this;
    }

    /** Marks the answer as an earlier one, given again. */
    public Outcome repeated(final boolean repeated) {
        this.repeated = repeated;
        return this;
    }

    /** Which command this answers, for whoever asks without having the command: what became of a request. */
    public Outcome template(final int templateId) {
        this.templateId = templateId;
        return this;
    }

    public Result result() {
        return result;
    }

    public long number1() {
        return number1;
    }

    public long number2() {
        return number2;
    }

    public long number3() {
        return number3;
    }

    /** Position in the log, 0 when the command took none. */
    public long position() {
        return position;
    }

    /** Log time of that position, ms since 1970-01-01 UTC. */
    public long nowMs() {
        return nowMs;
    }

    /** True when this request id had been answered before, and this is that answer. */
    public boolean repeated() {
        return repeated;
    }

    /** Template id of the command in the schema, 0 = not said. */
    public int templateId() {
        return templateId;
    }

    /** True for everything that is not a refusal. */
    public boolean isDone() {
        return result == Result.OK || result == Result.OVERFLOW;
    }
}
