package org.mawid.api.notification.notice;

/** Which way something is sent. Numbers are kept: they never change. */
public enum Channel {
    EMAIL(1), SMS(2);

    private final int number;

    Channel(final int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Channel of(final long number) {
        for (final Channel channel : values()) {
            if (channel.number == number) {
                return channel;
            }
        }
        throw new IllegalArgumentException("no channel " + number);
    }
}
