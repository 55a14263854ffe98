package org.mawid.api.stamp.document;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.mawid.engine.FileTrouble;

/** A text as a QR code with error correction M (a seventh of it may be unreadable), and back. Without state, any thread. */
public final class StampQr {
    /** Light modules around it, as the standard asks. */
    static final int QUIET = 4;
    /** So that nobody is made to unpack gigabytes: a page at 1 200 dots an inch has 140 million, one at 600 has 35. */
    static final long MOST_PIXELS = 40_000_000;

    private static final int PIXELS_PER_MODULE = 6;
    private static final int BLACK = 0xff000000;
    private static final int WHITE = 0xffffffff;

    private StampQr() {
    }

    /** Rows of modules, true = dark, without the quiet zone. The same for the same text. */
    static boolean[][] modules(final String text) {
        final ByteMatrix matrix;
        try {
            matrix = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (final WriterException tooLong) {
            throw new IllegalArgumentException("more than a QR code holds: " + text.length() + " characters", tooLong);
        }
        final boolean[][] modules = new boolean[matrix.getHeight()][matrix.getWidth()];
        for (int y = 0; y < modules.length; y++) {
            for (int x = 0; x < modules[y].length; x++) {
                modules[y][x] = matrix.get(x, y) == 1;
            }
        }
        return modules;
    }

    /** As an image in black and white, with its quiet zone. */
    static byte[] png(final String text) {
        final boolean[][] modules = modules(text);
        final int size = (modules.length + 2 * QUIET) * PIXELS_PER_MODULE;
        final BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                final int row = y / PIXELS_PER_MODULE - QUIET;
                final int column = x / PIXELS_PER_MODULE - QUIET;
                final boolean inside = row >= 0 && row < modules.length && column >= 0 && column < modules.length;
                image.setRGB(x, y, inside && modules[row][column] ? BLACK : WHITE);
            }
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (final IOException notInMemory) {
            throw new UncheckedIOException(notInMemory);
        }
        return bytes.toByteArray();
    }

    /** The text of the QR code in an image, as a camera or a scanner sees it; empty when there is none that can be read. */
    public static Optional<String> read(final BufferedImage image) {
        final int width = image.getWidth();
        final int height = image.getHeight();
        final RGBLuminanceSource source = new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
        try {
            return Optional.of(new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true)).getText());
        } catch (final ReaderException none) {
            return Optional.empty();
        }
    }

    /** As {@link #read(BufferedImage)}. @param file PNG, JPEG or whatever else this Java reads @throws IOException it cannot be read as an image; the message says what to do */
    public static Optional<String> read(final Path file) throws IOException {
        try {
            Files.newByteChannel(file).close(); // what opens images does not tell why it cannot
        } catch (final IOException e) {
            throw FileTrouble.unreadable(file, e);
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new IOException("cannot read " + file + (Files.isDirectory(file) ? ": it is a folder" : ""));
            }
            final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException(file + " is no image that can be read: give a PNG or JPEG of the page or of its QR code");
            }
            final ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
                    throw new IOException(file + " has more than " + MOST_PIXELS / 1_000_000 + " million pixels: give a smaller image of the QR code");
                }
                return read(reader.read(0));
            } catch (final RuntimeException damaged) {
                throw new IOException(file + " is a damaged image: make another one of the QR code", damaged);
            } finally {
                reader.dispose();
            }
        } catch (final IOException e) {
            throw e.getMessage() != null && e.getMessage().contains(file.toString()) ? e : FileTrouble.unreadable(file, e);
        }
    }
}
