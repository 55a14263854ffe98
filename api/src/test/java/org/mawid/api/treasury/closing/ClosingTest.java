package org.mawid.api.treasury.closing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.stamp.document.SigningKeys;
import org.mawid.api.treasury.closing.ClosingException.Reason;
import org.mawid.api.treasury.closing.DailyClosing.Sums;
import org.mawid.api.treasury.closing.DailyClosing.Total;

/** A closing is what was signed, follows the one before it in days, hash and sums, and balances; otherwise it says which it is not. */
class ClosingTest {
    private static final long LARGE = 9_007_199_254_740_993L;

    @TempDir
    private Path folder;
    private final SigningKeys keys = SigningKeys.passing();
    private final ClosingWriter writer = new ClosingWriter(bytes -> keys.sign(ClosingWriter.TYPE, bytes));
    private final ClosingVerifier verifier = ClosingVerifier.of(keys.publicKeys());
    private final DailyClosing first = after(null, 2, LARGE);
    private final DailyClosing second = after(first, 3, LARGE + 500);

    private static DailyClosing after(final DailyClosing before, final int day, final long toDate) {
        return DailyClosing.after(before, "MA-CG-PARIS", "EUR", LocalDate.of(2026, 3, day), 1_234_567_890_123_456_789L + day, 1_772_492_400_000L + day,
                List.of(new Sums("HELD", "RECEIPT", 0, toDate), new Sums("COUNTER_CASH", "NONE", toDate, 0)));
    }

    @Test
    void givenDaysInARow_whenWritten_thenEachIsVerifiedBehindTheOneBefore_withThePublicKeyAlone() throws Exception {
        Files.writeString(folder.resolve(first.name() + ".jws"), "of a crash between the two files");
        final Path one = writer.write(first, null, folder);
        final Path two = writer.write(second, one, folder);
        assertThat(verifier.verify(one, null)).isEqualTo(first);
        assertThat(verifier.verify(two, one)).isEqualTo(second);
        assertThat(verifier.verify(List.of(two, one))).extracting(ClosingVerifier.Verified::closing).containsExactly(first, second);
        assertThat(verifier.verify(List.of(two))).singleElement().satisfies(alone -> assertThat(alone.followed()).isFalse());
        assertThat(second.from()).isEqualTo(LocalDate.of(2026, 3, 3));
        assertThat(second.totals().get(0)).isEqualTo(new Total("COUNTER_CASH", "NONE", 500, 0, LARGE + 500, 0));
        assertThat(Files.readString(one)).startsWith("{\"closedAt\":\"2026-03-02T23:00:00.002Z\",\"currency\":\"EUR\",\"day\":\"2026-03-02\",\"format\":\"mawid-closing-1\",\"from\":\"\",\"position\":\"1234567890123456791\"")
                .contains("\"totals\":[{\"account\":\"COUNTER_CASH\"").doesNotContain("\n", " ");
        assertThat(Files.readString(folder.resolve("closing-MA-CG-PARIS-EUR-2026-03-02.jws"))).matches("[\\w-]+\\.\\.[\\w-]+");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(4);
        }
        assertThatThrownBy(() -> writer.write(second, one, folder)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void givenAClosingThatWasTouched_whenVerified_thenItSaysWhat() throws Exception {
        final Path one = writer.write(first, null, folder);
        final Path two = writer.write(second, one, folder);
        assertThat(reason(two, null)).isEqualTo(Reason.CHAIN);
        final byte[] whole = Files.readAllBytes(one);
        Files.writeString(one, new String(whole, StandardCharsets.UTF_8).replace("740993", "740994"));
        assertThat(reason(one, null)).isEqualTo(Reason.SIGNATURE);
        assertThat(reason(two, one)).as("another was put before it").isEqualTo(Reason.CHAIN);
        Files.write(one, whole);
        final Path renamed = folder.resolve("closing-MA-CG-LYON-EUR-2026-03-02.json");
        Files.copy(one, renamed);
        Files.copy(folder.resolve("closing-MA-CG-PARIS-EUR-2026-03-02.jws"), folder.resolve("closing-MA-CG-LYON-EUR-2026-03-02.jws"));
        assertThat(reason(renamed, null)).isEqualTo(Reason.FORMAT);
        final ClosingVerifier others = ClosingVerifier.of(SigningKeys.passing().publicKeys());
        assertThat(catchThrowableOfType(ClosingException.class, () -> others.verify(two, one)).reason()).isEqualTo(Reason.SIGNATURE);
        Files.writeString(folder.resolve("closing-MA-CG-PARIS-EUR-2026-03-02.jws"), "e30..AAAA");
        assertThat(reason(one, null)).isEqualTo(Reason.SIGNATURE);
        Files.writeString(folder.resolve("closing-MA-CG-PARIS-EUR-2026-03-02.jws"), keys.sign("receipt", whole));
        assertThat(reason(one, null)).as("signed by us as something else").isEqualTo(Reason.SIGNATURE);
        Files.delete(folder.resolve("closing-MA-CG-PARIS-EUR-2026-03-02.jws"));
        assertThat(reason(one, null)).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void givenSignedClosingsWhoseSumsOrDaysDoNotGoOn_whenVerified_thenTheyAreNoChain() throws Exception {
        final Path one = writer.write(first, null, folder);
        final DailyClosing jumps = new DailyClosing("MA-CG-PARIS", "EUR", second.from(), second.day(), second.position(), second.closedMs(),
                List.of(new Total("COUNTER_CASH", "NONE", 500, 0, LARGE + 501, 0), new Total("HELD", "RECEIPT", 0, 500, 0, LARGE + 501)));
        assertThat(reason(writer.write(jumps, one, folder), one)).isEqualTo(Reason.CHAIN);
        final DailyClosing later = new DailyClosing("MA-CG-PARIS", "EUR", LocalDate.of(2026, 3, 4), LocalDate.of(2026, 3, 4), second.position(), second.closedMs(), second.totals());
        assertThat(reason(writer.write(later, one, folder), one)).as("a day is missing").isEqualTo(Reason.CHAIN);
        final DailyClosing forgets = new DailyClosing("MA-CG-PARIS", "EUR", second.from(), LocalDate.of(2026, 3, 5), second.position(), second.closedMs(), List.of());
        assertThat(catchThrowableOfType(ClosingException.class, () -> verifier.verify(writer.write(forgets, one, folder), one))).hasMessageContaining("are missing");
        final DailyClosing notFromZero = new DailyClosing("MA-CG-PARIS", "EUR", null, LocalDate.of(2026, 3, 1), 1, 1,
                List.of(new Total("COUNTER_CASH", "NONE", 0, 0, 5, 0), new Total("HELD", "STAMP", 0, 0, 0, 5)));
        assertThat(reason(writer.write(notFromZero, null, folder), null)).isEqualTo(Reason.CHAIN);
    }

    private Reason reason(final Path document, final Path previous) {
        return catchThrowableOfType(ClosingException.class, () -> verifier.verify(document, previous)).reason();
    }

    @Test
    void givenWhatIsNoClosing_whenMade_thenRefused() {
        final LocalDate day = LocalDate.of(2026, 3, 2);
        assertThatThrownBy(() -> new DailyClosing("P", "EUR", null, day, 1, 1, List.of(new Total("A", "NONE", 1, 0, 1, 0)))).hasMessageContaining("does not balance");
        assertThatThrownBy(() -> new DailyClosing("P", "EUR", null, day, 1, 1, List.of(new Total("A", "NONE", 1, 0, 1, 0), new Total("A", "NONE", 0, 1, 0, 1)))).hasMessageContaining("twice");
        assertThatThrownBy(() -> new DailyClosing("P\u00e9", "EUR", null, day, 1, 1, List.of())).hasMessageContaining("ASCII");
        assertThatThrownBy(() -> new Total("A", "NONE", 2, 0, 1, 0)).hasMessageContaining("to date");
        assertThatThrownBy(() -> after(second, 4, LARGE)).as("books of an older log").isInstanceOf(IllegalArgumentException.class);
        assertThat(new DailyClosing("../a", "EUR", null, day, 1, 1, List.of()).name()).doesNotContain("/").startsWith("closing-%2E");
        assertThatThrownBy(() -> keys.sign("stamp", new byte[0])).hasMessageContaining("by its claims");
    }
}
