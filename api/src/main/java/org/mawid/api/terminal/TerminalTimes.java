package org.mawid.api.terminal;

import java.util.function.Function;

/** The values of {@link TerminalSetting}, by the same names. Milliseconds, but {@code statusAttempts}. A test may go below their ranges. */
public record TerminalTimes(long customerMs, long abortMs, long answerMs, long hostMs, long waitMs, long settleMs, int statusAttempts,
        long statusPauseMs, long doubtMs, long heartbeatMs, long connectMs, long reconnectMs) {

    /** @throws IllegalArgumentException in one line, naming the setting */
    public static TerminalTimes of(final Function<TerminalSetting, String> texts) {
        return new TerminalTimes(value(texts, TerminalSetting.CUSTOMER_MS), value(texts, TerminalSetting.ABORT_MS), value(texts, TerminalSetting.ANSWER_MS),
                value(texts, TerminalSetting.HOST_MS), value(texts, TerminalSetting.WAIT_MS), value(texts, TerminalSetting.SETTLE_MS),
                (int) value(texts, TerminalSetting.STATUS_ATTEMPTS), value(texts, TerminalSetting.STATUS_PAUSE_MS), value(texts, TerminalSetting.DOUBT_MS),
                value(texts, TerminalSetting.HEARTBEAT_MS), value(texts, TerminalSetting.CONNECT_MS), value(texts, TerminalSetting.RECONNECT_MS));
    }

    public static TerminalTimes defaults() {
        return of(TerminalSetting::defaultText);
    }

    private static long value(final Function<TerminalSetting, String> texts, final TerminalSetting setting) {
        return setting.parse(texts.apply(setting));
    }
}
