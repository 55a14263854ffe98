package org.mawid.api.terminal;

/** How messages travel to a terminal. */
public enum Transport {
    /** Each message after four bytes with its length, the highest first. */
    TCP,
    /** Each message is a frame of text. */
    WEBSOCKET
}
