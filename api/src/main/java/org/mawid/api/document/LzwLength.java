package org.mawid.api.document;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.mawid.api.document.DocumentException.Reason;

/** How many bytes an LZW stream becomes, of which none is made: PDFBox remembers each of them, and more. ISO 32000-1, 7.4.4. */
final class LzwLength {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int CODES = 4_096;
    private static final int FIRST_BITS = 9;
    private static final int MOST_BITS = 12;
    /** More would take the library a second: a table is begun anew when 3 800 strings are known. */
    private static final int MOST_CLEARED = 20_000;

    private LzwLength() {
    }

    /** @param index of the filter among those of the stream @param isRead whether the library decodes it afterwards, and must be able to @throws IOException it cannot be read */
    static void write(final InputStream encoded, final COSDictionary dictionary, final int index, final PdfDecoding.Counter out, final boolean isRead) throws IOException {
        final int early = isEarly(dictionary, index) ? 1 : 0;
        final InputStream in = new BufferedInputStream(encoded);
        final int[] lengths = new int[CODES];
        java.util.Arrays.fill(lengths, 0, CLEAR, 1);
        int known = END + 1;
        int before = 0;
        int cleared = 0;
        int held = 0;
        int bits = 0;
        while (true) {
            final int width = width(known + early);
            while (bits < width) {
                final int next = in.read();
                if (next < 0) {
                    return;
                }
                held = held << Byte.SIZE | next;
                bits += Byte.SIZE;
            }
            bits -= width;
            final int code = held >>> bits & (1 << width) - 1;
            held &= (1 << bits) - 1;
            if (code == END) {
                return;
            } else if (code == CLEAR) {
                known = END + 1;
                before = 0;
                PdfBudget.within(!isRead || ++cleared <= MOST_CLEARED, Reason.BYTES);
                continue;
            } else if (code > known || code == known && before == 0) {
                return; // damaged
            }
            final int length = code == known ? before + 1 : lengths[code];
            out.count(length);
            if (before > 0) {
                PdfBudget.within(known < CODES || !isRead, Reason.BYTES); // the library would learn strings for ever
                if (known < CODES) {
                    lengths[known++] = before + 1;
                }
            }
            before = length;
        }
    }

    private static int width(final int known) {
        int width = FIRST_BITS;
        while (width < MOST_BITS && known >= 1 << width) {
            width++;
        }
        return width;
    }

    private static boolean isEarly(final COSDictionary dictionary, final int index) {
        final COSBase all = dictionary.getDictionaryObject(COSName.DP, COSName.DECODE_PARMS);
        final COSBase mine = all instanceof COSArray array && index < array.size() ? array.getObject(index) : all;
        return !(mine instanceof COSDictionary parameters) || parameters.getInt(COSName.EARLY_CHANGE, 1) != 0;
    }
}
