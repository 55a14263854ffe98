package org.mawid.api.sync;

/** Told how it goes. From the thread that follows and the one that tells. */
public interface SyncReport {
    /** Parts of a snapshot have come. */
    void reading(int visits, int days);

    /** A snapshot is in the folder. */
    void snapshot(int visits, long position);

    /** So many events are in the folder. */
    void came(int events, long position);

    /** A record was told. @param answer OK, or why not */
    void told(String name, String answer);

    /** One line for whoever looks on. */
    void note(String line);
}
