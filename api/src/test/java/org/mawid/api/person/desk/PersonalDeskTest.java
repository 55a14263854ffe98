package org.mawid.api.person.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.document.Document;
import org.mawid.api.document.DocumentLimits;
import org.mawid.api.document.Documents;
import org.mawid.api.document.HandPdf;
import org.mawid.api.document.MalwareScan;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Owner;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;
import org.mawid.sbe.DocumentKind;

/** What happens to work that is handed in and goes wrong. */
@Timeout(60)
class PersonalDeskTest {
    @Test
    void givenWorkThatTakesAllOfTheHeap_thenTheThreadsHandlerIsTold_whoWaitsAsWell_andTheDeskGoesOn(@TempDir final Path folder) throws Exception {
        final PersonalData data = new PersonalData(folder.resolve("persons"), Seals.open(folder.resolve("keys"), List.of(MasterKey.passing())), new FolderStore(folder.resolve("sealed")), () -> 1);
        try (PersonalDesk desk = new PersonalDesk(data, null, null, null)) {
            final List<Throwable> told = new CopyOnWriteArrayList<>();
            final OutOfMemoryError over = new OutOfMemoryError("Java heap space");
            final CompletableFuture<Object> work = desk.in(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, cause) -> told.add(cause));
                throw over;
            });
            assertThatThrownBy(work::join).hasCause(over);
            assertThat(told).contains(over);
            assertThat(desk.in(() -> "another").join()).isEqualTo("another");
        }
    }

    @Test
    void givenManyDocumentsThatTakeLongToDraw_thenAllAreKept_andTheDeskDoesSomethingElseMeanwhile(@TempDir final Path folder) throws Exception {
        final PersonalData data = new PersonalData(folder.resolve("persons"), Seals.open(folder.resolve("keys"), List.of(MasterKey.passing())), new FolderStore(folder.resolve("sealed")), () -> 1);
        final Documents documents = new Documents(folder.resolve("persons"), data, MalwareScan.NONE, DocumentLimits.USUAL, () -> 1, Documents.Listener.NOBODY);
        final byte[] nested = HandPdf.nested(10);
        try (PersonalDesk desk = new PersonalDesk(data, documents, null, null)) {
            final List<CompletableFuture<Document>> ending = new ArrayList<>();
            for (int application = 1; application <= 20; application++) {
                final Owner owner = new Owner(42 + application, application, 1);
                final String id = documents.begin(List.of(owner), owner, 0, DocumentKind.PHOTO, nested.length).id();
                documents.add(application, id, 0, nested);
                ending.add(desk.end(List.of(owner), id, ""));
            }
            assertThat(desk.in(() -> "something else").join()).isEqualTo("something else");
            assertThat(ending).allSatisfy(kept -> assertThat(kept.join().thumbnail()).isEmpty());
            assertThat(desk.end(List.of(new Owner(43, 1, 1)), "0".repeat(32), "").join()).as("there is no such document").isNull();
        }
    }
}
