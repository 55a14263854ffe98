package org.mawid.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.stamp.document.StampDocument;
import org.mawid.api.stamp.document.StampFacts;
import org.mawid.engine.DataDirectory;

/** A post without a connection: keys that were fetched once, and a paper. */
class StampCommandsTest {
    private static final String SECRET = "23K3-9QF2-T4VXH";
    private static final StampFacts STAMP = new StampFacts("1234567890123402", "1ZZZ-0001-AB2C9", 1, "MA-CG-PARIS", "REGISTRATION", 123_450, 11_425, "EUR", 2,
            Instant.parse("2026-03-02T08:15:00Z").toEpochMilli(), 0, Instant.parse("2026-03-03T00:00:00Z").toEpochMilli());

    @TempDir
    private Path folder;
    private Path data;
    private Path keyFile;
    private Path keys;
    private String token;

    @BeforeEach
    void issue() throws IOException {
        data = folder.resolve("data");
        keyFile = Files.createDirectories(new DataDirectory(data).edge()).resolve(SigningKeys.FILE);
        token = new StampDocument(SigningKeys.open(keyFile), "mawid").token(STAMP);
        keys = Files.writeString(folder.resolve("stamps.jwks"), Said.by(new StampKeysCommand(), "--data", data).out());
    }

    @Test
    void givenAPicture_whenVerified_thenItSaysWhatWasSigned() throws IOException {
        final Path image = Files.write(folder.resolve("code.png"), StampDocument.qr(token));
        final Path page = folder.resolve("page.jpg");
        try (PDDocument pdf = Loader.loadPDF(StampDocument.pdf(STAMP, token, SECRET, ZoneOffset.UTC))) {
            ImageIO.write(new PDFRenderer(pdf).renderImageWithDPI(0, 200), "jpeg", page.toFile());
        }
        for (final Object[] given : new Object[][] {{"--image", image}, {"--image", page}, {"--text", token}, {"--text", token + '\n'}}) {
            final Said said = Said.by(new VerifyStampCommand(), "--keys", keys, given[0], given[1]);
            assertThat(said.code()).as("%s", said).isZero();
            assertThat(said.err()).isEmpty();
            assertThat(said.out().lines()).containsExactly("GENUINE      signed by mawid, key " + SigningKeys.read(keyFile).newest(), "serial       1234567890123402",
                    "application  1ZZZ-0001-AB2C9, line 2", "service      REGISTRATION at MA-CG-PARIS", "amount       1 234,50 MAD = 114,25 EUR",
                    "issued       2026-03-02T08:15:00Z", "paid         not when this was made", "valid until  2026-03-03T00:00:00Z  PAST");
        }
    }

    @Test
    void givenAChangedStamp_whenVerified_thenForgedAndWhatToDo() {
        assertRefused("FORGED: it names the key " + kid() + ", which has not signed it. Do not accept it, and keep the paper",
                "--keys", keys, "--text", token.substring(0, 100) + (token.charAt(100) == 'A' ? 'B' : 'A') + token.substring(101));
    }

    @Test
    void givenOldKeys_whenVerified_thenWhichIsMissingAndHowToGetIt() throws IOException {
        final Said added = Said.by(new StampKeysCommand(), "--data", data, "--new");
        assertThat(added.code()).isZero();
        final SigningKeys two = SigningKeys.read(keyFile);
        assertThat(added.out().strip()).isEqualTo(two.publicKeys());
        assertThat(added.err()).hasLineCount(1).startsWith("note: " + two.newest() + " signs from the server's next start on");

        final String newer = new StampDocument(two, "mawid").token(STAMP);
        assertRefused("not known: it names the key " + two.newest() + ", which is not in " + keys
                + ". If the keys are old, make the file again with mawid stamp-keys --data DIR; else it is not a stamp of ours", "--keys", keys, "--text", newer);
        Files.writeString(keys, added.out());
        assertThat(Said.by(new VerifyStampCommand(), "--keys", keys, "--text", newer).code()).isZero();
        assertThat(Said.by(new VerifyStampCommand(), "--keys", keys, "--text", token).code()).as("of the older key").isZero();
    }

    @Test
    void givenNoStamp_whenVerified_thenItSaysSo() {
        assertRefused("no stamp: it is not three parts in base64url. Scan the code again; if it stays so, do not accept it", "--keys", keys, "--text", "hello");
        assertRefused("no stamp: it is not three parts in base64url. Scan the code again; if it stays so, do not accept it", "--keys", keys, "--text", "");
    }

    @Test
    void givenPicturesWithoutAReadableCode_whenVerified_thenWhatIsTheMatter() throws IOException {
        final Path blank = folder.resolve("blank.png");
        ImageIO.write(new BufferedImage(300, 300, BufferedImage.TYPE_BYTE_GRAY), "png", blank.toFile());
        assertRefused("no QR code can be read in " + blank + ": take the picture again, sharp, from straight above and with the white around the code",
                "--keys", keys, "--image", blank);
        final Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        assertRefused(text + " is no image that can be read: give a PNG or JPEG of the page or of its QR code", "--keys", keys, "--image", text);
        assertRefused("cannot read " + folder + ": it is a folder", "--keys", keys, "--image", folder);
        final Path nowhere = folder.resolve("nowhere.png");
        assertRefused("cannot read " + nowhere + ": it is not there", "--keys", keys, "--image", nowhere);
        final Path code = Files.write(folder.resolve("half.png"), StampDocument.qr(token));
        try (RandomAccessFile half = new RandomAccessFile(code.toFile(), "rw")) {
            half.setLength(half.length() / 2);
        }
        final Said said = Said.by(new VerifyStampCommand(), "--keys", keys, "--image", code);
        assertThat(said.code()).isOne();
        assertThat(said.err()).hasLineCount(1).contains(code.toString());
    }

    /** Its header says 60 000 times 60 000, and nothing else is there. */
    @Test
    void givenAnImageThatWouldFillTheMemory_whenVerified_thenItIsNotUnpacked() throws IOException {
        final byte[] png = StampDocument.qr(token);
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        final CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
        final Path bomb = Files.write(folder.resolve("bomb.png"), png);
        assertRefused(bomb + " has more than 40 million pixels: give a smaller image of the QR code", "--keys", keys, "--image", bomb);
    }

    @Test
    void givenKeysThatCannotBeUsed_whenVerified_thenWhyAndHowToMakeThem() throws IOException {
        final Path none = Files.writeString(folder.resolve("none"), "{}");
        assertRefused("cannot use " + none + ": it is no JWK Set (RFC 7517); make it where the server is, with mawid stamp-keys --data DIR",
                "--keys", none, "--text", token);
        final Path nowhere = folder.resolve("nowhere");
        assertRefused("cannot read " + nowhere + ": it is not there", "--keys", nowhere, "--text", token);
    }

    @Test
    void givenNeitherImageNorText_orBoth_whenVerified_thenItIsNotUnderstood() {
        assertThat(Said.by(new VerifyStampCommand(), "--keys", keys).code()).isEqualTo(2);
        assertThat(Said.by(new VerifyStampCommand(), "--keys", keys, "--text", token, "--image", keys).code()).isEqualTo(2);
    }

    @Test
    void givenADirectoryWithoutKeys_whenAskedForThem_thenNoneAreMadeAndItSaysHow() throws IOException {
        Files.delete(keyFile);
        final Said said = Said.by(new StampKeysCommand(), "--data", data);
        assertThat(said).isEqualTo(new Said(1, "", data + " has no keys for stamps yet: a server makes them when it starts, or --new does now" + System.lineSeparator()));
        assertThat(keyFile).doesNotExist();
        assertThat(Said.by(new StampKeysCommand(), "--data", folder.resolve("other"), "--new").err()).contains("is no data directory that was served");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void givenTheKeys_whenPrinted_thenNothingPrivateIsShown() throws IOException {
        assertThat(Files.readString(keys)).hasLineCount(1).doesNotContain("\"d\"").contains("\"kid\":\"" + kid() + '"');
        Files.writeString(keyFile, Files.readString(keyFile).replace("\"kty\"", "\"kyt\""));
        final Said damaged = Said.by(new StampKeysCommand(), "--data", data);
        assertThat(damaged.code()).isOne();
        assertThat(damaged.err()).hasLineCount(1).contains(keyFile.toString()).contains("restore it from a back-up");
    }

    private String kid() {
        try {
            return SigningKeys.read(keyFile).newest();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(final String line, final Object... arguments) {
        assertThat(Said.by(new VerifyStampCommand(), arguments)).isEqualTo(new Said(1, "", line + System.lineSeparator()));
    }
}
