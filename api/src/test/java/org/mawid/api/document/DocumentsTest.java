package org.mawid.api.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.document.DocumentException.Reason;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Owner;
import org.mawid.sbe.DocumentKind;
import org.mawid.api.sealed.SealException;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;

/** What is known of malware in a document, and when; servers that are killed while a document arrives. */
class DocumentsTest {
    private static final Owner YASMINE = new Owner(42, 17, 1_000);
    private static final List<Owner> OWNERS = List.of(YASMINE);

    @TempDir
    private Path folder;
    private final MasterKey master = MasterKey.passing();
    private final List<Document> told = new ArrayList<>();
    private final List<ScanState> states = new ArrayList<>();
    private MalwareScan scan = MalwareScan.NONE;
    private long nowMs = 5_000;
    private boolean listenerFails;
    private PersonalData data;
    private Documents documents;

    @BeforeEach
    void open() throws IOException {
        data = new PersonalData(folder.resolve("persons"), Seals.open(folder.resolve("keys"), List.of(master)), new FolderStore(folder.resolve("persons/sealed")), () -> nowMs);
        documents = new Documents(folder.resolve("persons"), data, content -> scan.isClean(content), DocumentLimits.USUAL, () -> nowMs, (document, state) -> {
            if (listenerFails) {
                throw new IOException("not now");
            }
            told.add(document);
            states.add(state);
        });
    }

    @Test
    void givenNobodyWhoLooks_thenNotScanned_untilSomebodyDoes() throws Exception {
        final String id = arrived();
        assertThat(documents.end(OWNERS, id, "").scan()).isEqualTo(ScanState.NOT_SCANNED);
        assertThat(documents.content(OWNERS, id).document().scan()).isEqualTo(ScanState.NOT_SCANNED);
        scan = content -> true;
        assertThat(documents.content(OWNERS, id).document().scan()).isEqualTo(ScanState.CLEAN);
        open();
        assertThat(documents.find(OWNERS, id).scan()).isEqualTo(ScanState.CLEAN);
        assertThat(told).extracting(Document::id).containsExactly(id, id);
        assertThat(states).containsExactly(ScanState.NOT_SCANNED, ScanState.CLEAN);
    }

    @Test
    void givenMalware_thenItIsNotKept_andWhatIsFoundOutLaterIsGone() throws Exception {
        scan = content -> false;
        final String id = arrived();
        refused(Reason.INFECTED, () -> documents.end(OWNERS, id, ""));
        assertThat(documents.arriving(17, id)).isNull();
        scan = MalwareScan.NONE;
        final String later = arrived();
        documents.end(OWNERS, later, "");
        scan = content -> false;
        refused(Reason.INFECTED, () -> documents.content(OWNERS, later));
        assertThat(states).containsExactly(ScanState.NOT_SCANNED, ScanState.INFECTED);
        assertThat(documents.content(OWNERS, later)).isNull();
        assertThat(documents.thumbnail(OWNERS, later)).isNull();
        try (Stream<Path> sealed = Files.walk(folder.resolve("persons/sealed"))) {
            assertThat(sealed.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void givenAServerKilledBetweenKeepingAndTelling_thenTheSameEndIsToldAndKeptOnce() throws Exception {
        final String id = arrived();
        listenerFails = true;
        assertThatThrownBy(() -> documents.end(OWNERS, id, "")).isInstanceOf(IOException.class);
        open();
        listenerFails = false;
        final Document document = documents.end(OWNERS, id, "");
        assertThat(told).containsExactly(document);
        assertThat(documents.kept(OWNERS)).containsExactly(document);
        assertThat(documents.arriving(17)).isEmpty();
    }

    @Test
    void givenAServerKilledBetweenKeepingAndTelling_thenTheNextOneTellsByItself() throws Exception {
        final String id = arrived();
        listenerFails = true;
        assertThatThrownBy(() -> documents.end(OWNERS, id, "")).isInstanceOf(IOException.class);
        assertThatThrownBy(documents::sweep).as("nor can it be told now").isInstanceOf(IOException.class);
        listenerFails = false;
        assertThat(documents.sweep()).isEqualTo(1);
        assertThat(told).extracting(Document::id).containsExactly(id);
        assertThat(documents.sweep()).isZero();
    }

    @Test
    void givenAPartOfAnotherPlaceOrDocument_thenItIsNoticed() throws Exception {
        final byte[] file = Specimens.pdf(1, "x");
        final Arrival arrival = documents.begin(OWNERS, YASMINE, 0, DocumentKind.PHOTO, 2 * file.length);
        documents.add(17, arrival.id(), 0, file);
        documents.add(17, arrival.id(), file.length, file);
        final Path parts = folder.resolve("persons/arriving/0000000000000011").resolve(arrival.id());
        Files.copy(parts.resolve("00000000"), parts.resolve(String.format("%08x", file.length)), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> documents.end(OWNERS, arrival.id(), "")).isInstanceOf(IOException.class).hasMessageContaining("another's place");
    }

    @Test
    void givenWhatIsTooLongOnItsWay_orOfSomebodyErased_thenItIsDropped() throws Exception {
        documents.begin(OWNERS, YASMINE, 0, DocumentKind.PHOTO, 10);
        final String second = documents.begin(OWNERS, YASMINE, 0, DocumentKind.PHOTO, 10).id();
        documents.add(17, second, 0, new byte[5]);
        assertThat(documents.sweep()).isZero();
        assertThat(documents.forget(43)).isZero();
        data.erase(42, 9_000);
        assertThatThrownBy(() -> documents.add(17, second, 5, new byte[5])).isInstanceOf(SealException.class);
        assertThat(documents.forget(42)).isEqualTo(2);
        documents.begin(List.of(new Owner(43, 18, 1_000)), new Owner(43, 18, 1_000), 0, DocumentKind.PHOTO, 10);
        nowMs += DocumentLimits.USUAL.arrivalMs() + 1;
        assertThat(documents.sweep()).isEqualTo(1);
        assertThat(documents.arriving(18)).isEmpty();
    }

    @Test
    void givenAsManyOnTheirWayAsThereMayBe_thenToldWhenTheFirstHasEnded_andThenThereIsRoom() throws Exception {
        for (int i = 0; i < DocumentLimits.USUAL.arriving(); i++) {
            documents.begin(OWNERS, YASMINE, 0, DocumentKind.PHOTO, 10);
            nowMs += 1_000;
        }
        assertThatThrownBy(() -> documents.begin(OWNERS, YASMINE, 0, DocumentKind.PHOTO, 10)).isInstanceOfSatisfying(DocumentException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.COUNT);
            assertThat(e.retryMs()).isEqualTo(DocumentLimits.USUAL.arrivalMs() - DocumentLimits.USUAL.arriving() * 1_000);
            nowMs += e.retryMs() + 1;
        });
        assertThat(documents.begin(OWNERS, YASMINE, 0, DocumentKind.PHOTO, 10).offset()).isZero();
        assertThat(documents.arriving(17)).hasSize(DocumentLimits.USUAL.arriving());
    }

    @Test
    void givenTwoWhoEndTheSame_whenOneHasLookedAndTheOtherHasKeptIt_thenItIsKeptAndToldOnce() throws Exception {
        final String id = arrived();
        final Documents.Looked looked = documents.look(OWNERS, id, "");
        final Document kept = documents.end(OWNERS, id, "");
        assertThat(documents.keep(OWNERS, looked, null)).isEqualTo(kept);
        assertThat(told).containsExactly(kept);
        assertThat(documents.kept(OWNERS)).containsExactly(kept);
    }

    @Test
    void givenSomebodyErasedWhileTheirDocumentIsDrawn_thenNothingIsKept() throws Exception {
        final String id = arrived();
        final Documents.Looked looked = documents.look(OWNERS, id, "");
        documents.forget(42);
        assertThat(documents.keep(OWNERS, looked, null)).isNull();
        assertThat(told).isEmpty();
        assertThat(documents.kept(OWNERS)).isEmpty();
    }

    private String arrived() throws Exception {
        final byte[] file = Specimens.pdf(1, "x");
        final String id = documents.begin(OWNERS, YASMINE, 0, DocumentKind.PHOTO, file.length).id();
        documents.add(17, id, 0, Arrays.copyOf(file, 100));
        documents.add(17, id, 100, Arrays.copyOfRange(file, 100, file.length));
        return id;
    }

    private static void refused(final Reason reason, final org.assertj.core.api.ThrowableAssert.ThrowingCallable doing) {
        assertThatThrownBy(doing).isInstanceOfSatisfying(DocumentException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
