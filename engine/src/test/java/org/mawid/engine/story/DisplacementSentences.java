package org.mawid.engine.story;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.mawid.engine.story.Words.Sentence;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;

/**
 * Sentences about closures and offers. A time may be of another date: {@code +1d@00:00}.
 *
 * <pre>
 * close C PARIS 00:00..+1d@00:00 [places=1]    close C PARIS/D1 09:00..10:00    reopen C    ticks
 * offerRules ttl=PT48H notice=PT2H days=5 each=3    acceptPosts A LYON,ROME    acceptPosts A none    choose A PARIS/D1@10:00+3 [date=1]
 * </pre>
 *
 * <p>An offer has the name of its application: {@code confirm A}, {@code release A}.
 */
final class DisplacementSentences {
    private static final List<String> VERBS = List.of("close", "reopen", "offerRules", "acceptPosts", "choose");

    private final Words words;
    private final Sentence said;
    private final int allLines;

    /** @param allLines of the application that the sentence begins with */
    DisplacementSentences(final Words words, final Sentence said, final int allLines) {
        this.words = words;
        this.said = said;
        this.allLines = allLines;
    }

    static boolean know(final String verb) {
        return VERBS.contains(verb);
    }

    Command of(final Request request) {
        return switch (said.verb()) {
            case "close" -> close(request);
            case "reopen" -> new Command.ReopenDays(request, words.known("closure", said.first()));
            case "offerRules" -> new Command.SetOfferRules(request, new Command.OfferRules(Duration.parse(said.named("ttl", "PT48H")).toMillis(),
                    Duration.parse(said.named("notice", "PT2H")).toMillis(), said.number("days", 120), said.number("each", 3)));
            case "acceptPosts" -> new Command.AcceptPosts(request, words.known("application", said.first()), posts(said.plain().get(1)));
            default -> new Command.ChooseAnother(request, words.known("hold", said.first()), words.legs(said, allLines));
        };
    }

    private Command close(final Request request) {
        final String where = said.plain().get(1);
        final int slash = where.indexOf('/');
        final String[] times = said.plain().get(2).split("\\.\\.");
        return new Command.CloseDays(request, (int) words.number("post", slash < 0 ? where : where.substring(0, slash)), slash < 0 ? 0 : (int) words.number("pool", where),
                Words.instantMs(times[0]), Words.instantMs(times[1]), said.number("places", 0), 77, 7);
    }

    private List<Integer> posts(final String names) {
        return names.equals("none") ? List.of() : Arrays.stream(names.split(",")).map(name -> (int) words.number("post", name)).toList();
    }
}
