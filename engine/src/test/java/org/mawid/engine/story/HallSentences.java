package org.mawid.engine.story;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.mawid.engine.story.Words.Sentence;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.Priority;
import org.mawid.sbe.TicketEnd;

/**
 * Sentences about halls. A ticket has the name of its application, or the one that it is taken by.
 *
 * <pre>
 * take T PARIS service=passport [desk=PARIS/D1] [priority=SENIOR]    next PARIS/D1,PARIS/D2 [counter=4]    recall A    park A    unpark A
 * transfer A PARIS/D2    endTicket A LEFT    hallRules late=PT10M penalty=PT20M overflow=PT30M pickUp=PT0S ahead=PT30M grace=PT5M park=PT30M keep=PT16H most=9 recalls=3
 * </pre>
 */
final class HallSentences {
    private static final List<String> VERBS = List.of("take", "next", "recall", "park", "unpark", "transfer", "endTicket", "hallRules");

    private final Words words;
    private final Sentence said;

    HallSentences(final Words words, final Sentence said) {
        this.words = words;
        this.said = said;
    }

    static boolean know(final String verb) {
        return VERBS.contains(verb);
    }

    Command of(final Request request) {
        return switch (said.verb()) {
            case "take" -> new Command.TakeTicket(request, Words.epochDay(said), (int) words.number("post", said.plain().get(1)),
                    said.named().containsKey("desk") ? (int) words.number("pool", said.named("desk", "")) : 0, (int) words.number("service", said.named("service", "")),
                    Priority.valueOf(said.named("priority", "NONE")));
            case "next" -> new Command.CallNext(request, said.number("counter", 1),
                    Arrays.stream(said.first().split(",")).map(desk -> (int) words.number("pool", desk)).toList());
            case "recall" -> new Command.Recall(request, ticket());
            case "park" -> new Command.Park(request, ticket());
            case "unpark" -> new Command.Unpark(request, ticket());
            case "transfer" -> new Command.TransferTicket(request, ticket(), (int) words.number("pool", said.plain().get(1)));
            case "endTicket" -> new Command.EndTicket(request, ticket(), TicketEnd.valueOf(said.plain().get(1)));
            default -> new Command.SetHallRules(request, new Command.HallRules(ms("late", "PT10M"), ms("penalty", "PT20M"), ms("overflow", "PT30M"), ms("pickUp", "PT0S"),
                    ms("ahead", "PT30M"), ms("grace", "PT5M"), ms("park", "PT30M"), ms("keep", "PT16H"), said.big("most", 1_000_000), said.number("recalls", 3)));
        };
    }

    private long ticket() {
        return words.known("ticket", said.first());
    }

    private long ms(final String rule, final String otherwise) {
        return Duration.parse(said.named(rule, otherwise)).toMillis();
    }
}
