package org.mawid.api.stamp.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.WriterException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Every code that is drawn is found, also by readers that are easily misled. */
class StampQrTest {
    private static final long SEED = 20_261_127L;
    private static final String BASE_64_URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    /** As long as a signed stamp; one of a hundred has what looks like a corner inside. */
    private static final int CHARACTERS = 443;
    private static final int CODES = 60;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void givenTextsWhoseUsualCodeMisleadsTheSimplestReader_whenDrawn_thenItFindsOurs_andOurReaderFindsEither() throws IOException, WriterException {
        int misleading = 0;
        for (int i = 0; i < CODES; i++) {
            final String text = text();
            final BufferedImage usual = usual(text);
            final boolean isMisleading = simplest(usual) == null;
            if (isMisleading || i % 10 == 0) {
                assertThat(simplest(image(StampQr.png(text)))).as("code %s of seed %s", i, SEED).isEqualTo(text);
                assertThat(StampQr.read(usual)).as("the usual code %s of seed %s", i, SEED).contains(text);
            }
            misleading += isMisleading ? 1 : 0;
        }
        assertThat(misleading).as("of %s, seed %s: otherwise this test shows nothing", CODES, SEED).isPositive();
    }

    @Test
    void givenACodeTurnedSmallerOrSoiled_whenRead_thenItIsFound() throws IOException {
        final String text = text();
        final BufferedImage image = image(StampQr.png(text));
        assertThat(StampQr.read(drawn(900, g -> {
            g.translate(450, 450);
            g.rotate(0.35);
            g.drawImage(image, -267, -267, null);
        }))).contains(text);
        assertThat(StampQr.read(drawn(700, g -> g.drawImage(image, 100, 100, 320, 320, null)))).contains(text);
        assertThat(StampQr.read(drawn(600, g -> {
            g.drawImage(image, 30, 30, null);
            g.fillRect(250, 250, 60, 60);
        }))).as("a spot on it").contains(text);
    }

    @Test
    void givenNothingThatCanBeRead_whenRead_thenThereIsNone() {
        assertThat(StampQr.read(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB))).isEmpty();
        final BufferedImage noise = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 160_000).forEach(i -> noise.setRGB(i % 400, i / 400, random.nextInt()));
        assertThat(StampQr.read(noise)).isEmpty();
    }

    @Test
    void givenATextThatIsTooLong_whenDrawn_thenItIsRefused() {
        assertThatThrownBy(() -> StampQr.png("x".repeat(3_000))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3000 characters");
    }

    private String text() {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < CHARACTERS; i++) {
            text.append(BASE_64_URL.charAt(random.nextInt(64)));
        }
        return text.toString();
    }

    /** Null when it finds none. */
    private static String simplest(final BufferedImage image) {
        final int width = image.getWidth();
        try {
            return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, width, image.getRGB(0, 0, width, width, null, 0, width)))))
                    .getText();
        } catch (final ReaderException none) {
            return null;
        }
    }

    /** With the mask that the standard proposes. */
    private static BufferedImage usual(final String text) throws WriterException {
        final ByteMatrix matrix = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        return drawn((matrix.getWidth() + 8) * 6, g -> {
            for (int y = 0; y < matrix.getHeight(); y++) {
                for (int x = 0; x < matrix.getWidth(); x++) {
                    if (matrix.get(x, y) == 1) {
                        g.fillRect(6 * (x + 4), 6 * (y + 4), 6, 6);
                    }
                }
            }
        });
    }

    private static BufferedImage drawn(final int size, final Consumer<Graphics2D> drawing) {
        final BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        final Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, size, size);
        graphics.setColor(Color.BLACK);
        drawing.accept(graphics);
        graphics.dispose();
        return image;
    }

    private static BufferedImage image(final byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
