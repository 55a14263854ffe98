package org.mawid.api.document;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.mawid.api.gateway.OutOfMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small pictures of first pages, PNG. What is in the document's metadata is not in them. They are drawn one at a time, for each takes memory, on a thread that does nothing else; whoever asks is answered in time, drawn or not. What a library
 * does in one step cannot be stopped: while that lasts there are no small pictures, and nothing else waits. Any thread.
 */
final class Thumbnails {
    /** Of the longer side, pixels. */
    static final int SIDE = 256;
    private static final Logger LOG = LoggerFactory.getLogger(Thumbnails.class);
    /** From when it was asked for. Source: our estimate; a page takes a tenth of a second, a large picture one. */
    private static final long PATIENCE_MS = 4_000;
    /** Each is a whole document in memory. */
    private static final int MOST_WAITING = 4;
    /** Of a pattern's cell, pixels: it need not be larger than what it fills. */
    private static final String CELL = "pdfbox.rendering.tilingpaint.maxedge";

    static {
        ImageIO.setUseCache(false); // or it, and PDFBox through it, would write what it reads in clear into a temporary file
        System.setProperty(CELL, Integer.toString(2 * SIDE));
    }

    private final DocumentLimits limits;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
        final Thread made = new Thread(task, "mawid-drawing");
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        return made;
    });

    Thumbnails(final DocumentLimits limits) {
        this.limits = limits;
        thread.allowCoreThreadTimeOut(true);
    }

    /** Null when there is none of this type, it cannot be drawn, or not soon enough; fails with nothing else. @param content that was judged */
    CompletableFuture<byte[]> of(final DocumentType type, final byte[] content) {
        final CompletableFuture<byte[]> drawn = new CompletableFuture<>();
        if (type == DocumentType.HEIC) {
            drawn.complete(null);
            return drawn;
        }
        final long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        try {
            thread.execute(() -> {
                try {
                    drawn.complete(drawn.isDone() ? null : drawn(type, content, limits, untilNanos));
                } catch (final OutOfMemoryError e) {
                    OutOfMemory.tell(e); // the pool's thread would end, and nobody would know
                    throw e;
                } finally {
                    drawn.complete(null);
                }
            });
        } catch (final RejectedExecutionException tooMany) {
            drawn.complete(null);
        }
        return drawn.completeOnTimeout(null, PATIENCE_MS, TimeUnit.MILLISECONDS);
    }

    /** On this thread. Null when it cannot be drawn. @param untilNanos of {@link System#nanoTime} */
    static byte[] drawn(final DocumentType type, final byte[] content, final DocumentLimits limits, final long untilNanos) {
        try {
            final ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(small(type == DocumentType.PDF ? page(content, limits, untilNanos) : picture(type, content)), "png", png);
            return png.toByteArray();
        } catch (final IOException | RuntimeException | StackOverflowError notDrawable) {
            LOG.info("no small picture of a document: {}", notDrawable.getClass().getSimpleName());
            return null;
        }
    }

    private static BufferedImage page(final byte[] content, final DocumentLimits limits, final long untilNanos) throws IOException {
        final PdfBudget budget = PdfBudget.toDraw(limits, content.length);
        try (PDDocument pdf = PdfFile.open(content, budget)) {
            final PDRectangle box = pdf.getPage(0).getCropBox();
            return new Sketch(pdf, budget, untilNanos).renderImage(0, SIDE / Math.max(1, Math.max(box.getWidth(), box.getHeight())));
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
