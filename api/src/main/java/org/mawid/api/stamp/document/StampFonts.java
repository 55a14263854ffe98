package org.mawid.api.stamp.document;

import com.lowagie.text.Font;
import com.lowagie.text.pdf.BaseFont;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;

/**
 * DejaVu Sans, which has the joined forms of Arabic letters and all of Latin: of each page only the letters that it uses. A part of a font has a random
 * name, and here one that follows from the page, so that a page comes out the same every time. One page, one thread.
 */
final class StampFonts {
    private static final String FOLDER = "/net/sf/jasperreports/fonts/dejavu/";
    private static final byte[] REGULAR = bytes("DejaVuSans.ttf");
    private static final byte[] BOLD = bytes("DejaVuSans-Bold.ttf");

    private final BaseFont regular;
    private final BaseFont bold;

    /** @param seed of the names, not empty */
    StampFonts(final byte[] seed) {
        regular = font("regular.ttf", REGULAR, seed);
        bold = font("bold.ttf", BOLD, seed);
    }

    Font regular(final float size, final Color color) {
        return new Font(regular, size, Font.NORMAL, color);
    }

    Font bold(final float size, final Color color) {
        return new Font(bold, size, Font.NORMAL, color);
    }

    private static BaseFont font(final String name, final byte[] file, final byte[] seed) {
        try {
            final BaseFont font = BaseFont.createFont(name, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, file, null);
            font.setSecureRandom(new Foreseen(seed));
            return font;
        } catch (final IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static byte[] bytes(final String name) {
        try (InputStream in = StampFonts.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no font " + name);
            }
            return in.readAllBytes();
        } catch (final IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** No secret hangs on the name of a font. */
    private static final class Foreseen extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;
        private int at;

        private Foreseen(final byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(final byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = seed[at++ % seed.length];
            }
        }
    }
}
