package org.mawid.api.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** PDFs written by hand, byte by byte, as no library would write them: object 1 is the catalogue, 2 the pages, 3 the only page, and what a test adds begins with 4. */
public final class HandPdf {
    private static final String CATALOGUE = "/Type /Catalog /Pages 2 0 R ";
    private static final String PAGE = "/Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] ";

    private HandPdf() {
    }

    /** @param catalogue more of what stands in the catalogue @param page likewise @param more objects */
    public static byte[] of(final String catalogue, final String page, final byte[]... more) {
        final List<byte[]> objects = new ArrayList<>(List.of(Specimens.ascii("<< " + CATALOGUE + catalogue + " >>"), Specimens.ascii("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"), Specimens.ascii("<< " + PAGE + page + " >>")));
        objects.addAll(Arrays.asList(more));
        return of(objects);
    }

    /** @param objects from number 1 on */
    static byte[] of(final List<byte[]> objects) {
        final ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        final StringBuilder table = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        pdf.writeBytes(Specimens.ascii("%PDF-1.7\n"));
        for (int i = 0; i < objects.size(); i++) {
            table.append(String.format("%010d 00000 n \n", pdf.size()));
            pdf.writeBytes(Specimens.joined(Specimens.ascii(i + 1 + " 0 obj\n"), objects.get(i), Specimens.ascii("\nendobj\n")));
        }
        final int at = pdf.size();
        pdf.writeBytes(Specimens.ascii(table + "trailer\n<< /Size " + (objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + at + "\n%%EOF\n"));
        return pdf.toByteArray();
    }

    static byte[] object(final String text) {
        return Specimens.ascii(text);
    }

    static byte[] stream(final String dictionary, final byte[] content) {
        return Specimens.joined(Specimens.ascii("<< " + dictionary + " /Length " + content.length + " >>\nstream\n"), content, Specimens.ascii("\nendstream"));
    }

    /** A page that shows one picture. @param picture more of its dictionary */
    public static byte[] picture(final String picture, final byte[] content) {
        return of("", "/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>", stream("", Specimens.ascii("q 200 0 0 200 0 0 cm /I Do Q")), stream("/Type /XObject /Subtype /Image " + picture, content));
    }

    public static byte[] contents(final String dictionary, final byte[] content) {
        return of("", "/Contents 4 0 R", stream(dictionary, content));
    }

    /** A page within a page, ten times each, so deep. */
    public static byte[] nested(final int deep) {
        final List<byte[]> objects = new ArrayList<>();
        objects.add(stream("", Specimens.ascii("/F Do")));
        for (int i = 0; i < deep; i++) {
            final boolean isLast = i == deep - 1;
            objects.add(stream("/Type /XObject /Subtype /Form /BBox [0 0 200 200]" + (isLast ? "" : " /Resources << /XObject << /F " + (6 + i) + " 0 R >> >>"), Specimens.ascii(isLast ? "0 0 10 10 re f" : "/F Do ".repeat(10))));
        }
        return of("", "/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>", objects.toArray(new byte[0][]));
    }

    /** So many of one byte. */
    public static byte[] deflated(final int mebibytes, final int fill) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Deflater best = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, best)) {
            final byte[] some = new byte[1 << 20];
            Arrays.fill(some, (byte) fill);
            for (int i = 0; i < mebibytes; i++) {
                deflating.write(some);
            }
        } finally {
            best.end();
        }
        return out.toByteArray();
    }

    static byte[] deflated(final byte[] content) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(out)) {
            deflating.write(content);
        }
        return out.toByteArray();
    }
}
