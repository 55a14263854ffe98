package org.mawid.api.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;
import org.mawid.api.document.DocumentException.Reason;

/**
 * What a stream of a PDF becomes when it is decoded, without its ever being held: the same filters as those that read it later write into a counter. A picture may become what its sizes say, with a little more; a table of objects so many
 * objects; any other stream so many bytes. Pictures that have a format of their own (DCT, JPX, JBIG2, CCITT) are not decoded: see {@link PdfPicture}. Names: ISO 32000-1, 7.4.
 */
final class PdfDecoding {
    private static final int MOST_FILTERS = 4;
    private static final int MOST_COMPONENTS = 32;
    private static final int MOST_BITS = 16;
    private static final int BITS = 8;
    /** Of a colour space that says nothing of them: CMYK has as many. */
    private static final int USUAL_COMPONENTS = 4;
    private static final Set<String> PICTURES = Set.of("DCTDecode", "DCT", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF");
    private static final Set<String> LZW = Set.of("LZWDecode", "LZW");

    /** What is encoded, from its first byte on, as often as it is asked for. */
    @FunctionalInterface
    interface Encoded {
        InputStream open() throws IOException;
    }

    private final COSDictionary dictionary;
    private final PdfBudget budget;
    private final boolean isPicture;
    private final boolean isObjects;
    /** Of a table of objects, bytes; 0 = it is none. */
    private final long line;
    private final long limit;

    private PdfDecoding(final COSDictionary dictionary, final PdfBudget budget) {
        this.dictionary = dictionary;
        this.budget = budget;
        final COSArray widths = dictionary.getCOSArray(COSName.W);
        isObjects = dictionary.getInt(COSName.N) >= 0 && dictionary.getInt(COSName.FIRST) >= 0;
        isPicture = widths == null && !isObjects && isPicture(dictionary);
        line = widths == null ? 0 : line(widths);
        limit = isPicture ? pictureBytes() : PdfBudget.STREAM_BYTES;
    }

    /** @param dictionary of a stream, or of a picture within a page's contents @throws RefusedException there is more in it than may be @throws IOException what is encoded is not there */
    static void count(final COSDictionary dictionary, final Encoded encoded, final PdfBudget budget) throws IOException {
        final PdfDecoding decoding = new PdfDecoding(dictionary, budget);
        final List<COSName> filters = filters(dictionary);
        PdfBudget.within(filters.size() <= MOST_FILTERS, Reason.BYTES);
        decoding.parameters();
        decoding.through(filters, encoded.open());
        final List<COSName> each = new ArrayList<>(new LinkedHashSet<>(filters));
        if (each.size() < filters.size()) {
            decoding.through(each, encoded.open()); // PDFBox leaves out what is there twice, others do not
        }
    }

    /** Whether it has the sizes of a picture, whatever it calls itself: a mask need not say what it is. */
    static boolean isPicture(final COSDictionary dictionary) {
        return COSName.IMAGE.equals(dictionary.getDictionaryObject(COSName.SUBTYPE))
                || dictionary.getDictionaryObject(COSName.WIDTH, COSName.W) instanceof COSNumber && dictionary.getDictionaryObject(COSName.HEIGHT, COSName.H) instanceof COSNumber;
    }

    /** Whether it has a format of its own: nothing is drawn from what it becomes, but itself. */
    static boolean isEncodedPicture(final COSDictionary dictionary) {
        return filters(dictionary).stream().anyMatch(filter -> PICTURES.contains(filter.getName()));
    }

    private void through(final List<COSName> filters, final InputStream encoded) throws IOException {
        InputStream in = encoded;
        final int last = filters.size() - 1;
        for (int i = 0; i <= last; i++) {
            final String name = filters.get(i).getName();
            if (PICTURES.contains(name)) {
                PdfPicture.check(name, dictionary, in, budget);
                return;
            }
            final boolean isLast = i == last || PICTURES.contains(filters.get(i + 1).getName()) && i + 1 < last;
            final ByteArrayOutputStream between = new ByteArrayOutputStream();
            final OutputStream out = isLast ? new Counter(OutputStream.nullOutputStream(), limit, isObjects) : new Counter(between, budget.limits().bytes(), false);
            if (LZW.contains(name)) {
                PdfBudget.within(isLast, Reason.BYTES); // nobody encodes once more what is so
                LzwLength.write(in, dictionary, i, (Counter) out, budget.isToDraw() || !isPicture);
            } else if (!decoded(filters.get(i), in, out, i)) {
                return;
            }
            in = new ByteArrayInputStream(between.toByteArray());
        }
        if (filters.isEmpty()) {
            in.transferTo(new Counter(OutputStream.nullOutputStream(), limit, isObjects));
        }
    }

    /** @return false when it cannot be decoded to its end: who reads it later reads no more of it either */
    private boolean decoded(final COSName filter, final InputStream in, final OutputStream out, final int index) {
        try {
            FilterFactory.INSTANCE.getFilter(filter).decode(in, out, dictionary, index);
            return true;
        } catch (final IOException damaged) {
            return false;
        }
    }

    /** Of each filter, whether it is used with it or not: what makes rows of pixels holds two of them. */
    private void parameters() {
        final COSBase all = dictionary.getDictionaryObject(COSName.DP, COSName.DECODE_PARMS);
        if (all instanceof COSDictionary one) {
            parameters(one);
        } else if (all instanceof COSArray array) {
            for (int i = 0; i < Math.min(array.size(), 2 * MOST_FILTERS); i++) {
                if (array.getObject(i) instanceof COSDictionary one) {
                    parameters(one);
                }
            }
        }
    }

    private static void parameters(final COSDictionary parameters) {
        if (parameters.getInt(COSName.PREDICTOR, 1) > 1) {
            final long colors = Math.min(parameters.getInt(COSName.COLORS, 1), MOST_COMPONENTS);
            final long bits = parameters.getInt(COSName.BITS_PER_COMPONENT, BITS) * colors * parameters.getInt(COSName.COLUMNS, 1);
            PdfBudget.within(bits > 0, Reason.BROKEN); // PDFBox would write rows of nothing for ever
            PdfBudget.within(bits <= (long) PdfBudget.ROW_BYTES * BITS, Reason.PIXELS);
        }
    }

    /** ISO 32000-1, 7.5.8: there is one for each object, of so many bytes. */
    private static long line(final COSArray widths) {
        long line = 0;
        for (int i = 0; i < Math.min(widths.size(), 3); i++) {
            line += Math.max(0, widths.getInt(i, 0));
        }
        PdfBudget.within(line > 0, Reason.BROKEN); // lines of nothing have no end
        return line;
    }

    private long pictureBytes() {
        final long width = Math.max(0, dictionary.getInt(COSName.WIDTH, COSName.W, 0));
        final long height = Math.max(0, dictionary.getInt(COSName.HEIGHT, COSName.H, 0));
        budget.picture(width, height);
        final boolean isMask = dictionary.getBoolean(COSName.IMAGE_MASK, COSName.IM, false);
        final long bits = isMask ? 1 : Math.min(MOST_BITS, Math.max(1, dictionary.getInt(COSName.BITS_PER_COMPONENT, COSName.BPC, BITS)));
        final long components = isMask ? 1 : components(dictionary.getDictionaryObject(COSName.COLORSPACE, COSName.CS));
        return (width * components * bits + BITS - 1) / BITS * height + PdfBudget.PICTURE_SLACK_BYTES;
    }

    private static long components(final COSBase space) {
        final COSArray array = space instanceof COSArray given && given.size() > 1 ? given : null;
        final COSBase name = array == null ? space : array.getObject(0);
        final COSBase second = array == null ? null : array.getObject(1);
        return switch (name instanceof COSName known ? known.getName() : "") {
            case "DeviceGray", "G", "CalGray", "Indexed", "I", "Separation" -> 1;
            case "DeviceRGB", "RGB", "CalRGB", "Lab" -> 3;
            case "ICCBased" -> second instanceof COSStream profile ? Math.max(1, Math.min(profile.getInt(COSName.N, USUAL_COMPONENTS), USUAL_COMPONENTS)) : USUAL_COMPONENTS;
            case "DeviceN" -> second instanceof COSArray inks ? Math.min(MOST_COMPONENTS, inks.size()) : MOST_COMPONENTS;
            default -> USUAL_COMPONENTS;
        };
    }

    private static List<COSName> filters(final COSDictionary dictionary) {
        final COSBase given = dictionary instanceof COSStream ? dictionary.getDictionaryObject(COSName.FILTER) : dictionary.getDictionaryObject(COSName.F, COSName.FILTER);
        final List<COSName> filters = new ArrayList<>();
        if (given instanceof COSName one) {
            filters.add(one);
        } else if (given instanceof COSArray array) {
            PdfBudget.within(array.size() <= MOST_FILTERS, Reason.BYTES);
            for (int i = 0; i < array.size(); i++) {
                if (array.getObject(i) instanceof COSName one) {
                    filters.add(one);
                }
            }
        }
        return filters;
    }

    /** Takes bytes and keeps them or not. Of a stream of objects it counts those as well: each begins with a delimiter, or behind one or a space. */
    final class Counter extends OutputStream {
        private final OutputStream to;
        private final long most;
        private final boolean countsObjects;
        private long bytes;
        private boolean isWithin;

        private Counter(final OutputStream to, final long most, final boolean countsObjects) {
            this.to = to;
            this.most = most;
            this.countsObjects = countsObjects;
        }

        /** Of so many bytes it is known only that they come. */
        void count(final long more) {
            bytes += more;
            budget.decoded(isPicture, most, bytes, more);
            if (line > 0) {
                budget.objects(Math.max(1, more / line));
            }
        }

        @Override
        public void write(final int one) throws IOException {
            count(1);
            object(one);
            to.write(one);
        }

        @Override
        public void write(final byte[] some, final int offset, final int length) throws IOException {
            count(length);
            for (int i = offset; countsObjects && i < offset + length; i++) {
                object(some[i]);
            }
            to.write(some, offset, length);
        }

        private void object(final int one) {
            if (countsObjects) {
                final boolean isDelimiter = one == '[' || one == '<' || one == '(' || one == '/';
                final boolean isSpace = one <= ' ' || one == ']' || one == '>' || one == ')';
                if (isDelimiter || !isSpace && !isWithin) {
                    budget.objects(1);
                }
                isWithin = !isSpace;
            }
        }
    }
}
