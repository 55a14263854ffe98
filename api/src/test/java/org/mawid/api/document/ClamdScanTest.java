package org.mawid.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol, byte by byte, against a server on a socket that says what the test wants; the daemon itself is in {@code ClamdIT}. */
@Timeout(60)
class ClamdScanTest {
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void givenADocument_thenAllOfItIsSent_andTheWordMeansClean() throws Exception {
        final byte[] content = new byte[200_000];
        new java.util.Random(3).nextBytes(content);
        final CompletableFuture<byte[]> got = answering("stream: OK\0");
        assertThat(scan().isClean(content)).isTrue();
        assertThat(got.get()).isEqualTo(content);
    }

    @Test
    void givenMalware_thenItIsNotClean() throws Exception {
        answering("stream: Eicar-Test-Signature FOUND\0");
        assertThat(scan().isClean(new byte[10])).isFalse();
    }

    @Test
    void givenAnyOtherWordOrNone_thenNobodyHasLooked() throws Exception {
        for (final String answer : new String[] {"INSTREAM size limit exceeded. ERROR\0", "stream: OK", "", "stream: OK \0", "UNKNOWN COMMAND\0", "OK\0", "x".repeat(5_000)}) {
            answering(answer);
            assertThatThrownBy(() -> scan().isClean(new byte[10])).as(answer).isInstanceOf(IOException.class);
        }
    }

    @Test
    void givenNobodyListensOrAnswers_thenNobodyHasLooked() throws Exception {
        assertThatThrownBy(() -> scan().isClean(new byte[10])).as("in the backlog, and never taken").isInstanceOf(IOException.class);
        server.close();
        assertThatThrownBy(() -> scan().isClean(new byte[10])).isInstanceOf(IOException.class);
    }

    private MalwareScan scan() {
        return new ClamdScan(InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort()), 300);
    }

    /** @return what one client has sent */
    private CompletableFuture<byte[]> answering(final String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket client = server.accept()) {
                final DataInputStream in = new DataInputStream(client.getInputStream());
                assertThat(new String(in.readNBytes(10), StandardCharsets.US_ASCII)).isEqualTo("zINSTREAM\0");
                final ByteArrayOutputStream content = new ByteArrayOutputStream();
                for (int length = in.readInt(); length != 0; length = in.readInt()) {
                    content.writeBytes(in.readNBytes(length));
                }
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                return content.toByteArray();
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
