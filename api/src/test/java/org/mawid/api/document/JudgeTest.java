package org.mawid.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mawid.api.document.Specimens.ascii;
import static org.mawid.api.document.Specimens.joined;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.junit.jupiter.api.Test;
import org.mawid.api.document.DocumentException.Reason;

/** What an applicant may hand in, and what somebody tries to hand in instead. */
class JudgeTest {
    private final Judge judge = new Judge(DocumentLimits.USUAL);

    @Test
    void givenDocumentsOfEachKind_thenTheyAreWhatTheirContentSays() throws Exception {
        assertThat(judge.judge(Specimens.pdf(3, "acte"))).isEqualTo(new Judged(DocumentType.PDF, 3, 0, 0));
        assertThat(judge.judge(joined(Specimens.pdf(1, "acte"), ascii("\r\n\n")))).isEqualTo(new Judged(DocumentType.PDF, 1, 0, 0));
        assertThat(judge.judge(Specimens.picture("jpeg", 640, 480))).isEqualTo(new Judged(DocumentType.JPEG, 1, 640, 480));
        assertThat(judge.judge(Specimens.picture("png", 64, 48))).isEqualTo(new Judged(DocumentType.PNG, 1, 64, 48));
        assertThat(judge.judge(Specimens.heic(4032, 3024))).isEqualTo(new Judged(DocumentType.HEIC, 1, 4032, 3024));
    }

    @Test
    void givenAnythingElse_thenItIsNoneOfTheTypes() throws Exception {
        for (final byte[] content : List.of(ascii("MZ\u0090\u0000"), Specimens.zip(), ascii("<html><script>"), ascii("GIF89a\u0001\u0000\u0001\u0000"), ascii("plain"), ascii("<svg xmlns='http://www.w3.org/2000/svg'/>"),
                ascii("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1"), ascii("{\\rtf1}"), ascii("#!/bin/sh"), ascii("BM"), new byte[0])) {
            refused(Reason.TYPE, content);
        }
    }

    @Test
    void givenTwoFilesInOne_thenRefusedWhicheverIsFirst() throws Exception {
        final byte[] pdf = Specimens.pdf(1, "x");
        final byte[] jpeg = Specimens.picture("jpeg", 32, 32);
        final byte[] png = Specimens.picture("png", 32, 32);
        for (final byte[] content : List.of(joined(pdf, Specimens.zip()), joined(jpeg, Specimens.zip()), joined(png, Specimens.zip()),
                joined(jpeg, new byte[1]), joined(png, new byte[1]), joined(jpeg, pdf), joined(pdf, ascii("<html>")), joined(Specimens.heic(10, 10), ascii("tail")),
                joined(Specimens.heic(10, 10), Specimens.box("free", Specimens.zip())))) {
            refused(Reason.POLYGLOT, content);
        }
        final byte[] commented = joined(Arrays.copyOf(jpeg, 2), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 10}, ascii("%PDF-1.7"), Arrays.copyOfRange(jpeg, 2, jpeg.length));
        assertThat(ImageIO.read(new ByteArrayInputStream(commented))).isNotNull();
        refused(Reason.POLYGLOT, commented);
        assertThatThrownBy(() -> judge.judge(joined(ascii("GIF89a"), pdf))).isInstanceOf(DocumentException.class);
        assertThatThrownBy(() -> judge.judge(joined(ascii("\n"), pdf))).isInstanceOf(DocumentException.class);
    }

    @Test
    void givenATiff_thenNotTaken_forNobodyCanSayWhereOneEnds() throws Exception {
        final byte[] tiff = Specimens.picture("tiff", 64, 48);
        refused(Reason.TYPE, tiff, joined(tiff, ascii("<html><script>alert(1)</script>")), joined(tiff, ascii("MZ\u0090\u0000 program")), joined(tiff, Specimens.zip()));
    }

    @Test
    void givenBoxesThatNoTelephoneMakes_thenRefused() {
        refused(Reason.POLYGLOT, joined(Specimens.heic(10, 10), Specimens.box("html", ascii("<script>alert(1)</script>"))));
        refused(Reason.BROKEN, joined(Specimens.heic(10, 10), Specimens.box("mdat", new byte[8]), new byte[] {0, 0, 0, 0, 'f', 'r', 'e', 'e'}, ascii("<html>")));
    }

    @Test
    void givenAPictureThatIsDrawnOverAThousandTimes_thenRefused() throws Exception {
        final byte[] jpeg = Specimens.picture("jpeg", 32, 32);
        final byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0};
        final byte[][] scans = new byte[1_000][];
        Arrays.fill(scans, scan);
        refused(Reason.PIXELS, joined(Arrays.copyOf(jpeg, jpeg.length - 2), joined(scans), new byte[] {(byte) 0xFF, (byte) 0xD9}));
    }

    @Test
    void givenAZipInsideAPdfBeforeItsEnd_thenRefusedToo() throws Exception {
        final byte[] pdf = Specimens.pdf(1, "x");
        refused(Reason.POLYGLOT, joined(pdf, ascii("%"), Specimens.zip(), ascii("\n%%EOF\n")));
    }

    @Test
    void givenMoreThanThereMayBe_thenRefusedBeforeItIsDecoded() throws Exception {
        refused(Reason.PAGES, Specimens.pdf(DocumentLimits.USUAL.pages() + 1, "x"));
        refused(Reason.PAGES, thatSays(Specimens.pdf(400, "x", CompressParameters.NO_COMPRESSION), "/Count 400", "/Count 1  "));
        refused(Reason.PIXELS, Specimens.pngThatSays(19_999, 19_999), Specimens.pngThatSays(30_000, 1), Specimens.heic(65_535, 65_535), Specimens.heic(-1, -1));
        refused(Reason.PIXELS, pdfWithAPictureThatSays(30_000, 30_000));
        refused(Reason.BYTES, new byte[DocumentLimits.USUAL.bytes() + 1]);
    }

    @Test
    void givenADocxThatIsAMegabyteAndInflatesToMoreThanABillion_thenRefusedAsNoneOfTheTypes_andNothingOfItIsInflated() throws Exception {
        final byte[] bomb = Specimens.docxBomb();
        assertThat(inflated(bomb)).containsOnlyKeys("[Content_Types].xml", "_rels/.rels", "word/document.xml").hasEntrySatisfying("word/document.xml", bytes -> assertThat(bytes).isGreaterThan(1_000_000_000));
        assertThat(inflated(Docx.of(0))).as("a small one").hasEntrySatisfying("word/document.xml", bytes -> assertThat(bytes).isLessThan(1_000));
        final byte[] torn = bomb.clone();
        Arrays.fill(torn, 1_000, torn.length - 1_000, (byte) 0xFF);
        assertThatThrownBy(() -> inflated(torn)).as("cannot be inflated").isInstanceOf(IOException.class);
        final long before = allocated();
        refused(Reason.TYPE, Docx.of(0), bomb, torn);
        refused(Reason.POLYGLOT, joined(Specimens.pdf(1, "x"), bomb), joined(Specimens.picture("png", 32, 32), bomb), joined(Specimens.pdf(1, "x"), torn));
        assertThat(allocated() - before).as("bytes that this thread took").isLessThan(20L * bomb.length);
    }

    @Test
    void givenTenThousandPages_thenRefused() throws Exception {
        refused(Reason.PAGES, Specimens.pdf(10_000, "x"));
    }

    @Test
    void givenAPdfThatActsOrIsLocked_thenRefused() throws Exception {
        try (PDDocument pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            pdf.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert(1)"));
            refused(Reason.ACTIVE, Specimens.saved(pdf));
        }
        try (PDDocument pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            final COSStream file = pdf.getDocument().createCOSStream();
            file.setItem(COSName.TYPE, COSName.getPDFName("EmbeddedFile"));
            pdf.getPage(0).getCOSObject().setItem(COSName.getPDFName("Hidden"), file);
            refused(Reason.ACTIVE, Specimens.saved(pdf));
        }
        for (final String password : List.of("secret", "")) {
            try (PDDocument pdf = new PDDocument()) {
                pdf.addPage(new PDPage());
                pdf.protect(new StandardProtectionPolicy("owner", password, new AccessPermission()));
                refused(Reason.ENCRYPTED, Specimens.saved(pdf));
            }
        }
    }

    @Test
    void givenAnythingCutOrChanged_thenItIsTakenOrRefused_andNeverAnAccident() throws Exception {
        final Random random = new Random(7);
        for (final byte[] whole : List.of(Specimens.pdf(2, "x"), Specimens.picture("jpeg", 40, 40), Specimens.picture("png", 40, 40), Specimens.heic(40, 40))) {
            for (int i = 0; i < 60; i++) {
                judged(Arrays.copyOf(whole, random.nextInt(whole.length)));
                final byte[] changed = whole.clone();
                for (int bytes = random.nextInt(4); bytes >= 0; bytes--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
                judged(changed);
            }
        }
    }

    @Test
    void givenDocuments_thenTheirSmallPicturesAreSmall() throws Exception {
        for (final byte[] content : List.of(Specimens.pdf(1, "acte"), Specimens.picture("jpeg", 1_200, 900), Specimens.picture("png", 3_000, 20))) {
            final var small = ImageIO.read(new ByteArrayInputStream(thumbnail(judge.judge(content).type(), content)));
            assertThat(Math.max(small.getWidth(), small.getHeight())).isBetween(1, Thumbnails.SIDE + 1);
        }
        assertThat(thumbnail(DocumentType.HEIC, Specimens.heic(10, 10))).isNull();
        assertThat(thumbnail(DocumentType.PNG, Specimens.pngThatSays(100, 100))).isNull();
        assertThat(ImageIO.getUseCache()).as("nothing in clear in temporary files").isFalse();
    }

    private static byte[] thumbnail(final DocumentType type, final byte[] content) {
        return new Thumbnails(DocumentLimits.USUAL).of(type, content).join();
    }

    /** Bytes by name, as another program counts them. */
    private static Map<String, Long> inflated(final byte[] zipped) throws IOException {
        final Map<String, Long> bytes = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                bytes.put(entry.getName(), zip.transferTo(OutputStream.nullOutputStream()));
            }
        }
        return bytes;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private void judged(final byte[] content) {
        try {
            final Judged judged = judge.judge(content);
            thumbnail(judged.type(), content);
        } catch (final DocumentException refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }

    private void refused(final Reason reason, final byte[]... contents) {
        for (final byte[] content : contents) {
            assertThatThrownBy(() -> judge.judge(content)).as(new String(content, 0, Math.min(12, content.length), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        }
    }

    private static byte[] thatSays(final byte[] content, final String before, final String after) {
        final String text = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text).contains(before);
        return ascii(text.replace(before, after));
    }

    private static byte[] pdfWithAPictureThatSays(final int width, final int height) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            final COSStream picture = pdf.getDocument().createCOSStream();
            picture.setItem(COSName.SUBTYPE, COSName.IMAGE);
            picture.setItem(COSName.WIDTH, COSInteger.get(width));
            picture.setItem(COSName.HEIGHT, COSInteger.get(height));
            final PDResources resources = new PDResources();
            final COSDictionary pictures = new COSDictionary();
            pictures.setItem(COSName.getPDFName("Im1"), picture);
            resources.getCOSObject().setItem(COSName.XOBJECT, pictures);
            pdf.getPage(0).setResources(resources);
            return Specimens.saved(pdf);
        }
    }
}
