package org.mawid.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepetitionTest {
    @TempDir
    private Path folder;

    private final Repetition repetition = new Repetition();

    @Test
    void givenWordsThatAShellWouldUnderstandItsOwnWay_whenTheLineIsPasted_thenTheSameWordsComeOut() throws IOException, InterruptedException {
        final List<String> said = List.of("plan", "--target", "third-next-available <= 5d", "--plan", "l'été & ~/$HOME/*.yaml", "--absence=8%", "two\nlines", "`date`; \"x\\");

        final String line = repetition.line(said);

        assertThat(Shell.words(line, folder)).isEqualTo(said);
        assertThat(line).startsWith("bench plan --target 'third-next-available <= 5d' --plan ").contains(" --absence=8% ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void givenSomethingThatTheProgramChose_whenTheLineIsMade_thenItSaysIt_inPlaceOfWhatOnlyMeantItToday() {
        repetition.chose("--from", "2026-11-26");
        repetition.chose("--seed", "-7");

        assertThat(repetition.line(List.of("plan", "--weeks", "2"))).isEqualTo("bench plan --weeks 2 --from 2026-11-26 --seed -7");
        assertThat(repetition.line(List.of("plan", "--from", "today", "--weeks", "2"))).isEqualTo("bench plan --weeks 2 --from 2026-11-26 --seed -7");
        assertThat(repetition.line(List.of("plan", "--from=today", "--effects"))).isEqualTo("bench plan --effects --from 2026-11-26 --seed -7");
    }
}
