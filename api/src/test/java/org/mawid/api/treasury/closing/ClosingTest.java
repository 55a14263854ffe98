package org.mawid.api.treasury.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.treasury.closing.ClosingException.Reason;
import org.mawid.api.treasury.closing.DailyClosing.Total;

/** A closing is what was signed, follows the one before it, and balances; otherwise it says which it is not. */
class ClosingTest {
    @TempDir
    private Path folder;
    private KeyPair keys;
    private ClosingWriter writer;
    private ClosingVerifier verifier;

    @BeforeEach
    void make() throws Exception {
        keys = pair("secp256r1");
        writer = new ClosingWriter((ECPrivateKey) keys.getPrivate(), "mawid-2026");
        verifier = new ClosingVerifier((ECPublicKey) keys.getPublic());
    }

    private static KeyPair pair(final String curve) throws Exception {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static DailyClosing closing(final int day) {
        return new DailyClosing("MA-CG-PARIS", "EUR", LocalDate.of(2026, 3, day), 1_234_567_890_123_456_789L, 17,
                List.of(new Total("RECEIPT_ACCOUNT", "RECEIPT", 0, 9_007_199_254_740_993L), new Total("IN_TRANSIT", "NONE", 9_007_199_254_740_993L, 0)));
    }

    @Test
    void givenDaysInARow_whenWritten_thenEachIsVerifiedBehindTheOneBefore_withThePublicKeyAlone() throws Exception {
        final Path first = writer.write(closing(2), null, folder);
        final Path second = writer.write(closing(3), first, folder);
        assertThat(verifier.verify(first, null)).isEqualTo(closing(2));
        assertThat(verifier.verify(second, first)).isEqualTo(closing(3));
        assertThat(Files.readString(first)).startsWith("{\"currency\":\"EUR\",\"day\":\"2026-03-02\",\"format\":\"mawid-closing-1\",\"payments\":\"17\",\"position\":\"1234567890123456789\"")
                .contains("\"totals\":[{\"account\":\"IN_TRANSIT\"").doesNotContain("\n", " ");
        assertThat(Files.readString(folder.resolve("closing-MA-CG-PARIS-EUR-2026-03-02.jws"))).matches("[\\w-]+\\.\\.[\\w-]+");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(4);
        }
        assertThatThrownBy(() -> writer.write(closing(3), first, folder)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void givenAClosingThatWasTouched_whenVerified_thenItSaysWhat() throws Exception {
        final Path first = writer.write(closing(2), null, folder);
        final Path second = writer.write(closing(3), first, folder);
        assertThat(reason(second, null)).isEqualTo(Reason.CHAIN);
        final byte[] whole = Files.readAllBytes(first);
        Files.writeString(first, new String(whole, StandardCharsets.UTF_8).replace("740993", "740994"));
        assertThat(reason(first, null)).isEqualTo(Reason.SIGNATURE);
        assertThat(reason(second, first)).as("another was put before it").isEqualTo(Reason.CHAIN);
        Files.write(first, whole);
        final Path renamed = folder.resolve("closing-MA-CG-LYON-EUR-2026-03-02.json");
        Files.copy(first, renamed);
        Files.copy(folder.resolve("closing-MA-CG-PARIS-EUR-2026-03-02.jws"), folder.resolve("closing-MA-CG-LYON-EUR-2026-03-02.jws"));
        assertThat(reason(renamed, null)).isEqualTo(Reason.FORMAT);
        Files.writeString(folder.resolve("closing-MA-CG-PARIS-EUR-2026-03-02.jws"), "e30..AAAA");
        assertThat(reason(first, null)).isEqualTo(Reason.SIGNATURE);
        final KeyPair others = pair("secp256r1");
        assertThat(catchThrowableOfType(ClosingException.class, () -> new ClosingVerifier((ECPublicKey) others.getPublic()).verify(second, first)).reason()).isEqualTo(Reason.SIGNATURE);
    }

    private Reason reason(final Path document, final Path previous) {
        return catchThrowableOfType(ClosingException.class, () -> verifier.verify(document, previous)).reason();
    }

    @Test
    void givenTotalsThatDoNotBalanceOrAKeyOnAnotherCurve_whenMade_thenRefused() throws Exception {
        assertThatThrownBy(() -> new DailyClosing("P", "EUR", LocalDate.of(2026, 3, 2), 1, 1, List.of(new Total("A", "NONE", 1, 0)))).hasMessageContaining("does not balance");
        assertThatThrownBy(() -> new DailyClosing("P", "EUR", LocalDate.of(2026, 3, 2), 1, 1, List.of(new Total("A", "NONE", 1, 0), new Total("A", "NONE", 0, 1)))).hasMessageContaining("twice");
        assertThatThrownBy(() -> new DailyClosing("../P", "EUR", LocalDate.of(2026, 3, 2), 1, 1, List.of())).hasMessageContaining("A-Z");
        final KeyPair other = pair("secp384r1");
        assertThatThrownBy(() -> new ClosingWriter((ECPrivateKey) other.getPrivate(), "k")).hasMessageContaining("P-256");
    }
}
