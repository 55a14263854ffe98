package org.mawid.api.document;

import java.io.IOException;
import java.util.ArrayList;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.mawid.api.document.DocumentException.Reason;

/** What a PDF has: pages counted, not believed; pictures by their headers; nothing that acts. */
final class PdfCheck {
    private static final COSName EMBEDDED_FILE = COSName.getPDFName("EmbeddedFile");
    private static final COSName JAVASCRIPT = COSName.getPDFName("JavaScript");
    private static final COSName LAUNCH = COSName.getPDFName("Launch");
    private static final COSName XFA = COSName.getPDFName("XFA");
    private static final COSName RICH_MEDIA = COSName.getPDFName("RichMedia");

    private final DocumentLimits limits;

    PdfCheck(final DocumentLimits limits) {
        this.limits = limits;
    }

    /** @return how many, 1 and more @throws DocumentException it is not taken */
    int pages(final byte[] content) throws DocumentException {
        try (PDDocument pdf = Loader.loadPDF(content, "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
            if (pdf.isEncrypted()) {
                throw new DocumentException(Reason.ENCRYPTED);
            }
            for (final COSObjectKey key : new ArrayList<>(pdf.getDocument().getXrefTable().keySet())) {
                check(pdf.getDocument().getObjectFromPool(key));
            }
            check(pdf.getDocumentCatalog().getCOSObject());
            return counted(pdf);
        } catch (final InvalidPasswordException locked) {
            throw new DocumentException(Reason.ENCRYPTED);
        } catch (final IOException | RuntimeException | StackOverflowError unreadable) {
            throw new DocumentException(Reason.BROKEN);
        }
    }

    private int counted(final PDDocument pdf) throws DocumentException {
        int pages = 0;
        for (final PDPage page : pdf.getPages()) {
            if (page == null || ++pages > limits.pages()) {
                throw new DocumentException(Reason.PAGES);
            }
        }
        if (pages == 0) {
            throw new DocumentException(Reason.BROKEN);
        }
        return pages;
    }

    private void check(final COSObject object) throws DocumentException {
        final COSBase value = object.getObject();
        if (value instanceof COSDictionary dictionary) {
            check(dictionary);
        }
    }

    private void check(final COSDictionary dictionary) throws DocumentException {
        final COSBase action = dictionary.getDictionaryObject(COSName.S);
        if (EMBEDDED_FILE.equals(dictionary.getDictionaryObject(COSName.TYPE)) || JAVASCRIPT.equals(action) || LAUNCH.equals(action) || dictionary.containsKey(COSName.JS)
                || dictionary.containsKey(XFA) || RICH_MEDIA.equals(dictionary.getDictionaryObject(COSName.SUBTYPE)) || dictionary.containsKey(COSName.EF)) {
            throw new DocumentException(Reason.ACTIVE);
        }
        if (COSName.IMAGE.equals(dictionary.getDictionaryObject(COSName.SUBTYPE))) {
            final int width = dictionary.getInt(COSName.WIDTH, COSName.W, 0);
            final int height = dictionary.getInt(COSName.HEIGHT, COSName.H, 0);
            if (width > limits.side() || height > limits.side() || (long) width * height > limits.pixels()) {
                throw new DocumentException(Reason.PIXELS);
            }
        }
    }
}
