package org.mawid.api.document;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSInputStream;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.DecodeOptions;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.mawid.api.document.DocumentException.Reason;

/**
 * Opens a PDF in PDFBox so that nothing of it passes a {@link PdfBudget}: neither when the library looks for objects in a damaged file, nor when it decodes a stream, its own tables among them. Each stream is counted once before it is
 * first decoded. One thread.
 */
final class PdfFile {
    private PdfFile() {
    }

    /** @return to be closed @throws IOException it cannot be read @throws RefusedException there is more of it than may be, or it is encrypted */
    static PDDocument open(final byte[] content, final PdfBudget budget) throws IOException {
        return new Parser(new Source(content, budget), budget).parse();
    }

    /** Counts how often it is read, and holds the bytes as they are. */
    private static final class Source extends RandomAccessReadBuffer {
        private final PdfBudget budget;

        Source(final byte[] content, final PdfBudget budget) {
            super(content);
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            budget.read(1);
            return super.read();
        }

        @Override
        public int read(final byte[] bytes, final int offset, final int length) throws IOException {
            budget.read(1 + length / Long.BYTES);
            return super.read(bytes, offset, length);
        }

        @Override
        public void seek(final long position) throws IOException {
            budget.read(1);
            super.seek(position);
        }
    }

    private static final class Parser extends PDFParser {
        private final PdfBudget budget;

        Parser(final Source source, final PdfBudget budget) throws IOException {
            super(source, "", null, null, IOUtils.createMemoryOnlyStreamCache());
            this.budget = budget;
            document = new Bounded(this, budget); // it also makes the streams of the parser that searches a damaged file
        }

        @Override
        protected COSBase parseObjectDynamically(final COSObjectKey key, final boolean mustBeThere) throws IOException {
            final COSBase object = super.parseObjectDynamically(key, mustBeThere);
            final Long at = document.getXrefTable().get(key);
            if (at != null && at > 0) {
                budget.spans(Math.max(0, source.getPosition() - at));
            }
            return object;
        }

        @Override
        protected COSBase parseDirObject() throws IOException {
            budget.objects(1);
            return super.parseDirObject();
        }
    }

    private static final class Bounded extends COSDocument {
        private final Parser parser;
        private final PdfBudget budget;

        Bounded(final Parser parser, final PdfBudget budget) {
            super(IOUtils.createMemoryOnlyStreamCache(), parser);
            this.parser = parser;
            this.budget = budget;
        }

        /** As the super class does it. */
        @Override
        public COSStream createCOSStream(final COSDictionary dictionary, final long start, final long length) throws IOException {
            PdfBudget.within(!isEncrypted(), Reason.ENCRYPTED); // what is locked cannot be counted
            final Stream stream = new Stream(parser.createRandomAccessReadView(start, length), budget);
            dictionary.forEach(stream::setItem);
            stream.setKey(dictionary.getKey());
            return stream;
        }
    }

    /** Is counted before it is decoded. */
    static final class Stream extends COSStream {
        private final PdfBudget budget;
        private boolean isCounted;

        private Stream(final RandomAccessReadView encoded, final PdfBudget budget) throws IOException {
            super(null, encoded);
            this.budget = budget;
        }

        /** @throws IOException it is not there any more @throws RefusedException there is more in it than may be */
        void count() throws IOException {
            if (!isCounted) {
                isCounted = true;
                PdfDecoding.count(this, this::createRawInputStream, budget);
            }
        }

        @Override
        public COSInputStream createInputStream(final DecodeOptions options) throws IOException {
            count();
            return super.createInputStream(options);
        }

        @Override
        public RandomAccessRead createView() throws IOException {
            count();
            return super.createView();
        }

        /** What decrypts it would write here what nobody has counted. */
        @Override
        public OutputStream createRawOutputStream() {
            throw new RefusedException(Reason.ENCRYPTED);
        }
    }
}
