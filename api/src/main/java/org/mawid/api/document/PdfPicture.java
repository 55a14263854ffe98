package org.mawid.api.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;

/** How large a picture within a PDF is that has a format of its own, by its own header: what the PDF says of it is another matter. Nothing is decoded. */
final class PdfPicture {
    /** Of a fax, when it does not say. */
    private static final int USUAL_COLUMNS = 1_728;
    /** ISO/IEC 15444-1, A.4 and A.5: the start of a codestream, and its sizes. */
    private static final byte[] CODESTREAM = {(byte) 0xFF, 0x4F, (byte) 0xFF, 0x51};
    private static final int SIZES_AT = 8;
    /** ISO/IEC 14492, 7.2: a number, flags, and what it refers to. */
    private static final int SEGMENT_HEAD = 6;
    private static final int PAGE_INFORMATION = 48;
    private static final int FIRST_REGION = 4;
    private static final int LAST_REGION = 43;
    /** A dictionary among the regions, which begins with no size. */
    private static final int PATTERNS = 16;
    private static final int TYPE_MASK = 0x3F;
    private static final int LONG_PAGE = 0x40;
    private static final int UNKNOWN = -1;

    private PdfPicture() {
    }

    /** @param filter its name in the PDF @param in the picture @throws RefusedException it is too large */
    static void check(final String filter, final COSDictionary dictionary, final InputStream in, final PdfBudget budget) throws IOException {
        switch (filter) {
            case "CCITTFaxDecode", "CCF" -> fax(dictionary, budget);
            case "DCTDecode", "DCT" -> jpeg(in.readAllBytes(), budget);
            case "JPXDecode" -> jpeg2000(in.readAllBytes(), budget);
            default -> jbig2(ByteBuffer.wrap(in.readAllBytes()), budget);
        }
    }

    private static void fax(final COSDictionary dictionary, final PdfBudget budget) {
        final COSBase all = dictionary.getDictionaryObject(COSName.DP, COSName.DECODE_PARMS);
        final int height = dictionary.getInt(COSName.HEIGHT, COSName.H, 0);
        if (all instanceof COSDictionary one) {
            fax(one, height, budget);
        } else if (all instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getObject(i) instanceof COSDictionary one) {
                    fax(one, height, budget);
                }
            }
        } else {
            budget.picture(USUAL_COLUMNS, Math.max(0, height));
        }
    }

    private static void fax(final COSDictionary parameters, final int height, final PdfBudget budget) {
        final int rows = parameters.getInt(COSName.ROWS, 0);
        budget.picture(Math.max(0, parameters.getInt(COSName.COLUMNS, USUAL_COLUMNS)), Math.max(0, Math.max(rows, height)));
    }

    private static void jpeg(final byte[] content, final PdfBudget budget) {
        PdfBudget.within(Structure.scansOfJpeg(content) <= PictureCheck.MOST_SCANS, DocumentException.Reason.PIXELS);
        final ImageReader reader = PictureCheck.reader(DocumentType.JPEG);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content, content.length > 0 && content[0] == '\n' ? 1 : 0, content.length))) {
            reader.setInput(in, false, true);
            budget.picture(reader.getWidth(0), reader.getHeight(0));
        } catch (final RefusedException tooLarge) {
            throw tooLarge;
        } catch (final IOException | RuntimeException damaged) {
            return; // nobody can decode it either
        } finally {
            reader.dispose();
        }
    }

    private static void jpeg2000(final byte[] content, final PdfBudget budget) {
        final int at = Judge.indexOf(content, CODESTREAM, content.length);
        if (at >= 0 && at + SIZES_AT + 2 * Integer.BYTES <= content.length) {
            final ByteBuffer bytes = ByteBuffer.wrap(content);
            budget.picture(Integer.toUnsignedLong(bytes.getInt(at + SIZES_AT)), Integer.toUnsignedLong(bytes.getInt(at + SIZES_AT + Integer.BYTES)));
        }
    }

    /** Segments as they stand in a PDF: one behind the other, each with its head. */
    private static void jbig2(final ByteBuffer bytes, final PdfBudget budget) {
        int at = 0;
        while (at + SEGMENT_HEAD < bytes.limit()) {
            final long number = Integer.toUnsignedLong(bytes.getInt(at));
            final int flags = bytes.get(at + Integer.BYTES) & 0xFF;
            final int few = (bytes.get(at + Integer.BYTES + 1) & 0xFF) >>> 5;
            final long count = few < 7 ? few : bytes.getInt(at + Integer.BYTES + 1) & 0x1FFF_FFFFL;
            final long refers = few < 7 ? 1 : Integer.BYTES + (count + Byte.SIZE) / Byte.SIZE;
            final long each = number <= 256 ? 1 : number <= 65_536 ? 2 : Integer.BYTES;
            final long lengthAt = at + Integer.BYTES + 1 + refers + count * each + ((flags & LONG_PAGE) == 0 ? 1 : Integer.BYTES);
            if (lengthAt + 3 * Integer.BYTES > bytes.limit()) {
                return;
            }
            final int type = flags & TYPE_MASK;
            final int data = (int) lengthAt + Integer.BYTES;
            if (type == PAGE_INFORMATION || type >= FIRST_REGION && type <= LAST_REGION && type != PATTERNS) {
                final int height = bytes.getInt(data + Integer.BYTES);
                budget.picture(Integer.toUnsignedLong(bytes.getInt(data)), height == UNKNOWN ? 0 : Integer.toUnsignedLong(height));
            }
            final long length = Integer.toUnsignedLong(bytes.getInt((int) lengthAt));
            if (data + length > bytes.limit()) {
                return;
            }
            at = (int) (data + length);
        }
    }
}
