package org.mawid.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mawid.api.cli.EraseCommand;
import org.mawid.api.sync.SyncRig;
import org.mawid.api.testkit.OnePost;
import picocli.CommandLine;

/** What is written is in the post's folder in words, as soon as it can be had; where it cannot, the folder says why, and goes on. */
@Timeout(120)
class SyncTextsTest extends PersonFixture {
    private static final String TEXT = "Il manque l'acte de naissance.";
    private SyncRig rig;

    private String beginning() throws Exception {
        OnePost.define(client);
        rig = new SyncRig(folder.resolve("paris"), "paris");
        rig.once(service.grpcPort());
        return submitted(YASMINE);
    }

    private void written(final String application, final JsonObject more) throws Exception {
        final JsonObject message = new JsonObject().put("postId", OnePost.POST).put("writer", "POST").put("topicCode", 1).mergeIn(more);
        json(send("POST", "/v1/applications/" + application + "/messages", message), 200);
    }

    private List<String> afterOnce() throws Exception {
        rig.once(service.grpcPort());
        return rig.messages().stream().map(message -> message.getString("text", message.getString("textMissing"))).toList();
    }

    @Test
    void givenTexts_whenTheFolderIsRun_thenTheyAreThereAndWhatIsKeptElsewhereIsSaid() throws Exception {
        final String application = beginning();
        written(application, new JsonObject().put("text", TEXT));
        written(application, new JsonObject().put("textHash", "000000000000beef"));
        assertThat(afterOnce()).containsExactly(TEXT, "UNKNOWN");
        written(application, new JsonObject().put("text", "Merci."));
        assertThat(afterOnce()).containsExactly(TEXT, "UNKNOWN", "Merci.");
    }

    @Test
    void givenATextThatCannotBeHadNow_whenTheFolderIsRunAgain_thenItIsInStepMeanwhileAndHasItThen() throws Exception {
        final String application = beginning();
        written(application, new JsonObject().put("text", TEXT));
        final Path sealed = data().resolve("persons/sealed");
        final Path away = folder.resolve("away");
        Files.move(sealed, away);
        Files.createDirectory(sealed);
        assertThat(afterOnce()).containsExactly("NOT_YET");
        final long position = rig.cursor().getLong("position");
        OnePost.open(client, 0, 1);
        assertThat(afterOnce()).containsExactly("NOT_YET");
        assertThat(rig.cursor().getLong("position")).as("goes on").isGreaterThan(position);
        assertThat(rig.names("calendar")).isNotEmpty();
        Files.delete(sealed);
        Files.move(away, sealed);
        assertThat(afterOnce()).containsExactly(TEXT);
    }

    @Test
    void givenSomebodyWhoWasErased_whenTheFolderIsRun_thenItSaysSo() throws Exception {
        final String application = beginning();
        written(application, new JsonObject().put("text", TEXT));
        final int code = new CommandLine(new EraseCommand()).setOut(new PrintWriter(new StringWriter())).execute(HexFormat.of().toHexDigits(YASMINE), "--data", data().toString());
        assertThat(code).isZero();
        assertThat(afterOnce()).containsExactly("ERASED");
        assertThat(everyFileOf(rig.folder)).noneMatch(file -> file.contains("acte de naissance"));
    }

    private static List<String> everyFileOf(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> {
                try {
                    return Files.readString(file);
                } catch (final IOException e) {
                    throw new AssertionError(e);
                }
            }).toList();
        }
    }
}
