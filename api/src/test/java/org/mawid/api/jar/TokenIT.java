package org.mawid.api.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mawid.api.testkit.OnePost;
import org.mawid.api.testkit.SoftHsm;

/** An operator puts the master key into a token, makes the server go over to it, and loses the file. */
class TokenIT {
    private static final long YASMINE = 0x5EC2_E700_0000_0001L;

    @Test
    void givenWhatAFileHasSealed_whenWrappedForATokenBesideTheServer_thenTheTokenAloneOpensIt_alsoAfterAKill(@TempDir(factory = OnDisk.class) final Path folder) throws Exception {
        final SoftHsm token = SoftHsm.token(folder);
        final Path data = folder.resolve("data");
        final Path file = folder.resolve("master.key");
        assertThat(Ran.mawid("master-key", "--new", file).code()).isZero();
        final Ran made = Ran.mawid("master-key", "--new", token.key("mawid-2026"));
        assertThat(made.code()).as(made.said()).isZero();
        assertThat(made.said()).contains("master key mawid-2026", "cannot be taken out of the token");

        final String text;
        try (Server server = with(data, file.toString()).start()) {
            OnePost.define(server.client());
            final String application = OnePost.validated(server.client(), YASMINE, 1).get(0);
            final String messages = "/v1/applications/" + application + "/messages";
            server.post(messages, new JsonObject().put("postId", OnePost.POST).put("writer", "POST").put("topicCode", 1).put("text", "bring the original").encode());
            text = messages + '/' + new JsonObject(server.get(messages).body()).getJsonArray("messages").getJsonObject(0).getString("textHash");
            assertThat(server.get(text).body()).contains("bring the original");
            server.terminate();
        }
        try (Server server = with(data, token.key("mawid-2026")).set("mawid.person.master.older", file).start()) {
            assertThat(server.get(text).body()).contains("bring the original");
            final Ran wrapped = Ran.mawid("master-key", "--rewrap", data.resolve("keys"), "--master", token.key("mawid-2026"), "--older", file);
            assertThat(wrapped.said()).contains("wrapped 1 keys with master key mawid-2026");
            assertThat(server.get(text).body()).contains("bring the original");
            server.kill();
        }
        Files.delete(file);
        try (Server server = with(data, token.key("mawid-2026")).start()) {
            assertThat(server.get(text).body()).contains("bring the original");
            server.terminate();
        }
        token.forgetPin();
        final Server.End end = with(data, token.key("mawid-2026")).startInVain();
        assertThat(end.exitCode()).isNotZero();
        assertThat(end.complaints()).singleElement().asString().contains("CKR_PIN_INCORRECT");
        final Server.End noAddress = with(data, "pkcs11:object=mawid-2026").startInVain();
        assertThat(noAddress.complaints()).singleElement().asString().contains("slot-id, object, module-path and pin-source are needed");
    }

    private static Server.Launch with(final Path data, final String master) {
        return Server.on(data).set("mawid.records", true).set("mawid.person.master.key", master);
    }
}
