package org.mawid.api.document;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.mawid.api.document.DocumentException.Reason;

/**
 * What a PDF has: pages counted, not believed; every object looked at, wherever it stands; what streams become counted, not held; pictures by their headers; nothing that acts. What there may be of each is a {@link PdfBudget}.
 */
final class PdfCheck {
    private static final COSName EMBEDDED_FILE = COSName.getPDFName("EmbeddedFile");
    private static final COSName EMBEDDED_FILES = COSName.getPDFName("EmbeddedFiles");
    private static final COSName XFA = COSName.getPDFName("XFA");
    private static final COSName CHARACTERS = COSName.getPDFName("CharProcs");
    /** Kinds of actions (ISO 32000-1, 12.6.4; ISO 32000-2, 12.6.4) that run, send, fetch, open or play something. Those that show another place, here or on the web, are not among them. */
    private static final Set<String> ACTIONS = Set.of("JavaScript", "ECMAScript", "Launch", "SubmitForm", "ImportData", "GoToE", "GoToR", "Rendition", "RichMediaExecute", "Movie", "Sound");
    /** Of annotations that carry a file, or what plays by itself. */
    private static final Set<String> ANNOTATIONS = Set.of("RichMedia", "FileAttachment", "Movie", "Sound", "Screen", "3D");
    /** Values are files of that name in different systems. */
    private static final List<COSName> FILES = List.of(COSName.F, COSName.UF, COSName.getPDFName("DOS"), COSName.getPDFName("Mac"), COSName.getPDFName("Unix"));

    private final DocumentLimits limits;
    private final PdfBudget budget;
    private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Arrays and dictionaries, and names of them: nested as deep as anybody likes. */
    private final Deque<COSBase> ahead = new ArrayDeque<>();
    /** What is drawn from, whatever else it says that it is. */
    private final Set<COSStream> drawn = Collections.newSetFromMap(new IdentityHashMap<>());

    private PdfCheck(final DocumentLimits limits, final PdfBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /** @return how many, 1 and more @throws DocumentException it is not taken */
    static int pages(final byte[] content, final DocumentLimits limits) throws DocumentException {
        final PdfBudget budget = PdfBudget.toJudge(limits, content.length);
        try (PDDocument pdf = PdfFile.open(content, budget)) {
            if (pdf.isEncrypted()) {
                throw new DocumentException(Reason.ENCRYPTED);
            }
            final PdfCheck check = new PdfCheck(limits, budget);
            final int pages = check.counted(pdf.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.PAGES));
            check.everything(pdf.getDocument());
            return pages;
        } catch (final RefusedException refused) {
            throw refused.told();
        } catch (final InvalidPasswordException locked) {
            throw new DocumentException(Reason.ENCRYPTED);
        } catch (final IOException | RuntimeException | StackOverflowError unreadable) {
            throw new DocumentException(Reason.BROKEN);
        }
    }

    /** A page that is named twice is two, as it is shown. */
    private int counted(final COSDictionary root) throws DocumentException {
        final Set<COSDictionary> branches = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<COSBase> nodes = new ArrayDeque<>();
        nodes.push(root);
        int pages = 0;
        while (!nodes.isEmpty()) {
            final COSBase node = named(nodes.pop());
            final COSArray kids = node instanceof COSDictionary branch ? branch.getCOSArray(COSName.KIDS) : null;
            if (kids != null && branches.add((COSDictionary) node)) {
                kids.forEach(kid -> push(nodes, kid));
            } else if (kids == null && node instanceof COSDictionary && ++pages > limits.pages()) {
                throw new DocumentException(Reason.PAGES);
            }
        }
        if (pages == 0) {
            throw new DocumentException(Reason.BROKEN);
        }
        return pages;
    }

    private void everything(final COSDocument file) throws DocumentException, IOException {
        ahead.push(file.getTrailer());
        for (final COSObjectKey key : new ArrayList<>(file.getXrefTable().keySet())) {
            ahead.push(file.getObjectFromPool(key));
            reached();
        }
        for (final COSStream stream : drawn) {
            PdfContents.check(List.of(stream), budget);
        }
    }

    private void reached() throws DocumentException, IOException {
        while (!ahead.isEmpty()) {
            final COSBase value = named(ahead.pop());
            if (value instanceof COSArray array && seen.add(value)) {
                array.forEach(item -> push(ahead, item));
            } else if (value instanceof COSDictionary dictionary && seen.add(value)) {
                acts(dictionary);
                drawnFrom(dictionary);
                dictionary.getValues().forEach(item -> push(ahead, item));
            }
        }
    }

    private static COSBase named(final COSBase value) {
        return value instanceof COSObject name ? name.getObject() : value;
    }

    private static void push(final Deque<COSBase> to, final COSBase value) {
        if (value instanceof COSObject || value instanceof COSArray || value instanceof COSDictionary) {
            to.push(value);
        }
    }

    private static void acts(final COSDictionary dictionary) throws DocumentException {
        if (ACTIONS.contains(dictionary.getNameAsString(COSName.S, "")) || ANNOTATIONS.contains(dictionary.getNameAsString(COSName.SUBTYPE, "")) || EMBEDDED_FILE.equals(dictionary.getDictionaryObject(COSName.TYPE))
                || dictionary.containsKey(COSName.JS) || dictionary.containsKey(XFA) || dictionary.containsKey(EMBEDDED_FILES) || hasFile(dictionary.getDictionaryObject(COSName.EF))) {
            throw new DocumentException(Reason.ACTIVE);
        }
    }

    /** A font or a picture may have that name as well, in a page's resources. */
    private static boolean hasFile(final COSBase files) {
        return files instanceof COSDictionary dictionary && FILES.stream().anyMatch(dictionary::containsKey);
    }

    /** Streams are counted; those that may be drawn from are read later, when all objects have been looked at. */
    private void drawnFrom(final COSDictionary dictionary) throws IOException {
        if (dictionary instanceof PdfFile.Stream stream) {
            stream.count();
            if (!PdfDecoding.isPicture(stream) && PdfContents.mayBe(stream)) {
                drawn.add(stream);
            }
        }
        final COSBase contents = dictionary.getDictionaryObject(COSName.CONTENTS);
        if (contents instanceof COSStream stream) {
            drawn.add(stream);
        } else if (contents instanceof COSArray array) {
            final List<COSStream> parts = new ArrayList<>();
            for (int i = 0; i < array.size() && parts.size() < PdfContents.MOST_PARTS; i++) {
                if (array.getObject(i) instanceof COSStream part) {
                    parts.add(part);
                }
            }
            PdfContents.check(parts, budget);
        }
        if (dictionary.getDictionaryObject(CHARACTERS) instanceof COSDictionary characters) {
            addAll(characters);
        }
        if (dictionary.getDictionaryObject(COSName.AP) instanceof COSDictionary appearances) {
            addAll(appearances);
            for (final COSName name : appearances.keySet()) {
                if (appearances.getDictionaryObject(name) instanceof COSDictionary states && !(states instanceof COSStream)) {
                    addAll(states);
                }
            }
        }
    }

    private void addAll(final COSDictionary streams) {
        for (final COSName name : streams.keySet()) {
            if (streams.getDictionaryObject(name) instanceof COSStream stream) {
                drawn.add(stream);
            }
        }
    }
}
