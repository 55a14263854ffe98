package org.mawid.api.audit.trail;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** What was done with an application at a position of the log. */
record Place(long application, long position) implements Comparable<Place> {
    @Override
    public int compareTo(final Place other) {
        return application != other.application ? Long.compare(application, other.application) : Long.compare(position, other.position);
    }

    /** How the store has it: two numbers of as many bytes as they need. */
    static final class Type extends BasicDataType<Place> {
        private static final int MEMORY = 32;

        @Override
        public int getMemory(final Place place) {
            return MEMORY;
        }

        @Override
        public int compare(final Place one, final Place other) {
            return one.compareTo(other);
        }

        @Override
        public void write(final WriteBuffer into, final Place place) {
            into.putVarLong(place.application).putVarLong(place.position);
        }

        @Override
        public Place read(final ByteBuffer from) {
            return new Place(DataUtils.readVarLong(from), DataUtils.readVarLong(from));
        }

        @Override
        public Place[] createStorage(final int size) {
            return new Place[size];
        }
    }
}
