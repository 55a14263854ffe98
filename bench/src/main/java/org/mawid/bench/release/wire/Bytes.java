package org.mawid.bench.release.wire;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A message of gRPC as it is: nobody takes it apart. Any thread. */
public final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(final byte[] message) {
        return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(final InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
