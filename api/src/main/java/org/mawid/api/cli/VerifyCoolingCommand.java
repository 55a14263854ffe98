package org.mawid.api.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mawid.api.cooling.CoolingAdapter;
import org.mawid.api.cooling.CoolingCheck;
import org.mawid.engine.DataDirectory;
import org.mawid.engine.upkeep.Retelling;
import org.mawid.engine.upkeep.UpkeepException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For whoever wants to know that given-back room came back when nobody could know. */
@Command(name = "verify-cooling", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Checks when room that was given back came to everyone; nobody may serve the directory meanwhile.",
                "Each secret that was revealed must be the one whose hash was in the log before, and each delay the one that it makes: min + HMAC-SHA256(secret, number) mod (max - min + 1).",
                "Exit code 0 only when all agree."},
        footer = {"", "Of a server that runs, look at a back-up that was restored. Example:", "  mawid verify-cooling --data ./data"})
public final class VerifyCoolingCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Data directory.")
    private Path data;

    @Override
    public Integer call() {
        final CoolingCheck check = new CoolingCheck();
        final Retelling.Told told;
        final Bar bar = new Bar(spec.commandLine().getErr());
        try {
            final DataDirectory directory = new DataDirectory(data);
            told = Retelling.ofCooling(directory, "mawid verify-cooling", check::onRecord, check::onEvent, (at, last) -> bar.at("reading", at, last));
            check.keptIn(directory.edge());
        } catch (final UpkeepException | IOException e) {
            bar.end();
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
        bar.end();
        final List<CoolingCheck.Era> eras = check.eras();
        final PrintWriter out = spec.commandLine().getOut();
        out.println("log        " + (told.from() == 0 ? "from its beginning" : "behind position " + told.from()) + " to position " + told.position());
        eras.forEach(era -> print(era, out));
        final boolean right = eras.stream().allMatch(CoolingCheck.Era::isRight);
        out.println(right ? "all agree" : "NOT ALL AGREE");
        if (!right) {
            remedies(eras, out);
        }
        out.flush();
        return right ? 0 : 1;
    }

    private static void print(final CoolingCheck.Era era, final PrintWriter out) {
        out.println("era " + era.era() + "      " + came(era) + ", " + era.told() + " delays told" + (era.unsaid() == 0 ? "" : ", " + era.unsaid() + " rooms came after the longest one, unsaid"));
        if (!era.matches()) {
            out.println("WRONG      the secret of era " + era.era() + " at position " + era.revealedAt() + " is not the one that was committed to at " + era.committedAt());
        }
        era.wrong().stream().limit(MOST_NAMED).forEach(wrong -> out.println("WRONG      cooling " + wrong.coolingId() + " at position " + wrong.position() + ": " + wrong.toldMs()
                + " ms were told, the secret makes " + wrong.expectedMs()));
        if (era.wrong().size() > MOST_NAMED) {
            out.println("WRONG      and " + (era.wrong().size() - MOST_NAMED) + " more of era " + era.era());
        }
    }

    private static String came(final CoolingCheck.Era era) {
        return switch (era.state()) {
            case REVEALED -> "committed at " + (era.committedAt() == 0 ? "an earlier position" : era.committedAt()) + ", revealed at " + era.revealedAt();
            case KEPT -> "over, checked by the secret that is kept in the directory: the next start reveals it";
            case IN_FORCE -> "still decides: to be checked when its secret is revealed";
            case NOT_REVEALED -> era.era() == 0 ? "no secret yet" : "OVER AND NOT REVEALED";
        };
    }

    private void remedies(final List<CoolingCheck.Era> eras, final PrintWriter out) {
        if (eras.stream().anyMatch(era -> !era.wrong().isEmpty())) {
            out.println("TO DO      somebody else than the server has said when room comes (EndCoolingAt): the request at that position says who; whoever may send it can pass places on");
        }
        if (eras.stream().anyMatch(era -> !era.matches())) {
            out.println("TO DO      the log itself was changed, or its program: 'mawid inspect --data " + data + "' says whether it is whole");
        }
        if (eras.stream().anyMatch(era -> era.isUncheckable() && era.era() == 0)) {
            out.println("TO DO      delays were told before there was a secret: nobody can check them; the request at their positions says who told them");
        }
        if (eras.stream().anyMatch(era -> era.isUncheckable() && era.era() != 0)) {
            out.println("TO DO      bring the lines of these eras back from a back-up into " + new DataDirectory(data).edge().resolve(CoolingAdapter.FILE)
                    + " and start the server: it reveals what is over");
        }
    }
}
