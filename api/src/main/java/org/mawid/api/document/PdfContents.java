package org.mawid.api.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.pdfbox.contentstream.PDContentStream;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.mawid.api.document.DocumentException.Reason;

/** What a page is drawn from: pictures can stand within it (ISO 32000-1, 8.9.7), with sizes and filters of their own. Nothing is drawn. */
final class PdfContents {
    /** Of one page. */
    static final int MOST_PARTS = 1_000;
    /** One within the other, of one operand: a glyph's place in a line is one of them. */
    private static final int MOST_OBJECTS = 100_000;

    private PdfContents() {
    }

    /** Whether it can be read as such at all: who draws does not ask what it says that it is. */
    static boolean mayBe(final COSDictionary stream) {
        return stream.getCOSArray(COSName.W) == null && (stream.getInt(COSName.N) < 0 || stream.getInt(COSName.FIRST) < 0);
    }

    /** @param parts read one behind the other @throws RefusedException there is more in it than may be */
    static void check(final List<COSStream> parts, final PdfBudget budget) {
        try (RandomAccessRead contents = parts.size() == 1 ? decoded(parts.get(0)) : joined(parts)) {
            final Tokens tokens = new Tokens(contents);
            for (Object token = tokens.next(budget); token != null; token = tokens.next(budget)) {
                if (token instanceof Operator operator) {
                    check(operator, budget);
                }
            }
        } catch (final IOException damaged) {
            return; // nobody draws more of it either
        }
    }

    /** Likewise, of one operator. */
    static void check(final Operator operator, final PdfBudget budget) throws IOException {
        if (operator.getName().equals(OperatorName.BEGIN_INLINE_IMAGE) && operator.getImageParameters() != null) {
            final byte[] data = operator.getImageData() == null ? new byte[0] : operator.getImageData();
            PdfDecoding.count(operator.getImageParameters(), () -> new ByteArrayInputStream(data), budget);
        }
    }

    private static RandomAccessRead decoded(final COSStream stream) throws IOException {
        if (PdfDecoding.isEncodedPicture(stream)) {
            return new RandomAccessReadBuffer(new byte[0]);
        }
        return stream.createView();
    }

    private static RandomAccessRead joined(final List<COSStream> parts) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final COSStream part : parts) {
            try (RandomAccessRead decoded = decoded(part)) {
                final byte[] bytes = new byte[(int) decoded.length()];
                final int read = Math.max(0, decoded.read(bytes, 0, bytes.length));
                all.write(bytes, 0, read);
                all.write('\n');
            }
            PdfBudget.within(all.size() <= PdfBudget.STREAM_BYTES, Reason.BYTES); // a part may be named many times
        }
        return new RandomAccessReadBuffer(all.toByteArray());
    }

    /** Counts what is within one of them, for the library holds it all. */
    private static final class Tokens extends PDFStreamParser {
        private int objects;
        private long at;

        Tokens(final RandomAccessRead contents) throws IOException {
            super(new Contents(contents));
        }

        Object next(final PdfBudget budget) throws IOException {
            objects = 0;
            final Object token = parseNextToken();
            final long now = source.isClosed() ? at : source.getPosition();
            budget.contents(now - at);
            at = now;
            return token;
        }

        @Override
        protected COSBase parseDirObject() throws IOException {
            PdfBudget.within(++objects <= MOST_OBJECTS, Reason.BYTES);
            return super.parseDirObject();
        }
    }

    /** As the library wants it; of no page. */
    private record Contents(RandomAccessRead bytes) implements PDContentStream {
        @Override
        public InputStream getContents() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RandomAccessRead getContentsForRandomAccess() {
            return bytes;
        }

        @Override
        public PDResources getResources() {
            return null;
        }

        @Override
        public PDRectangle getBBox() {
            return null;
        }

        @Override
        public Matrix getMatrix() {
            return new Matrix();
        }
    }
}
