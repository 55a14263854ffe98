package org.mawid.api.command;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.mawid.api.gateway.OutOfMemory;

/** A request that is left as it came. */
final class RequestBytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public byte[] parse(final InputStream stream) {
        try {
            return stream instanceof KnownLength ? read(stream, stream.available()) : stream.readAllBytes();
        } catch (final IOException e) {
            throw Status.INTERNAL.withCause(e).asRuntimeException();
        } catch (final OutOfMemoryError e) {
            OutOfMemory.tell(e); // gRPC catches everything and goes on
            throw e;
        }
    }

    private static byte[] read(final InputStream stream, final int length) throws IOException {
        final byte[] bytes = new byte[length];
        return stream.readNBytes(bytes, 0, length) == length ? bytes : new byte[1]; // cut off: no message either
    }

    @Override
    public InputStream stream(final byte[] value) {
        return new ByteArrayInputStream(value);
    }
}
