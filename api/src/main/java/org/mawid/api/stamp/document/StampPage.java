package org.mawid.api.stamp.document;

import com.lowagie.text.Chunk;
import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfEncryption;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.GregorianCalendar;
import org.mawid.api.gateway.Sha256;

/**
 * The page: French, or what was asked for, on the left, Arabic on the right, values between them, the QR code as lines that a printer draws as finely as it can. One use, one thread.
 * Lengths in points, from the lower left corner.
 */
final class StampPage {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm");
    private static final Color GREEN = new Color(0x00, 0x62, 0x33);
    private static final Color GREY = new Color(0x59, 0x59, 0x59);
    private static final Color LINE = new Color(0xcc, 0xcc, 0xcc);
    private static final float LEFT = 50;
    private static final float RIGHT = PageSize.A4.getWidth() - 50;
    private static final float VALUES = 222;
    private static final float GAP = 8;
    private static final float TOP = PageSize.A4.getHeight() - 70;
    private static final float ROW = 41;
    /** 65 mm: a module of 0.7 mm, which a phone reads from paper. */
    private static final float QR_SIDE = 184;
    private static final float BOTTOM = 66;
    private static final int IDENTITY_BYTES = 16;

    private final StampFacts facts;
    private final String token;
    private final String secret;
    private final ZoneId zone;
    private final PageLanguage language;
    private final StampFonts fonts;
    private final byte[] identity;
    private PdfContentByte canvas;
    private float y = TOP;

    StampPage(final StampFacts facts, final String token, final String secret, final ZoneId zone, final PageLanguage language) {
        this.facts = facts;
        this.token = token;
        this.secret = secret;
        this.zone = zone;
        this.language = language;
        this.identity = Arrays.copyOf(Sha256.of(token + '\n' + secret + '\n' + zone + '\n' + language), IDENTITY_BYTES);
        this.fonts = new StampFonts(identity);
    }

    byte[] draw() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final Document document = new Document(PageSize.A4);
        final PdfWriter writer = PdfWriter.getInstance(document, bytes);
        document.addTitle((language == PageLanguage.ARABIC ? StampTexts.TITLE.arabic : StampTexts.TITLE.first(language)) + ' ' + facts.serial());
        document.setDocumentLanguage(language.tag());
        document.open();
        // Set once it is open: opening writes the time of day over them.
        final PdfDate issued = new PdfDate(GregorianCalendar.from(Instant.ofEpochMilli(facts.issuedMs()).atZone(ZoneOffset.UTC)));
        writer.getInfo().put(PdfName.CREATIONDATE, issued);
        writer.getInfo().put(PdfName.MODDATE, issued);
        writer.getInfo().put(PdfName.FILEID, PdfEncryption.createInfoId(identity, identity));
        writer.getExtraCatalog().put(PdfName.LANG, new PdfString(language.tag()));
        canvas = writer.getDirectContent();
        title();
        rows();
        qr();
        notes();
        document.close();
        return bytes.toByteArray();
    }

    private void title() {
        left(StampTexts.TITLE.first(language), fonts.bold(20, GREEN), LEFT);
        right(StampTexts.TITLE.arabic, fonts.bold(22, GREEN));
        y -= 18;
        left(StampTexts.TITLE.others(language), fonts.regular(9, GREY), LEFT);
        y -= 12;
        rule(GREEN, 1.5f);
    }

    private void rows() {
        row(StampTexts.SERIAL, grouped(facts.serial()), fonts.bold(16, Color.BLACK));
        row(StampTexts.SECRET, secret, fonts.bold(16, Color.BLACK));
        row(StampTexts.AMOUNT, Amounts.text(facts.amountCentimes(), 2, "MAD"), fonts.bold(13, Color.BLACK));
        row(StampTexts.LOCAL_AMOUNT, Amounts.text(facts.localMinor(), facts.minorDigits(), facts.currency()), fonts.bold(13, Color.BLACK));
        row(StampTexts.SERVICE, facts.service(), fonts.regular(11, Color.BLACK));
        row(StampTexts.POST, facts.post(), fonts.regular(11, Color.BLACK));
        row(StampTexts.APPLICATION, facts.application() + " / " + (facts.line() + 1), fonts.regular(11, Color.BLACK));
        row(StampTexts.ISSUED, minute(facts.issuedMs()), fonts.regular(11, Color.BLACK));
        instant(StampTexts.PAID, facts.paidMs(), facts.isWaived() ? StampTexts.WAIVED : StampTexts.NOT_PAID);
        instant(StampTexts.VALID_UNTIL, facts.validUntilMs(), StampTexts.WITHOUT_END);
    }

    private void instant(final StampTexts label, final long ms, final StampTexts otherwise) {
        if (ms > 0) {
            row(label, minute(ms), fonts.regular(11, Color.BLACK));
            return;
        }
        row(label, otherwise.first(language) + " · " + otherwise.others(language), fonts.regular(8, Color.BLACK));
        ColumnText.showTextAligned(canvas, Element.ALIGN_LEFT, new Phrase(otherwise.arabic, fonts.regular(10, Color.BLACK)), VALUES, y + 7, 0, PdfWriter.RUN_DIRECTION_RTL, 0);
    }

    private void row(final StampTexts label, final String value, final Font font) {
        y -= 22;
        left(label.first(language), fonts.regular(10, Color.BLACK), LEFT);
        final Font arabic = fonts.regular(12, Color.BLACK);
        left(value, fitted(value, font, RIGHT - width(label.arabic, arabic) - GAP - VALUES), VALUES);
        right(label.arabic, arabic);
        y -= 11;
        left(label.others(language), fonts.regular(6.5f, GREY), LEFT);
        y -= ROW - 33;
        rule(LINE, 0.5f);
    }

    private void qr() {
        final boolean[][] modules = StampQr.modules(token);
        final float module = QR_SIDE / (modules.length + 2 * StampQr.QUIET);
        canvas.setColorFill(Color.BLACK);
        for (int row = 0; row < modules.length; row++) {
            final float bottom = BOTTOM + QR_SIDE - (row + 1 + StampQr.QUIET) * module;
            for (int from = 0; from < modules.length; from++) {
                int to = from;
                while (to < modules.length && modules[row][to]) {
                    to++;
                }
                if (to > from) { // one rectangle for neighbours: between two there would be a hair of white
                    canvas.rectangle(LEFT + (from + StampQr.QUIET) * module, bottom, (to - from) * module, module);
                    from = to;
                }
            }
        }
        canvas.fill();
    }

    private void notes() {
        final float from = LEFT + QR_SIDE + 12;
        float top = BOTTOM + QR_SIDE;
        for (final StampTexts note : new StampTexts[] {StampTexts.SIGNED, StampTexts.KEEP}) {
            top = paragraph(note.first(language), from, top, false);
            top = paragraph(note.arabic, from, top, true);
            for (final String other : note.others(language).split(" · ")) {
                top = paragraph(other, from, top, false);
            }
            top -= 3;
        }
    }

    /** @return where the next one begins */
    private float paragraph(final String text, final float from, final float top, final boolean arabic) {
        final ColumnText column = new ColumnText(canvas);
        column.setSimpleColumn(from, BOTTOM - 30, RIGHT, top);
        column.setLeading(arabic ? 12 : 9.5f);
        column.setRunDirection(arabic ? PdfWriter.RUN_DIRECTION_RTL : PdfWriter.RUN_DIRECTION_LTR);
        column.addText(new Chunk(text, arabic ? fonts.regular(9, Color.BLACK) : fonts.regular(7.5f, Color.BLACK)));
        column.go();
        return column.getYLine() - 2;
    }

    /** The name of a time zone may be long. */
    private static Font fitted(final String text, final Font font, final float room) {
        final float width = width(text, font);
        return width <= room ? font : new Font(font.getBaseFont(), font.getSize() * room / width, Font.NORMAL, font.getColor());
    }

    private static float width(final String text, final Font font) {
        return font.getBaseFont().getWidthPoint(text, font.getSize());
    }

    private void left(final String text, final Font font, final float x) {
        ColumnText.showTextAligned(canvas, Element.ALIGN_LEFT, new Phrase(text, font), x, y, 0);
    }

    private void right(final String arabic, final Font font) {
        ColumnText.showTextAligned(canvas, Element.ALIGN_RIGHT, new Phrase(arabic, font), RIGHT, y, 0, PdfWriter.RUN_DIRECTION_RTL, 0);
    }

    private void rule(final Color color, final float width) {
        canvas.setColorStroke(color);
        canvas.setLineWidth(width);
        canvas.moveTo(LEFT, y);
        canvas.lineTo(RIGHT, y);
        canvas.stroke();
    }

    private String minute(final long ms) {
        return MINUTE.format(Instant.ofEpochMilli(ms).atZone(zone)) + " (" + zone.getId() + ')';
    }

    private static String grouped(final String serial) {
        return serial.replaceAll("(.{4})(?=.)", "$1 ");
    }
}
