package org.mawid.api.tls;

import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.mawid.engine.FileTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificate chain and key from two PEM files, and from a third one who issues clients' certificates, read again when they change. They cannot be replaced in one step, so a pair
 * that does not belong together is waited out: the old one serves on until the new one is whole. (The key manager's own reload
 * looks once a minute at most and does not compare.)
 */
public final class TlsIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);

    private final TlsFiles files;
    private final AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager trust;
    /** In the order of {@link #paths}. */
    private List<FileTime> times = List.of();
    private String lastTrouble = "";

    /** @throws IOException when the files cannot be used; the message names them */
    public TlsIdentity(final TlsFiles files) throws IOException {
        this.files = files;
        this.trust = files.authorities() == null ? null : newTrust();
        load();
    }

    private static AdvancedTlsX509TrustManager newTrust() {
        try {
            return AdvancedTlsX509TrustManager.newBuilder().setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION).build();
        } catch (final CertificateException ours) {
            throw new IllegalStateException(ours); // what it is made of is not there yet
        }
    }

    /** Gives each handshake the pair that is in use then: who has it need not be told of another. Any thread. */
    public X509ExtendedKeyManager manager() {
        return manager;
    }

    /** Knows whose certificates clients may show at the time of each handshake; null = they are not asked. Any thread. */
    public X509ExtendedTrustManager trust() {
        return trust;
    }

    /** Now and then, one look after the other. Does not throw. */
    public void look() {
        try {
            if (!timesNow().equals(times)) {
                load();
                lastTrouble = "";
                LOG.info("the certificate in {} is in use from now on", files.certificate());
            }
        } catch (final IOException | RuntimeException trouble) {
            if (!lastTrouble.equals(trouble.getMessage())) { // once, not at every look
                lastTrouble = String.valueOf(trouble.getMessage());
                LOG.warn("the certificate in use stays: {}", lastTrouble);
            }
        }
    }

    private void load() throws IOException {
        final List<FileTime> newTimes = timesNow();
        final Path certificate = files.certificate();
        final Path key = files.key();
        final X509Certificate[] authorities = authorities();
        try (InputStream chainIn = open(certificate); InputStream keyIn = open(key)) {
            final X509Certificate[] chain = CertificateUtils.getX509Certificates(chainIn);
            final PrivateKey privateKey = CertificateUtils.getPrivateKey(keyIn);
            if (chain.length == 0 || !belongTogether(chain[0], privateKey)) {
                throw new IOException(certificate + " and " + key + " do not belong together");
            }
            if (trust != null) {
                trust.updateTrustCredentials(authorities);
            }
            manager.updateIdentityCredentials(chain, privateKey);
        } catch (final GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IOException("certificate or key cannot be used: " + certificate + ", " + key + " (" + unusable.getMessage() + ')', unusable);
        }
        times = newTimes;
    }

    /** Null = clients are not asked. */
    private X509Certificate[] authorities() throws IOException {
        if (trust == null) {
            return null;
        }
        try (InputStream in = open(files.authorities())) {
            final X509Certificate[] authorities = CertificateUtils.getX509Certificates(in);
            if (authorities.length == 0) {
                throw new IOException(files.authorities() + " has no certificate of whoever issues those of clients");
            }
            return authorities;
        } catch (final GeneralSecurityException unusable) {
            throw new IOException("clients' certificates cannot be checked with " + files.authorities() + " (" + unusable.getMessage() + ')', unusable);
        }
    }

    private List<Path> paths() {
        return trust == null ? List.of(files.certificate(), files.key()) : List.of(files.certificate(), files.key(), files.authorities());
    }

    private List<FileTime> timesNow() throws IOException {
        final List<FileTime> now = new ArrayList<>();
        for (final Path file : paths()) {
            now.add(timeOf(file));
        }
        return now;
    }

    private static FileTime timeOf(final Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
    }

    private static InputStream open(final Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("cannot read " + file + ": it is a folder");
        }
        try {
            return Files.newInputStream(file);
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
    }

    /** What the one signs, the other must confirm. */
    private static boolean belongTogether(final X509Certificate certificate, final PrivateKey key) throws GeneralSecurityException {
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        final String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm(); // Ed25519 and Ed448 sign under their own name
        };
        final byte[] probe = {1, 2, 3};
        final Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        final byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        return signature.verify(signed);
    }
}
