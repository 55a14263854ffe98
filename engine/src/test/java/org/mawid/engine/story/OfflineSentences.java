package org.mawid.engine.story;

import java.util.List;
import java.util.Map;
import org.mawid.engine.story.Words.Sentence;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.AppointmentState;

/** The part of {@link Commands} for what a post recorded while its link was down: {@code at} says when. */
final class OfflineSentences {
    private static final long DAY_MS = 86_400_000L;

    private final Words words;
    private final Sentence said;
    private final Map<String, List<Long>> stampsOf;

    OfflineSentences(final Words words, final Sentence said, final Map<String, List<Long>> stampsOf) {
        this.words = words;
        this.said = said;
        this.stampsOf = stampsOf;
    }

    Command of(final Request request, final int lines) {
        final long atMs = Words.instantMs(said.named("at", ""));
        return switch (said.verb()) {
            case "recordVisit" -> {
                final AppointmentState state = AppointmentState.valueOf(said.plain().get(1));
                yield new Command.RecordVisit(request, words.known("appointment", said.first()), atMs, said.number("ticket", 0),
                        state != AppointmentState.SERVED || said.has("nothing") ? 0 : lines, state, said.number("counter", 0));
            }
            case "recordWalkIn" -> walkIn(request, atMs, lines);
            default -> new Command.RecordConsumption(request, stampsOf.get(said.first()).get(said.number("stamp", 1) - 1), words.known("application", said.first()),
                    atMs, (int) Math.floorDiv(atMs, DAY_MS), (int) words.number("post", said.named("post", "0")), said.number("line", 0));
        };
    }

    private Command walkIn(final Request request, final long atMs, final int known) {
        final long application = words.known("application", said.first());
        final List<Command.LineAsked> asked = application == 0 ? words.linesAsked(said) : List.of();
        final int lines = application == 0 ? (1 << asked.size()) - 1 : known;
        return new Command.RecordWalkIn(request, application, 0, atMs, (int) words.number("post", said.plain().get(1)), said.number("ticket", 0),
                application == 0 ? 0 : lines, said.has("served") ? lines : 0, said.number("counter", 0), said.has("stamps"), asked);
    }

    // ---- answers in words

    static String recorded(final Answered answer) {
        return "APPOINTMENT " + answer.number1() + (answer.number2() == 0 ? "" : " TICKET " + answer.number2());
    }

    static String breakIn(final Answered answer) {
        return answer.number3() == 0 ? "" : ", BREAK " + answer.number3();
    }
}
