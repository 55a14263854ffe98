package org.mawid.api.document;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.PDLineDashPattern;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.mawid.api.document.DocumentException.Reason;

/**
 * Draws a page small, and stops: a page may draw others within it, ten times each, ten deep. Each operator and each letter is one step; what takes longer is more; when there were too many, or it is late, {@link RefusedException} is
 * thrown, which the library does not catch. One thread.
 */
final class Sketch extends PDFRenderer {
    /** Source: our estimate; a page of a map has some hundred thousand, and a million take two seconds. */
    private static final int MOST_STEPS = 1_000_000;
    /** It takes as long as so many operators, though there is nothing on it. */
    private static final int PAGE_WITHIN = 100;
    /** Of a path: all of them are looked at when it is filled. */
    private static final int SEGMENT = 9;
    private static final PDLineDashPattern WHOLE = new PDLineDashPattern(new COSArray(), 0);

    private final PdfBudget budget;
    private final long untilNanos;
    private int steps;

    /** @param untilNanos of {@link System#nanoTime} */
    Sketch(final PDDocument pdf, final PdfBudget budget, final long untilNanos) {
        super(pdf);
        this.budget = budget;
        this.untilNanos = untilNanos;
        setSubsamplingAllowed(true);
    }

    private void step(final int more) {
        steps += more;
        PdfBudget.within(steps <= MOST_STEPS && System.nanoTime() - untilNanos < 0, Reason.BYTES);
    }

    @Override
    protected PageDrawer createPageDrawer(final PageDrawerParameters parameters) throws IOException {
        return new Drawer(parameters);
    }

    private final class Drawer extends PageDrawer {
        Drawer(final PageDrawerParameters parameters) throws IOException {
            super(parameters);
        }

        @Override
        protected void processOperator(final Operator operator, final List<COSBase> operands) throws IOException {
            step(1);
            PdfContents.check(operator, budget);
            getGraphicsState().setLineDashPattern(WHOLE); // a line may have a billion dashes
            super.processOperator(operator, operands);
        }

        @Override
        public void lineTo(final float x, final float y) {
            step(SEGMENT);
            super.lineTo(x, y);
        }

        @Override
        public void curveTo(final float x1, final float y1, final float x2, final float y2, final float x3, final float y3) {
            step(2 * SEGMENT);
            super.curveTo(x1, y1, x2, y2, x3, y3);
        }

        @Override
        protected void showGlyph(final Matrix place, final PDFont font, final int code, final Vector to) throws IOException {
            step(1);
            super.showGlyph(place, font, code, to);
        }

        @Override
        public void drawImage(final PDImage picture) throws IOException {
            budget.picture(picture.getWidth(), picture.getHeight());
            step(picture.getHeight());
            super.drawImage(picture);
        }

        @Override
        public void showForm(final PDFormXObject form) throws IOException {
            step(PAGE_WITHIN);
            super.showForm(form);
        }

        @Override
        public void showTransparencyGroup(final PDTransparencyGroup group) throws IOException {
            step(PAGE_WITHIN);
            super.showTransparencyGroup(group);
        }

        @Override
        public void shadingFill(final COSName name) throws IOException {
            step(Thumbnails.SIDE);
            super.shadingFill(name);
        }
    }
}
