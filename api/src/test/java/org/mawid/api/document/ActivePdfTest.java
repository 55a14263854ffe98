package org.mawid.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mawid.api.document.HandPdf.object;
import static org.mawid.api.document.HandPdf.stream;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mawid.api.document.DocumentException.Reason;

/** PDFs that do something, wherever that stands: most of it in no object of its own, where nobody has to look who reads objects only. */
class ActivePdfTest {
    private final Judge judge = new Judge(DocumentLimits.USUAL);

    static Stream<Arguments> active() {
        final byte[] program = stream("", "MZ.....".getBytes(StandardCharsets.US_ASCII));
        return Stream.of(
                Arguments.of("a script when it opens", HandPdf.of("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>", "")),
                Arguments.of("a script when it opens, an object", HandPdf.of("/OpenAction 4 0 R", "", object("<< /S /JavaScript /JS (app.alert\\(1\\)) >>"))),
                Arguments.of("a script under another spelling", HandPdf.of("/OpenAction << /S /J#61vaScript >>", "")),
                Arguments.of("a script whose kind is an object", HandPdf.of("/OpenAction << /S 4 0 R >>", "", object("/JavaScript"))),
                Arguments.of("a script behind a link", HandPdf.of("", "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/) /Next [<< /S /JavaScript /JS (x) >>] >> >>]")),
                Arguments.of("a program when a page opens", HandPdf.of("", "/AA << /O << /S /Launch /F (cmd.exe) >> >>")),
                Arguments.of("a script by name", HandPdf.of("/Names << /JavaScript << /Names [(x) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>", "")),
                Arguments.of("a form of forms", HandPdf.of("/AcroForm << /Fields [] /XFA (<xdp/>) >>", "")),
                Arguments.of("a file", HandPdf.of("/Names << /EmbeddedFiles << /Names [(evil.exe) << /Type /Filespec /F (evil.exe) /EF << /F 4 0 R >> >>] >> >>", "", program)),
                Arguments.of("a file that nobody calls one", HandPdf.of("/AF [<< /F (evil.exe) /EF << /UF 4 0 R >> >>]", "", program)),
                Arguments.of("a file at a page", HandPdf.of("", "/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] >>]")),
                Arguments.of("a form that is sent", HandPdf.of("/OpenAction << /S /SubmitForm /F (http://example.org/) >>", "")),
                Arguments.of("a form that is sent, an object", HandPdf.of("/OpenAction 4 0 R", "", object("<< /S /SubmitForm /F (http://example.org/) >>"))),
                Arguments.of("a form that is filled in from elsewhere", HandPdf.of("/OpenAction << /S /ImportData /F (other.fdf) >>", "")),
                Arguments.of("a file in a file", HandPdf.of("/OpenAction << /S /GoToE /T << /R /C >> >>", "")),
                Arguments.of("another file", HandPdf.of("/OpenAction << /S /GoToR /F (\\\\\\\\example.org\\\\share\\\\x.pdf) /D [0 /Fit] >>", "")),
                Arguments.of("something that plays", HandPdf.of("", "/Annots [<< /Type /Annot /Subtype /Screen /Rect [0 0 9 9] /A << /S /Rendition /OP 0 >> >>]")),
                Arguments.of("something rich", HandPdf.of("", "/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>]")),
                Arguments.of("a hundred levels down", HandPdf.of("/A ".concat("[<< /A ".repeat(100)) + "<< /S /Launch >>" + " >>]".repeat(100), "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("active")
    void givenAPdfThatActs_thenRefused(final String what, final byte[] content) {
        assertThatThrownBy(() -> judge.judge(content)).isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ACTIVE));
    }

    @Test
    void givenAPdfWithLinks_thenTaken() throws Exception {
        final byte[] links = HandPdf.of("/OpenAction [3 0 R /Fit] /Outlines << /First << /Title (Acte) /A << /S /GoTo /D [3 0 R /Fit] >> >> >>",
                "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org/) >> >> << /Type /Annot /Subtype /Link /Rect [9 9 19 19] /A << /Type /Action /S /GoTo /D [3 0 R /Fit] >> >>"
                        + " << /Type /Annot /Subtype /Link /Rect [9 9 19 19] /A << /S /Named /N /NextPage >> >>]");
        assertThat(judge.judge(links)).isEqualTo(new Judged(DocumentType.PDF, 1, 0, 0));
    }

    @Test
    void givenAFormToBeFilledIn_andResourcesOfAnyName_thenTaken() throws Exception {
        final byte[] form = HandPdf.of("/AcroForm << /Fields [<< /FT /Tx /T (nom) /V (Yasmine) >>] >> /StructTreeRoot << /K << /S /Form >> >>",
                "/Resources << /Font << /EF << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Group << /S /Transparency >>");
        assertThat(judge.judge(form)).isEqualTo(new Judged(DocumentType.PDF, 1, 0, 0));
    }
}
