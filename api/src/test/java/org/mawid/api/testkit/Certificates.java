package org.mawid.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** Self-signed certificates for localhost, and clients' of an authority, made with the JDK's keytool. */
public final class Certificates {
    private static final String PASSWORD = "changeit";

    private Certificates() {
    }

    /** A folder with {@code server.pem} and {@code server.key}. */
    public static Path make(final Path parent, final String name) throws Exception {
        final Path folder = Files.createDirectory(parent.resolve(name));
        final Path store = folder.resolve("store.p12");
        newKey(store, "-ext", "SAN=dns:localhost", "-validity", "30");
        write(folder, store);
        return folder;
    }

    /** A folder likewise, of somebody who may sign for others: see {@link #issue}. */
    public static Path authority(final Path parent, final String name) throws Exception {
        final Path folder = Files.createDirectory(parent.resolve(name));
        newKey(folder.resolve("store.p12"), "-ext", "bc:c", "-validity", "30");
        write(folder, folder.resolve("store.p12"));
        return folder;
    }

    /**
     * Folders likewise with one key, whose certificate the authority has signed: {@code name}, which is good, and {@code name-expired}, which was good until yesterday.
     *
     * @return that of the good one
     */
    public static Path issue(final Path parent, final String name, final Path authority) throws Exception {
        final Path folder = Files.createDirectory(parent.resolve(name));
        final Path expired = Files.createDirectory(parent.resolve(name + "-expired"));
        final Path request = folder.resolve("request");
        newKey(folder.resolve("store.p12"), "-validity", "30");
        write(folder, folder.resolve("store.p12"));
        Files.copy(folder.resolve("server.key"), expired.resolve("server.key"));
        keytool("-certreq", "-alias", "server", "-keystore", folder.resolve("store.p12").toString(), "-file", request.toString());
        sign(authority, request, folder, "-validity", "30");
        sign(authority, request, expired, "-startdate", "-2d", "-validity", "1");
        return folder;
    }

    private static void sign(final Path authority, final Path request, final Path folder, final String... validity) throws Exception {
        keytool(and(validity, "-gencert", "-alias", "server", "-keystore", authority.resolve("store.p12").toString(), "-infile", request.toString(), "-outfile", folder.resolve("server.pem").toString(), "-rfc"));
    }

    private static void newKey(final Path store, final String... more) throws Exception {
        keytool(and(more, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost " + store.getParent().getFileName(), "-storetype", "PKCS12", "-keystore", store.toString()));
    }

    private static String[] and(final String[] more, final String... first) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }

    private static void keytool(final String... arguments) throws Exception {
        final Process keytool = new ProcessBuilder(Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()), Stream.of(and(new String[] {"-storepass", PASSWORD}, arguments))).toList())
                .redirectErrorStream(true).start();
        final String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
    }

    private static void write(final Path folder, final Path store) throws Exception {
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Files.writeString(folder.resolve("server.pem"), pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        Files.writeString(folder.resolve("server.key"), pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    }

    public static X509Certificate certificate(final Path folder) throws Exception {
        try (InputStream in = Files.newInputStream(trust(folder))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
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
        return context(trusted, null);
    }

    /** As above. @param shown folder with what is shown to the other side, null = nothing */
    public static SSLContext context(final Path trusted, final Path shown) throws Exception {
        final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("server", certificate(trusted));
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown == null ? null : new KeyManager[] {new Shown(certificate(shown), key(shown))}, trust.getTrustManagers(), null);
        return context;
    }

    private static PrivateKey key(final Path folder) throws Exception {
        try (InputStream in = Files.newInputStream(folder.resolve("server.key"))) {
            return CertificateUtils.getPrivateKey(in);
        }
    }

    /** Shows one certificate, whatever the other side would like to see: a usual one would keep to itself what is not of the right authority. */
    private static final class Shown extends X509ExtendedKeyManager {
        private final X509Certificate certificate;
        private final PrivateKey key;

        Shown(final X509Certificate certificate, final PrivateKey key) {
            this.certificate = certificate;
            this.key = key;
        }

        @Override
        public String chooseClientAlias(final String[] keyTypes, final Principal[] issuers, final Socket socket) {
            return "shown";
        }

        @Override
        public String chooseEngineClientAlias(final String[] keyTypes, final Principal[] issuers, final SSLEngine engine) {
            return "shown";
        }

        @Override
        public X509Certificate[] getCertificateChain(final String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(final String alias) {
            return key;
        }

        @Override
        public String[] getClientAliases(final String keyType, final Principal[] issuers) {
            return new String[] {"shown"};
        }

        @Override
        public String[] getServerAliases(final String keyType, final Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(final String keyType, final Principal[] issuers, final Socket socket) {
            return null;
        }
    }

    /** Of that folder, for a client over gRPC. */
    public static KeyManager shown(final Path folder) throws Exception {
        return new Shown(certificate(folder), key(folder));
    }
}
