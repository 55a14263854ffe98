package org.mawid.api.stamp.document;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.WriterException;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import com.google.zxing.qrcode.encoder.QRCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

    /** Of a module. */
    private static final int PIXELS = 6;
    private static final int PIXELS_FROM_AFAR = 3;
    private static final Map<DecodeHintType, ?> HARDER = Map.of(DecodeHintType.TRY_HARDER, true);
    private static final int BLACK = 0xff000000;
    private static final int WHITE = 0xffffffff;

    private StampQr() {
    }

    /**
     * Rows of modules, true = dark, without the quiet zone. The same for the same text.
     * <p>A code may have somewhere inside what looks like one of its three corners, and one of a hundred is found by no reader that goes by these (ZXing's, and those of many
     * phones). Such a one is drawn with another of the eight masks, which are all as good, until it is found.
     */
    static boolean[][] modules(final String text) {
        final boolean[][] usual = modules(text, Map.of());
        if (isFound(usual, text)) {
            return usual;
        }
        for (int mask = 0; mask < QRCode.NUM_MASK_PATTERNS; mask++) {
            final boolean[][] other = modules(text, Map.of(EncodeHintType.QR_MASK_PATTERN, mask));
            if (isFound(other, text)) {
                return other;
            }
        }
        return usual;
    }

    private static boolean[][] modules(final String text, final Map<EncodeHintType, ?> hints) {
        final ByteMatrix matrix;
        try {
            matrix = Encoder.encode(text, ErrorCorrectionLevel.M, hints).getMatrix();
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

    /** By its corners alone, as a camera finds it; from afar and from near, for readers pass over lines where there are many. */
    private static boolean isFound(final boolean[][] modules, final String text) {
        return IntStream.of(PIXELS_FROM_AFAR, PIXELS).allMatch(side -> {
            final int size = size(modules, side);
            final BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(size, size, pixels(modules, side))));
            return read(() -> new QRCodeReader().decode(bitmap)).filter(text::equals).isPresent();
        });
    }

    /** As a drawing in black on white, with its quiet zone: one rectangle for each run of dark modules. */
    static byte[] svg(final String text) {
        final boolean[][] modules = modules(text);
        final StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.length; y++) {
            for (int x = 0; x < modules[y].length; x++) {
                int end = x;
                while (end < modules[y].length && modules[y][end]) {
                    end++;
                }
                if (end > x) {
                    path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append('h').append(end - x).append("v1h-").append(end - x).append('z');
                    x = end;
                }
            }
        }
        final int size = size(modules, 1);
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + ' ' + size + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + size + 'v' + size + "h-" + size
                + "z\"/><path d=\"" + path + "\"/></svg>\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** As an image in black and white, with its quiet zone. */
    static byte[] png(final String text) {
        final boolean[][] modules = modules(text);
        final int size = size(modules, PIXELS);
        final BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY);
        image.getRaster().setPixels(0, 0, size, size, Arrays.stream(pixels(modules, PIXELS)).map(pixel -> pixel & 1).toArray()); // 1 = white
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (final IOException notInMemory) {
            throw new UncheckedIOException(notInMemory);
        }
        return bytes.toByteArray();
    }

    /** Row by row, with the quiet zone. @param side pixels of a module's side */
    private static int[] pixels(final boolean[][] modules, final int side) {
        final int size = size(modules, side);
        final int[] pixels = new int[size * size];
        Arrays.fill(pixels, WHITE);
        for (int y = 0; y < modules.length * side; y++) {
            for (int x = 0; x < modules.length * side; x++) {
                if (modules[y / side][x / side]) {
                    pixels[(y + QUIET * side) * size + x + QUIET * side] = BLACK;
                }
            }
        }
        return pixels;
    }

    private static int size(final boolean[][] modules, final int side) {
        return (modules.length + 2 * QUIET) * side;
    }

    /**
     * The text of the QR code in an image, as a camera or a scanner sees it; empty when there is none that can be read. Four ways, for each finds codes that another does not:
     * by the first three corners seen, by the best three of all with what is dark told from the whole image (of a code that is turned) and from its surroundings
     * (of one in a shadow), and, where nothing else is in the image, by its outline.
     */
    public static Optional<String> read(final BufferedImage image) {
        final int width = image.getWidth();
        final int height = image.getHeight();
        final LuminanceSource source = new RGBLuminanceSource(width, height, image.getRGB(0, 0, width, height, null, 0, width));
        final BinaryBitmap bySurroundings = new BinaryBitmap(new HybridBinarizer(source));
        return read(() -> new QRCodeReader().decode(bySurroundings, HARDER))
                .or(() -> bestOfAll(new BinaryBitmap(new GlobalHistogramBinarizer(source))))
                .or(() -> bestOfAll(bySurroundings))
                .or(() -> read(() -> new QRCodeReader().decode(bySurroundings, Map.of(DecodeHintType.PURE_BARCODE, true))));
    }

    private static Optional<String> bestOfAll(final BinaryBitmap bitmap) {
        try {
            return Arrays.stream(new QRCodeMultiReader().decodeMultiple(bitmap, HARDER)).map(Result::getText).findFirst(); // there may be none in the array, too
        } catch (final ReaderException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(final Way way) {
        try {
            return Optional.of(way.read().getText());
        } catch (final ReaderException none) {
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Way {
        Result read() throws ReaderException;
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
