package org.mawid.engine.readmodel.records;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** Copies entries into the map and out of it, byte for byte. Its name is kept in the map's file. */
public final class EntryMarshaller implements SizedReader<Entry>, SizedWriter<Entry>, ReadResolvable<EntryMarshaller> {
    static final EntryMarshaller INSTANCE = new EntryMarshaller();

    private EntryMarshaller() {
    }

    @Override
    public long size(final Entry entry) {
        return entry.length;
    }

    @Override
    public void write(@SuppressWarnings("rawtypes") final Bytes out, final long size, final Entry entry) {
        out.write(entry.buffer.byteArray(), 0, entry.length);
    }

    @Override
    public Entry read(@SuppressWarnings("rawtypes") final Bytes in, final long size, final Entry using) {
        if (size > Entry.MAX_BYTES) {
            throw new RecordsDamagedException("a value of " + size + " bytes");
        }
        final Entry entry = using == null ? new Entry() : using;
        entry.length = (int) size;
        in.read(entry.room(entry.length), 0, entry.length);
        return entry;
    }

    @Override
    public EntryMarshaller readResolve() {
        return INSTANCE;
    }

    @Override
    public void readMarshallable(final WireIn wire) {
        // it has no state
    }

    @Override
    public void writeMarshallable(final WireOut wire) {
        // it has no state
    }
}
