package org.mawid.api.stamp.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key once used verifies for ever; what is private stays in its file. */
class SigningKeysTest {
    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve(SigningKeys.FILE);
    }

    @Test
    void givenNoFile_whenOpened_thenItIsMadeOnceForItsOwnerAndKept() throws IOException {
        final SigningKeys first = SigningKeys.open(file);

        assertThat(SigningKeys.open(file).publicKeys()).isEqualTo(first.publicKeys());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(first.newest()).matches("1-[A-Za-z0-9_-]{8}");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void givenNoFile_whenOnlyRead_thenNoneIsMade() {
        assertThatThrownBy(() -> SigningKeys.read(file)).isInstanceOf(NoSuchFileException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void givenANewerKey_whenSigned_thenTheNewestSignsAndAllVerify() throws Exception {
        final SigningKeys one = SigningKeys.open(file);
        final String old = new StampDocument(one, "mawid").token(StampPages.PAID);

        final SigningKeys two = SigningKeys.addNewer(file);
        final SigningKeys three = SigningKeys.addNewer(file);

        assertThat(three.newest()).startsWith("3-");
        final String now = new StampDocument(SigningKeys.open(file), "mawid").token(StampPages.PAID);
        final StampVerifier all = StampVerifier.of(three.publicKeys());
        assertThat(all.verify(old)).isEqualTo(new Verification.Genuine(StampPages.PAID, "mawid", one.newest()));
        assertThat(all.verify(now)).isEqualTo(new Verification.Genuine(StampPages.PAID, "mawid", three.newest()));
        assertThat(StampVerifier.of(one.publicKeys()).verify(now)).as("a set from before").isEqualTo(new Verification.UnknownKey(three.newest()));
        assertThat(JWKSet.parse(two.publicKeys()).getKeys()).hasSize(2);
    }

    @Test
    void givenThePublicKeys_whenShown_thenNothingPrivateIsInThem() throws Exception {
        final SigningKeys keys = SigningKeys.open(file);
        final ECKey secret = (ECKey) JWKSet.parse(Files.readString(file)).getKeys().get(0);

        assertThat(keys.publicKeys()).doesNotContain(secret.getD().toString()).doesNotContain("\"d\"").contains(secret.getX().toString());
        assertThat(JWKSet.parse(keys.publicKeys()).getKeys()).allMatch(key -> !key.isPrivate());
    }

    @Test
    void givenADamagedFile_whenOpened_thenItSaysWhatToDoAndNotWhatIsInIt() throws Exception {
        final SigningKeys keys = SigningKeys.open(file);
        final String good = Files.readString(file);
        final String d = ((ECKey) JWKSet.parse(good).getKeys().get(0)).getD().toString();
        SigningKeys.open(folder.resolve("others"));
        final String otherD = ((ECKey) JWKSet.parse(Files.readString(folder.resolve("others"))).getKeys().get(0)).getD().toString();
        for (final String text : List.of("", "# nothing\n", "{\"keys\":[]}", keys.publicKeys(), good.substring(0, good.length() / 2), good.replace(d, otherD),
                good.replace(keys.newest(), "1-AAAAAAAA"), good.replace("\"1-", "\"0-"), good.replace(d, "A".repeat(d.length())),
                good.replace("]}", "," + good.substring(good.indexOf('[') + 1)))) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> SigningKeys.open(file)).as(text.replace(d, "D")).isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString()).hasMessageContaining("restore it from a back-up").hasMessageNotContaining(d).hasNoCause();
            assertThat(file).as("left as it was").hasContent(text);
        }
    }
}
