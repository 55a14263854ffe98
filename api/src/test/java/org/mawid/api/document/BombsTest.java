package org.mawid.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mawid.api.document.HandPdf.contents;
import static org.mawid.api.document.HandPdf.deflated;
import static org.mawid.api.document.HandPdf.object;
import static org.mawid.api.document.HandPdf.picture;
import static org.mawid.api.document.HandPdf.stream;
import static org.mawid.api.document.Specimens.ascii;
import static org.mawid.api.document.Specimens.joined;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.document.DocumentException.Reason;

/** Small files that would become large, or take long. */
@Timeout(120)
class BombsTest {
    private static final String GRAY = "/Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 ";
    private static final int MEBI = 1 << 20;
    private final Judge judge = new Judge(DocumentLimits.USUAL);

    @Test
    void givenASmallPictureWhoseStreamInflatesTo600Mebibytes_thenRefused_andNothingOfItIsHeld() throws Exception {
        final byte[] bomb = picture(GRAY + "/Filter /FlateDecode", deflated(600, 0));
        assertThat(bomb).hasSizeLessThan(MEBI);
        final long before = allocated();
        refused(Reason.PIXELS, bomb);
        assertThat(allocated() - before).as("bytes that this thread took").isLessThan(20L * MEBI);
    }

    @Test
    void givenWhatIsCompressedTwice_orAsOtherFiltersDo_thenRefusedAsWell() throws Exception {
        final byte[] twice = deflated(deflated(100, 0));
        refused(Reason.BYTES, contents("/Filter [/FlateDecode /FlateDecode]", twice), contents("/Filter [/FlateDecode /FlateDecode /FlateDecode /FlateDecode /FlateDecode]", twice));
        refused(Reason.PIXELS, picture(GRAY + "/Filter [/FlateDecode /FlateDecode]", twice));
        refused(Reason.BYTES, contents("/Filter [/FlateDecode /RunLengthDecode]", deflated(joinedOf(MEBI, new byte[] {(byte) 129, ' '}))));
        refused(Reason.BYTES, contents("/Filter [/ASCIIHexDecode /FlateDecode]", hexadecimal(deflated(100, ' '))));
        refused(Reason.BYTES, contents("/Filter /LZWDecode", lzw(200_000)), contents("/Filter [/LZWDecode /FlateDecode]", lzw(10)));
        refused(Reason.PIXELS, picture(GRAY + "/Filter /LZWDecode", lzw(40_000)));
        refused(Reason.BYTES, contents("/Filter /FlateDecode", deflated(30, ' ')));
        refused(Reason.BYTES, HandPdf.of("", "", stream("/Filter /FlateDecode", deflated(20, '%')), stream("/Filter /FlateDecode", deflated(20, '%')), stream("/Filter /FlateDecode", deflated(20, '%')),
                stream("/Filter /FlateDecode", deflated(20, '%'))));
    }

    @Test
    void givenPicturesWithinAPagesContents_thenTheirSizesAreBounded_andWhatTheyInflateTo() throws Exception {
        refused(Reason.PIXELS, contents("", ascii("q BI /W 30000 /H 30000 /CS /G /BPC 8 ID xxxx EI Q")));
        refused(Reason.PIXELS, contents("", ascii("q BI /Width 30000 /#48eight 30000 /CS /G /BPC 8 ID xxxx EI Q")));
        refused(Reason.PIXELS, contents("", joined(ascii("q BI /W 10 /H 10 /CS /G /BPC 8 /F /Fl ID "), deflated(30, 0), ascii("\nEI Q"))));
        refused(Reason.PIXELS, HandPdf.of("", "/Contents [4 0 R 5 0 R]", stream("", ascii("q BI /W 30000 /H")), stream("", ascii("30000 /CS /G /BPC 8 ID xxxx EI Q"))));
        refused(Reason.PIXELS, contents("/Subtype /Image /Width 1 /Height 1", ascii("q BI /W 30000 /H 30000 /CS /G /BPC 8 ID xxxx EI Q")));
        taken(contents("", ascii("q 100 0 0 100 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \u0001\u0002\u0003\u0004 EI Q")));
    }

    @Test
    void givenAPictureWithAHeaderOfItsOwn_thenThatIsBelieved_andNotThePdf() throws Exception {
        final byte[] jpeg = Specimens.picture("jpeg", 32, 32);
        taken(picture("/Width 32 /Height 32 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", jpeg));
        final byte[] large = jpeg.clone();
        final int sizes = Judge.indexOf(large, new byte[] {(byte) 0xFF, (byte) 0xC0}, large.length) + 5;
        ByteBuffer.wrap(large).putShort(sizes, (short) 30_000).putShort(sizes + 2, (short) 30_000);
        refused(Reason.PIXELS, picture("/Width 32 /Height 32 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", large));
        refused(Reason.PIXELS, picture("/Width 32 /Height 32 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter [/FlateDecode /DCTDecode]", deflated(large)));
        refused(Reason.PIXELS, picture("/Width 32 /Height 32 /Filter /JPXDecode", ByteBuffer.allocate(60).put(new byte[] {(byte) 0xFF, 0x4F, (byte) 0xFF, 0x51, 0, 41, 0, 0}).putInt(100_000).putInt(100_000).array()));
        refused(Reason.PIXELS, picture("/Width 32 /Height 32 /ImageMask true /Filter /CCITTFaxDecode /DecodeParms << /Columns 100000 /Rows 100000 >>", new byte[10]));
        refused(Reason.PIXELS, picture("/Width 32 /Height 32 /ImageMask true /Filter /JBIG2Decode", ByteBuffer.allocate(30).putInt(0).put((byte) 48).put((byte) 0).put((byte) 1).putInt(19).putInt(100_000).putInt(100_000).array()));
    }

    @Test
    void givenHonestPictures_thenTaken() throws Exception {
        taken(picture("/Width 1000 /Height 1000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode", deflated(new byte[3_000_000])));
        taken(picture("/Width 1000 /Height 1000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 1 /BitsPerComponent 8 /Columns 1000 >>", deflated(new byte[1_001_000])));
        taken(picture("/Width 2480 /Height 3508 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode", deflated(25, 0)));
        taken(picture(GRAY + "/Filter /LZWDecode", lzw(100)));
    }

    @Test
    void givenTablesAndRowsWithoutEnd_thenRefused() throws Exception {
        refused(Reason.BROKEN, picture(GRAY + "/Filter /FlateDecode /DecodeParms << /Predictor 2 /Columns 0 >>", deflated(1, 0)));
        refused(Reason.PIXELS, picture(GRAY + "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 >>", deflated(1, 0)));
        refused(Reason.BROKEN, withTable("/W [0 0 0] /Index [0 2000000000]", deflated(1, 0)));
        refused(Reason.BYTES, withTable("/W [0 1 0] /Index [0 2000000000]", deflated(20, 1)));
    }

    @Test
    void givenMoreObjectsThanAnybodyNeeds_orObjectsWithinObjects_thenRefused() throws Exception {
        refused(Reason.BYTES, HandPdf.of("", "", object("[" + "[]".repeat(2_000_000) + "]")));
        refused(Reason.BYTES, contents("/Filter /FlateDecode", deflated(ascii("[" + "[]".repeat(2_000_000) + "]"))));
        refused(Reason.BYTES, withObjects("4 0 ", "[" + "[]".repeat(2_000_000) + "]"));
        refused(Reason.BYTES, overlapping(2_000));
        judged(HandPdf.of("", "", object("[".repeat(200_000) + "]".repeat(200_000))));
        judged(contents("", ascii("[".repeat(200_000))));
        judged(HandPdf.of("", "", object("<< /A ".repeat(200_000) + ">>".repeat(200_000))));
    }

    @Test
    void givenATreeOfPagesThatIsDeep_orGoesRound_orNamesAPageOverAndOver_thenTakenOrRefused_andNeverAnAccident() throws Exception {
        final List<byte[]> deep = new ArrayList<>(List.of(object("<< /Type /Catalog /Pages 2 0 R >>")));
        for (int i = 2; i < 20_000; i++) {
            deep.add(object("<< /Type /Pages /Kids [" + (i + 1) + " 0 R] /Count 1 >>"));
        }
        deep.add(object("<< /Type /Page /MediaBox [0 0 10 10] >>"));
        judged(HandPdf.of(deep));
        refused(Reason.BROKEN, HandPdf.of(List.of(object("<< /Type /Catalog /Pages 2 0 R >>"), object("<< /Type /Pages /Kids [2 0 R] /Count 1 >>"))));
        refused(Reason.PAGES, HandPdf.of(List.of(object("<< /Type /Catalog /Pages 2 0 R >>"), object("<< /Type /Pages /Count 1 /Kids [" + "3 0 R ".repeat(100_000) + "] >>"), object("<< /Type /Page /MediaBox [0 0 10 10] >>"))));
    }

    @Test
    void givenADamagedFileThatIsSearchedFromEndToEnd_thenTakenOrRefused() throws Exception {
        judged(joined(ascii("%PDF-1.7\n"), ascii("1 0 obj ".repeat(500_000)), ascii("\n%%EOF")));
        judged(joined(ascii("%PDF-1.7\n"), ascii("trailer << ".repeat(300_000)), ascii("\n%%EOF")));
        judged(joined(ascii("%PDF-1.7\n"), ascii("xref\n0 9\n".repeat(300_000)), ascii("\nstartxref\n9\n%%EOF")));
    }

    @Test
    void givenPagesWithinPagesTenDeep_thenTaken_andThereIsNoSmallPicture() throws Exception {
        final byte[] nested = HandPdf.nested(10);
        assertThat(nested).hasSizeLessThan(4_000);
        taken(nested);
        final Thumbnails thumbnails = new Thumbnails(DocumentLimits.USUAL);
        final List<CompletableFuture<byte[]>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(thumbnails.of(DocumentType.PDF, nested));
        }
        assertThat(asked).allSatisfy(drawn -> assertThat(drawn.join()).isNull());
    }

    @Test
    void givenPagesWithinPages_thenTheyAreNotDrawnForEver_whateverTheTime() {
        assertThat(Thumbnails.drawn(DocumentType.PDF, HandPdf.nested(12), DocumentLimits.USUAL, System.nanoTime() + 3_600_000_000_000L)).as("too many steps, and an hour to go").isNull();
        assertThat(Thumbnails.drawn(DocumentType.PDF, HandPdf.nested(2), DocumentLimits.USUAL, System.nanoTime() + 3_600_000_000_000L)).isNotEmpty();
        assertThat(Thumbnails.drawn(DocumentType.PDF, HandPdf.nested(2), DocumentLimits.USUAL, System.nanoTime() - 1)).as("too late").isNull();
    }

    @Test
    void givenALineOfABillionDashes_thenItIsDrawnWhole() {
        assertThat(Thumbnails.drawn(DocumentType.PDF, contents("", ascii("[0.0000001] 0 d 0 0 m 200 200 l S")), DocumentLimits.USUAL, System.nanoTime() + 3_600_000_000_000L)).isNotEmpty();
    }

    // ---- how they are made

    private static byte[] withTable(final String table, final byte[] content) {
        final byte[] before = ascii("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
        return joined(before, ascii("4 0 obj\n"), stream("/Type /XRef /Root 1 0 R /Size 5 /Filter /FlateDecode " + table, content), ascii("\nendobj\nstartxref\n" + before.length + "\n%%EOF\n"));
    }

    /** A file whose fourth object is in a stream. */
    private static byte[] withObjects(final String numbers, final String objects) throws IOException {
        final List<byte[]> all = List.of(object("<< /Type /Catalog /Pages 2 0 R >>"), object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"), object("<< /Type /Page /MediaBox [0 0 10 10] /Parent 2 0 R >>"));
        final List<Integer> places = new ArrayList<>();
        byte[] file = ascii("%PDF-1.7\n");
        for (int i = 0; i < all.size(); i++) {
            places.add(file.length);
            file = joined(file, ascii(i + 1 + " 0 obj\n"), all.get(i), ascii("\nendobj\n"));
        }
        places.add(file.length);
        file = joined(file, ascii("5 0 obj\n"), stream("/Type /ObjStm /N 1 /First " + numbers.length() + " /Filter /FlateDecode", deflated(ascii(numbers + objects))), ascii("\nendobj\n"));
        final ByteBuffer table = ByteBuffer.allocate(7 * 6);
        table.put(new byte[7]);
        for (int i = 0; i < 3; i++) {
            table.put((byte) 1).putInt(places.get(i)).putShort((short) 0);
        }
        table.put((byte) 2).putInt(5).putShort((short) 0).put((byte) 1).putInt(places.get(3)).putShort((short) 0);
        return joined(file, ascii("6 0 obj\n"), stream("/Type /XRef /Root 1 0 R /Size 6 /W [1 4 2]", table.array()), ascii("\nendobj\nstartxref\n" + file.length + "\n%%EOF\n"));
    }

    /** Each object begins within the text of the one before, and has all the rest as its own. */
    private static byte[] overlapping(final int objects) {
        byte[] file = ascii("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /MediaBox [0 0 10 10] >>\nendobj\n");
        final StringBuilder table = new StringBuilder("xref\n0 " + (objects + 4) + "\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000115 00000 n \n");
        final StringBuilder body = new StringBuilder();
        for (int i = 4; i < objects + 4; i++) {
            table.append(String.format("%010d 00000 n \n", file.length + body.length()));
            body.append(i).append(" 0 obj\n(").append("x".repeat(100));
        }
        body.append(")".repeat(objects)).append("\nendobj\n");
        file = joined(file, ascii(body.toString()));
        return joined(file, ascii(table + "trailer\n<< /Size " + (objects + 4) + " /Root 1 0 R >>\nstartxref\n" + file.length + "\n%%EOF\n"));
    }

    private static byte[] joinedOf(final int times, final byte[] part) {
        final byte[] all = new byte[times * part.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = part[i % part.length];
        }
        return all;
    }

    private static byte[] hexadecimal(final byte[] content) {
        return ascii(java.util.HexFormat.of().formatHex(content) + '>');
    }

    /** Spaces: each code means one more than the one before, and the table begins anew when it is full. */
    private static byte[] lzw(final int codes) {
        final byte[] all = new byte[codes * 2 + 16];
        long held = 0;
        int bits = 0;
        int at = 0;
        int known = 258;
        boolean isFirst = true;
        for (int i = 0; i < codes; i++) {
            final int width = known + 1 < 512 ? 9 : known + 1 < 1_024 ? 10 : known + 1 < 2_048 ? 11 : 12;
            final int code = isFirst ? ' ' : known < 4_000 ? known : 256;
            held = held << width | code;
            bits += width;
            if (code == 256) {
                known = 258;
                isFirst = true;
            } else {
                known += isFirst ? 0 : 1;
                isFirst = false;
            }
            while (bits >= 8) {
                all[at++] = (byte) (held >>> (bits -= 8));
            }
        }
        all[at++] = (byte) (held << 8 - bits);
        return Arrays.copyOf(all, at);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private void taken(final byte[] content) throws DocumentException {
        assertThat(judge.judge(content).type()).isEqualTo(DocumentType.PDF);
    }

    private void judged(final byte[] content) {
        try {
            judge.judge(content);
        } catch (final DocumentException refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }

    private void refused(final Reason reason, final byte[]... contents) {
        for (int i = 0; i < contents.length; i++) {
            final byte[] content = contents[i];
            assertThat(content).as("number %d", i).hasSizeLessThan(DocumentLimits.USUAL.bytes());
            assertThatThrownBy(() -> judge.judge(content)).as("number %d", i).isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.reason()).isEqualTo(reason));
        }
    }
}
