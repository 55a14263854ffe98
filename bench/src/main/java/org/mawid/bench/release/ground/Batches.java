package org.mawid.bench.release.ground;

import java.util.ArrayList;
import java.util.List;
import org.mawid.client.Batch;
import org.mawid.client.MawidClient;
import org.mawid.grpc.Command;
import org.mawid.grpc.CommandReply;
import org.mawid.grpc.Result;

/** Many commands that must all be done, before the clock starts or after it has stopped. */
public final class Batches {
    private static final int AT_ONCE = 4_000;

    private Batches() {
    }

    /**
     * Sends them in order.
     *
     * @param otherwise what it means when one is refused, in words
     * @param fine      refusals that are as good as done
     * @return one reply each
     * @throws IllegalStateException one is refused otherwise; all were sent
     */
    public static List<CommandReply> done(final MawidClient client, final List<Command> commands, final String otherwise, final Result... fine) {
        final List<CommandReply> replies = new ArrayList<>(commands.size());
        for (int from = 0; from < commands.size(); from += AT_ONCE) {
            final Batch batch = client.batch();
            commands.subList(from, Math.min(commands.size(), from + AT_ONCE)).forEach(batch::add);
            replies.addAll(batch.send());
        }
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i).getResult() != Result.OK && !List.of(fine).contains(replies.get(i).getResult())) {
                throw new IllegalStateException(otherwise + ": " + replies.get(i).getResult() + " to " + commands.get(i).getCommandCase());
            }
        }
        return replies;
    }
}
