package org.mawid.engine.story;

import java.time.Duration;
import java.util.List;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.engine.story.Words.Sentence;

/**
 * Sentences about waiting and cooling. Dates are counted from today.
 *
 * <pre>
 * wait A PARIS dates=0..5 [lines=0]    waitEarlier A dates=0..5    leave A
 * waitlistRules ttl=PT4H notice=PT2H lead=PT2H waiters=1000 coolings=1000 entries=3 each=2 spent=4
 * cooling birth PT1M..PT2M    endCooling 1 after=PT90S    commitSecret 1 secret=7    revealSecret 1 secret=7
 * </pre>
 */
final class WaitingSentences {
    private static final List<String> VERBS = List.of("wait", "waitEarlier", "leave", "waitlistRules", "cooling", "endCooling", "commitSecret", "revealSecret");

    private final Words words;
    private final Sentence said;
    private final int allLines;

    /** @param allLines of the application that the sentence begins with */
    WaitingSentences(final Words words, final Sentence said, final int allLines) {
        this.words = words;
        this.said = said;
        this.allLines = allLines;
    }

    static boolean know(final String verb) {
        return VERBS.contains(verb);
    }

    Command of(final Request request) {
        return switch (said.verb()) {
            case "wait" -> join(request, 0, said.named().containsKey("lines") ? Words.lines(said.named("lines", "")) : allLines,
                    (int) words.number("post", said.plain().get(1)));
            case "waitEarlier" -> join(request, words.known("appointment", said.first()), 0, 0);
            case "leave" -> new Command.LeaveWaitlist(request, words.known("waiter", said.first()));
            case "waitlistRules" -> new Command.SetWaitlistRules(request, new Command.WaitlistRules(ms("ttl", "PT4H"), ms("notice", "PT2H"), ms("lead", "PT2H"),
                    said.number("waiters", 1_000), said.number("coolings", 1_000), said.number("entries", 3), said.number("each", 2), said.number("spent", 4)));
            case "cooling" -> {
                final String[] span = said.plain().get(1).split("\\.\\.");
                yield new Command.SetCooling(request, (int) words.number("service", said.first()), Duration.parse(span[0]).toMillis(), Duration.parse(span[1]).toMillis());
            }
            case "endCooling" -> new Command.EndCoolingAt(request, Long.parseLong(said.first()), ms("after", "PT0S"));
            case "commitSecret" -> new Command.CommitCoolingSecret(request, Long.parseLong(said.first()), hash());
            default -> new Command.RevealCoolingSecret(request, Long.parseLong(said.first()), secret());
        };
    }

    private Command join(final Request request, final long appointment, final int lines, final int post) {
        final String[] dates = said.named("dates", "0..30").split("\\.\\.");
        final int today = (int) Words.TODAY.toEpochDay();
        return new Command.JoinWaitlist(request, words.known("application", said.first()), appointment, today + Integer.parseInt(dates[0]), today + Integer.parseInt(dates[1]),
                lines, post);
    }

    private long ms(final String name, final String otherwise) {
        return Duration.parse(said.named(name, otherwise)).toMillis();
    }

    private Command.Words secret() {
        return new Command.Words(said.big("secret", 0), 2, 3, 4);
    }

    /** As the JDK has it. */
    private Command.Words hash() {
        try {
            final Command.Words secret = secret();
            final java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(32).putLong(secret.word1()).putLong(secret.word2()).putLong(secret.word3()).putLong(secret.word4());
            final java.nio.ByteBuffer hash = java.nio.ByteBuffer.wrap(java.security.MessageDigest.getInstance("SHA-256").digest(bytes.array()));
            return new Command.Words(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        } catch (final java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
