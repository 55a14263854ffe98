package org.mawid.api.person.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.person.PersonalData;
import org.mawid.api.sealed.MasterKey;
import org.mawid.api.sealed.Seals;
import org.mawid.api.sealed.store.FolderStore;

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
}
