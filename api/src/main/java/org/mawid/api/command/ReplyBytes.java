package org.mawid.api.command;

import com.google.protobuf.ByteString;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A reply that is on the wire as it is. */
final class ReplyBytes implements MethodDescriptor.Marshaller<ByteString> {
    @Override
    public InputStream stream(final ByteString value) {
        return new Bytes(value);
    }

    @Override
    public ByteString parse(final InputStream stream) {
        try {
            return ByteString.readFrom(stream);
        } catch (final IOException e) {
            throw Status.INTERNAL.withCause(e).asRuntimeException();
        }
    }

    /** Copied once, into the buffers of the transport. */
    private static final class Bytes extends FilterInputStream implements Drainable, KnownLength {
        private final ByteString all;

        Bytes(final ByteString all) {
            super(all.newInput());
            this.all = all;
        }

        @Override
        public int drainTo(final OutputStream target) throws IOException {
            all.writeTo(target);
            return all.size();
        }
    }
}
