package org.mawid.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ClamAV's own daemon, with a signature of our own: what it knows is malware, what it does not is clean, what is too large for it was not looked at. */
class ClamdIT {
    private static final byte[] MALWARE = "%PDF-1.7 this is what the signature knows".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int MOST_BYTES = 1 << 20;

    @TempDir
    private static Path folder;
    private static Process clamd;
    private static MalwareScan scan;

    @BeforeAll
    static void start() throws Exception {
        final Path program = Stream.of("/usr/sbin/clamd", "/usr/local/sbin/clamd").map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(program != null, "there is no clamd: install clamav-daemon");
        final int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        final Path signatures = Files.createDirectories(folder.resolve("signatures"));
        Files.writeString(signatures.resolve("test.hdb"), HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(MALWARE)) + ':' + MALWARE.length + ":Mawid.Test\n");
        final Path config = Files.write(folder.resolve("clamd.conf"), List.of("TCPSocket " + port, "TCPAddr 127.0.0.1", "DatabaseDirectory " + signatures, "Foreground yes", "StreamMaxLength " + MOST_BYTES,
                "TemporaryDirectory " + folder));
        clamd = new ProcessBuilder(program.toString(), "--config-file=" + config).redirectErrorStream(true).redirectOutput(folder.resolve("clamd.log").toFile()).start();
        scan = new ClamdScan(InetSocketAddress.createUnresolved("127.0.0.1", port), 30_000);
        Awaitility.await().atMost(2, TimeUnit.MINUTES).until(ClamdIT::answers);
    }

    private static boolean answers() throws IOException {
        if (!clamd.isAlive()) {
            throw new AssertionError("clamd does not run: " + Files.readString(folder.resolve("clamd.log")));
        }
        try {
            return scan.isClean(new byte[1]);
        } catch (final IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (clamd != null) {
            clamd.destroy();
            clamd.waitFor();
        }
    }

    @Test
    void givenWhatTheDaemonKnows_thenNotClean_andAllElseIs() throws Exception {
        assertThat(scan.isClean(MALWARE)).isFalse();
        assertThat(scan.isClean(Specimens.pdf(2, "acte de naissance"))).isTrue();
        assertThat(scan.isClean(new byte[300_000])).isTrue();
        assertThat(scan.isClean(MALWARE)).isFalse();
    }

    @Test
    void givenMoreThanTheDaemonTakes_thenNobodyHasLooked() {
        assertThatThrownBy(() -> scan.isClean(new byte[MOST_BYTES + (256 << 10)])).isInstanceOf(IOException.class);
    }
}
