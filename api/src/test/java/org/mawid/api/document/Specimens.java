package org.mawid.api.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Documents of every kind, good ones and bad ones, made for a test. */
public final class Specimens {
    private Specimens() {
    }

    /** @param text on its first page */
    public static byte[] pdf(final int pages, final String text) throws IOException {
        return pdf(pages, text, CompressParameters.DEFAULT_COMPRESSION);
    }

    static byte[] pdf(final int pages, final String text, final CompressParameters compressed) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                pdf.addPage(new PDPage());
            }
            if (pages > 0) {
                try (PDPageContentStream page = new PDPageContentStream(pdf, pdf.getPage(0))) {
                    page.beginText();
                    page.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 40);
                    page.newLineAtOffset(100, 500);
                    page.showText(text);
                    page.endText();
                }
            }
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            pdf.save(out, compressed);
            return out.toByteArray();
        }
    }

    static byte[] saved(final PDDocument pdf) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        pdf.save(out);
        return out.toByteArray();
    }

    /** @param format jpeg, png, or tiff, which is not taken */
    public static byte[] picture(final String format, final int width, final int height) throws IOException {
        final BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i += 7) {
            image.setRGB(i % width, i / width, i * 2_654_435);
        }
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new AssertionError("this Java writes no " + format);
        }
        return out.toByteArray();
    }

    /** A picture of that size that says so and has nothing in it: a few bytes. */
    public static byte[] pngThatSays(final int width, final int height) {
        final ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        png.writeBytes(chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0}).array()));
        png.writeBytes(chunk("IDAT", new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1}));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] chunk(final String name, final byte[] content) {
        final ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length).put(name.getBytes(StandardCharsets.US_ASCII)).put(content);
        final CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + content.length);
        return chunk.putInt((int) crc.getValue()).array();
    }

    /** The boxes of a telephone's picture, without the picture. */
    public static byte[] heic(final int width, final int height) {
        final byte[] size = box("ispe", ByteBuffer.allocate(12).putInt(0).putInt(width).putInt(height).array());
        final byte[] properties = box("iprp", box("ipco", size));
        return joined(box("ftyp", joined("heic".getBytes(StandardCharsets.US_ASCII), new byte[4], "mif1heic".getBytes(StandardCharsets.US_ASCII))), box("meta", joined(new byte[4], properties)),
                box("mdat", new byte[64]));
    }

    static byte[] box(final String name, final byte[] content) {
        return ByteBuffer.allocate(8 + content.length).putInt(8 + content.length).put(name.getBytes(StandardCharsets.US_ASCII)).put(content).array();
    }

    public static byte[] zip() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write("<w:document/>".getBytes(StandardCharsets.US_ASCII));
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    /** A document of an office program whose text is more than 10^9 letters, in a megabyte. */
    public static byte[] docxBomb() {
        return Docx.of(1_000);
    }

    public static byte[] joined(final byte[]... parts) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
