package org.mawid.api.sealed.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Keeps sealed bytes. Any thread; every call may wait for a disk or a network. */
public interface SealedStore extends AutoCloseable {
    /**
     * The same bytes again change nothing.
     *
     * @return their {@link ContentName}; they are durable under it
     * @throws IOException they may or may not be there; putting them again is harmless
     */
    String put(byte[] sealed) throws IOException;

    /**
     * @throws NoSuchFileException    there is nothing under this name
     * @throws DamagedContentException what is there is not what was put
     * @throws IOException            it cannot be read now
     */
    byte[] get(String name) throws IOException;

    /** Gone, durably, when this returns; also when it was not there. */
    void delete(String name) throws IOException;

    /** Told of something that is stored. */
    @FunctionalInterface
    interface Found {
        /** @param putMs the store's own time, ms since 1970-01-01 UTC */
        void at(String name, long putMs);
    }

    /**
     * All that is stored and whose name begins with a digit; what is put or deleted meanwhile may be told or not.
     *
     * @param digit the first one, hexadecimal, 0 to 15
     * @throws IOException the rest cannot be told now
     */
    void list(int digit, Found found) throws IOException;

    @Override
    void close();
}
