package org.mawid.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Self-signed certificates for localhost, made with the JDK's keytool. */
public final class Certificates {
    private static final String PASSWORD = "changeit";

    private Certificates() {
    }

    /** A folder with {@code server.pem} and {@code server.key}. */
    public static Path make(final Path parent, final String name) throws Exception {
        final Path folder = Files.createDirectory(parent.resolve(name));
        final Path store = folder.resolve("store.p12");
        final Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost",
                "-validity", "30", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
                .redirectErrorStream(true).start();
        final String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Files.writeString(folder.resolve("server.pem"), pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        Files.writeString(folder.resolve("server.key"), pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
        return folder;
    }

    /** Puts both files where the server looks, each at once. */
    public static void install(final Path from, final Path certificate, final Path key) throws IOException {
        replace(from, certificate);
        replace(from, key);
    }

    /** Puts one of the two files, called as in {@code from}, where the server looks. */
    public static void replace(final Path from, final Path file) throws IOException {
        final long modifiedMs = Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() + 2_000 : System.currentTimeMillis();
        final Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.copy(from.resolve(file.getFileName()), draft, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(draft, FileTime.fromMillis(modifiedMs));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    public static Path trust(final Path folder) {
        return folder.resolve("server.pem");
    }

    private static String pem(final String type, final byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    /** For whoever trusts the certificate of that folder and no other. */
    public static SSLContext context(final Path trusted) throws Exception {
        final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(trust(trusted))) {
            store.setCertificateEntry("server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
