package org.mawid.api.document;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small pictures of first pages, PNG. What is in the document's metadata is not in them. Any thread; one is drawn at a time, for each takes memory. */
final class Thumbnails {
    /** Of the longer side, pixels. */
    static final int SIDE = 256;
    private static final Logger LOG = LoggerFactory.getLogger(Thumbnails.class);

    static {
        ImageIO.setUseCache(false); // or it, and PDFBox through it, would write what it reads in clear into a temporary file
    }

    private Thumbnails() {
    }

    /** Null when there is none of this type, or it cannot be drawn. @param content that was judged */
    static synchronized byte[] of(final DocumentType type, final byte[] content) {
        if (type == DocumentType.HEIC) {
            return null;
        }
        try {
            final ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(small(type == DocumentType.PDF ? page(content) : picture(type, content)), "png", png);
            return png.toByteArray();
        } catch (final IOException | RuntimeException | StackOverflowError notDrawable) {
            LOG.info("no small picture of a document: {}", notDrawable.getClass().getSimpleName());
            return null;
        }
    }

    private static BufferedImage page(final byte[] content) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(content, "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
            final PDRectangle box = pdf.getPage(0).getCropBox();
            final PDFRenderer renderer = new PDFRenderer(pdf);
            renderer.setSubsamplingAllowed(true);
            return renderer.renderImage(0, SIDE / Math.max(1, Math.max(box.getWidth(), box.getHeight())));
        }
    }

    /** Of a large picture only so many rows and columns are kept as are needed. */
    private static BufferedImage picture(final DocumentType type, final byte[] content) throws IOException {
        final ImageReader reader = PictureCheck.reader(type);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, true, true);
            final ImageReadParam part = reader.getDefaultReadParam();
            final int each = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / (2 * SIDE));
            part.setSourceSubsampling(each, each, 0, 0);
            return reader.read(0, part);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage small(final BufferedImage picture) {
        final double scale = Math.min(1.0, (double) SIDE / Math.max(picture.getWidth(), picture.getHeight()));
        final BufferedImage small = new BufferedImage(Math.max(1, (int) (picture.getWidth() * scale)), Math.max(1, (int) (picture.getHeight() * scale)), BufferedImage.TYPE_INT_RGB);
        final Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, small.getWidth(), small.getHeight(), null);
        graphics.dispose();
        return small;
    }
}
