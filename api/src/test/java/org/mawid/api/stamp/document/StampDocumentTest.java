package org.mawid.api.stamp.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.nimbusds.jose.util.Base64URL;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of the printer says what the stamp is, and what is scanned from it is what was signed. */
class StampDocumentTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    /** What a cheap printer prints, and a phone sees of it. */
    private static final int[] DOTS_PER_INCH = {150, 200, 300};

    @TempDir
    private Path folder;
    private SigningKeys keys;
    private StampDocument document;

    @BeforeEach
    void open() throws IOException {
        keys = SigningKeys.open(folder.resolve(SigningKeys.FILE));
        document = new StampDocument(keys, "mawid");
    }

    @Test
    void givenAPage_whenPrintedAndScanned_thenItsCodeIsTheSignedStamp() throws IOException {
        final String token = document.token(StampPages.PAID);
        for (final int dotsPerInch : DOTS_PER_INCH) {
            final String scanned = StampQr.read(rendered(pdf(StampPages.PAID, token), dotsPerInch)).orElseThrow(() -> new AssertionError(dotsPerInch + " dpi"));
            assertThat(StampVerifier.of(keys.publicKeys()).verify(scanned)).as("%s dpi", dotsPerInch)
                    .isEqualTo(new Verification.Genuine(StampPages.PAID, "mawid", keys.newest()));
        }
    }

    @Test
    void givenAQrCodeAlone_whenRead_thenItIsTheTokenAndTheSecretIsNotInIt() throws IOException {
        final String token = document.token(StampPages.PAID);
        final byte[] png = StampDocument.qr(token);

        assertThat(StampQr.read(ImageIO.read(new ByteArrayInputStream(png)))).contains(token);
        assertThat(StampDocument.qr(token)).isEqualTo(png);
        assertThat(new Base64URL(token.split("\\.")[1]).decodeToString()).contains(StampPages.PAID.serial()).doesNotContain(StampPages.SECRET);
        assertThat(token.length()).as("the page's module size rests on it").isLessThan(504);
    }

    @Test
    void givenTheSameStamp_whenDrawnTwice_thenTheBytesAreTheSame() {
        final String token = document.token(StampPages.PAID);
        final byte[] once = pdf(StampPages.PAID, token);

        assertThat(pdf(StampPages.PAID, token)).isEqualTo(once);
        assertThat(pdf(StampPages.PAID, document.token(StampPages.PAID))).as("another signature").isNotEqualTo(once);
    }

    @Test
    void givenAPage_whenRead_thenItIsOneOfA4WithAllThatAPersonNeeds() throws IOException {
        final byte[] pdf = pdf(StampPages.PAID, document.token(StampPages.PAID));
        try (PDDocument page = Loader.loadPDF(pdf)) {
            assertThat(page.getNumberOfPages()).isOne();
            assertThat(page.getPage(0).getMediaBox().getWidth()).isEqualTo(PDRectangle.A4.getWidth(), within(1f));
            assertThat(page.getDocumentCatalog().getLanguage()).isEqualTo("fr");
            final String text = new PDFTextStripper().getText(page).replace('\u00a0', ' ');
            assertThat(text).contains("Timbre fiscal électronique", "Electronic fee stamp", "Timbre fiscal electrónico", "1234 5678 9012 3402",
                    StampPages.SECRET, "1 234,50 MAD", "114,25 EUR", "MA-CG-PARIS", "REGISTRATION", "1ZZZ-0001-AB2C9 / 2", "02/03/2026 09:15 (Europe/Paris)",
                    "02/03/2026 09:20", "02/03/2027 23:59", "Código secreto", "Secret code", "Valable jusqu’au");
        }
        assertThat(pdf.length).as("bytes of a page").isLessThan(120_000);
    }

    @Test
    void givenCurrenciesWithOtherMinorUnits_whenDrawn_thenTheirAmountsHaveAsManyDecimals() throws IOException {
        assertThat(text(StampPages.in("XOF", 0, 75_000))).contains("75 000 XOF");
        assertThat(text(StampPages.in("TND", 3, 38_250))).contains("38,250 TND");
        assertThat(text(StampPages.in("EUR", 2, 5))).contains("0,05 EUR").contains("non payé").contains("sans limite");
    }

    /** The page shows letters joined, in the forms that Unicode has for that, and from right to left: the last letter comes first. */
    @Test
    void givenArabic_whenDrawn_thenItsLettersAreJoinedAndRunFromTheRight() throws IOException {
        final String drawn = glyphs(pdf(StampPages.PAID, document.token(StampPages.PAID)));
        for (final StampTexts text : StampTexts.values()) {
            if (text.arabic.contains(" ") || text == StampTexts.NOT_PAID || text == StampTexts.WITHOUT_END) {
                continue;
            }
            final String reversed = new StringBuilder(text.arabic).reverse().toString();
            assertThat(Normalizer.normalize(drawn, Normalizer.Form.NFKC)).as("%s, as it is seen from the left", text).contains(reversed);
            assertThat(drawn).as("%s, letters apart", text).doesNotContain(reversed).doesNotContain(text.arabic);
        }
        // From the left: yeh apart (reh joins nothing after it), reh at an end, seen between two, lam at a beginning, alef apart.
        assertThat(drawn).as("the word of the secret code").contains("\ufef1\ufeae\ufeb4\ufedf\ufe8d");
    }

    @Test
    void givenAnotherLanguage_whenDrawn_thenItStandsFirstAndTheOthersAreThereToo() throws IOException {
        for (final PageLanguage language : PageLanguage.values()) {
            final byte[] pdf = StampDocument.pdf(StampPages.PAID, document.token(StampPages.PAID), StampPages.SECRET, PARIS, language);
            try (PDDocument page = Loader.loadPDF(pdf)) {
                assertThat(page.getDocumentCatalog().getLanguage()).isEqualTo(language.tag());
                assertThat(page.getDocumentInformation().getTitle()).startsWith(language == PageLanguage.ARABIC ? StampTexts.TITLE.arabic : StampTexts.TITLE.first(language));
                assertThat(new PDFTextStripper().getText(page)).contains("Code secret", "Secret code", "Código secreto");
            }
            assertThat(letters(pdf)).filteredOn(letter -> letter.getFontSizeInPt() == 20).extracting(TextPosition::getUnicode).as("%s", language)
                    .isEqualTo(StampTexts.TITLE.first(language).codePoints().mapToObj(Character::toString).toList());
            assertThat(PageLanguage.of(language.tag())).isEqualTo(language);
        }
    }

    @Test
    void givenAPage_whenPrinted_thenNothingIsCutOff() throws IOException {
        for (final PageLanguage language : PageLanguage.values()) {
            final StampFacts facts = language == PageLanguage.FRENCH ? StampPages.PAID : StampPages.in("XOF", 0, 75_000);
            final List<TextPosition> letters = letters(StampDocument.pdf(facts, document.token(facts), StampPages.SECRET, PARIS, language));
            assertThat(letters).hasSizeGreaterThan(500).allSatisfy(letter -> {
                assertThat(letter.getX()).as(letter.getUnicode()).isBetween(49f, PDRectangle.A4.getWidth() - 50);
                assertThat(letter.getX() + letter.getWidth()).as(letter.getUnicode()).isLessThan(PDRectangle.A4.getWidth() - 49);
                assertThat(letter.getY()).as(letter.getUnicode()).isBetween(40f, PDRectangle.A4.getHeight() - 30);
            });
        }
    }

    @Test
    void givenALongTimeZoneAndService_whenDrawn_thenNothingIsOverTheLabelBeside() throws IOException {
        final StampFacts facts = new StampFacts(StampPages.PAID.serial(), StampPages.PAID.application(), 1, "MA-AMB-A-VERY-LONG-NAME-OF-A-POST-FAR-AWAY", "S".repeat(60),
                999_999_999_999_99L, 999_999_999_999_99L, "CLP", 0, StampPages.PAID.issuedMs(), StampPages.PAID.paidMs(), StampPages.PAID.validUntilMs());
        final List<TextPosition> letters = letters(StampDocument.pdf(facts, document.token(facts), StampPages.SECRET, ZoneId.of("America/Argentina/Buenos_Aires")));
        for (final TextPosition arabic : letters) {
            if (arabic.getUnicode().codePointAt(0) >= 0xfb50 && arabic.getY() > 120 && arabic.getY() < PDRectangle.A4.getHeight() / 2) {
                assertThat(letters).filteredOn(letter -> letter.getUnicode().codePointAt(0) < 0x600 && !letter.getUnicode().isBlank() && letter.getY() == arabic.getY())
                        .allSatisfy(letter -> assertThat(letter.getX() + letter.getWidth()).as(letter.getUnicode()).isLessThan(arabic.getX()));
            }
        }
    }

    @Test
    void givenAPage_whenItsFontsAreLookedAt_thenAllAreInItAndNoneWhole() throws IOException {
        try (PDDocument page = Loader.loadPDF(pdf(StampPages.PAID, document.token(StampPages.PAID)))) {
            final Set<String> names = new HashSet<>();
            for (final COSName name : page.getPage(0).getResources().getFontNames()) {
                final PDFont font = page.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                names.add(font.getName());
            }
            assertThat(names).hasSize(2).allMatch(name -> name.matches("[A-Z]{6}\\+DejaVuSans(-Bold)?"));
        }
    }

    private byte[] pdf(final StampFacts facts, final String token) {
        return StampDocument.pdf(facts, token, StampPages.SECRET, PARIS);
    }

    private String text(final StampFacts facts) throws IOException {
        try (PDDocument page = Loader.loadPDF(pdf(facts, document.token(facts)))) {
            return new PDFTextStripper().getText(page).replace('\u00a0', ' ');
        }
    }

    /** As they stand on the page, from the left of each line; the stripper itself would turn them. */
    private static String glyphs(final byte[] pdf) throws IOException {
        return letters(pdf).stream().map(TextPosition::getUnicode).collect(Collectors.joining());
    }

    private static List<TextPosition> letters(final byte[] pdf) throws IOException {
        final List<TextPosition> drawn = new ArrayList<>();
        try (PDDocument page = Loader.loadPDF(pdf)) {
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(final TextPosition letter) {
                    drawn.add(letter);
                }
            }.getText(page);
        }
        return drawn;
    }

    private static BufferedImage rendered(final byte[] pdf, final int dotsPerInch) throws IOException {
        try (PDDocument page = Loader.loadPDF(pdf)) {
            return new PDFRenderer(page).renderImageWithDPI(0, dotsPerInch);
        }
    }
}
