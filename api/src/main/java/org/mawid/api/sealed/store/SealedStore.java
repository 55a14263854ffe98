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

    @Override
    void close();
}
