package org.mawid.engine.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.mawid.engine.kernel.EventWriter;
import org.mawid.engine.story.Words.Sentence;
import org.mawid.engine.testkit.Answered;
import org.mawid.engine.testkit.Command;
import org.mawid.engine.testkit.Command.Request;
import org.mawid.sbe.BreakType;
import org.mawid.sbe.MessageHeaderDecoder;
import org.mawid.sbe.PaymentMeans;
import org.mawid.sbe.PaymentState;
import org.mawid.sbe.PostedDecoder;
import org.mawid.sbe.StampMatter;

/**
 * Sentences about payments and stamps, and the answers to them. {@code date} is in days from the first one.
 *
 * <pre>
 * terminal T1 PARIS    stampRules pending=PT1M lapse=PT48H validity=P30D
 * pay P1 A post=PARIS [stamps=1,2] [terminal=T1] by=Amina    receipt P1 A post=PARIS amount=4610    approve P1 amount=4610 transaction=X1 [currency=EUR]
 * fail P1 DECLINED    doubt P1    askPerson P1    chargeBack P1 amount=4610    allocate P1 A [stamps=1] by=Badr
 * use A post=PARIS [stamp=1] [line=0] [date=0]    reuse A B [stamp=1] [line=0]    propose A refund [stamp=1] by=Amina    decide A refund [refused] by=Badr
 * refund A amount=4610    closeBatch PARIS [terminal=T1] [online] paid=4610/1 undone=0/0    settle batch=1 gross=4610 commission=10 [mad=50000] [break=1]
 * takeOver A post=PARIS stamps=0:50000/5000,1:7500/750 issued=-30d@09:00 [transaction=E1 date=-29] [means=EPT] [micro=10000000]    closeBatch PARIS earlier paid=5000/1
 * settleReturn 1 gross=4610 commission=10 [mad=50000] [break=1]    breakOf key=7    assign 1    resolve 1 by=Amina
 * </pre>
 */
final class MoneySentences {
    private final Words words;
    private final Sentence said;
    private final Map<String, List<Long>> stampsOf;

    MoneySentences(final Words words, final Sentence said, final Map<String, List<Long>> stampsOf) {
        this.words = words;
        this.said = said;
        this.stampsOf = stampsOf;
    }

    Command of(final Request request) {
        return switch (said.verb()) {
            case "pay" -> new Command.StartPayment(request, application(said.plain().get(1)), terminal(), Words.epochDay(said), post(),
                    terminal() == 0 ? PaymentMeans.ONLINE : PaymentMeans.TERMINAL, stamps(said.plain().get(1)));
            case "receipt" -> new Command.RecordCounterReceipt(request, application(said.plain().get(1)), said.big("amount", 0), Words.epochDay(said),
                    post(), currency(), stamps(said.plain().get(1)));
            case "approve" -> new Command.RecordApproval(request, payment(), said.big("amount", 0), said.named("transaction", ""), "", "VISA", 4242,
                    currency());
            case "fail" -> new Command.RecordFailure(request, payment(), 7, PaymentState.valueOf(said.plain().get(1)));
            case "doubt" -> new Command.MarkInDoubt(request, payment());
            case "askPerson" -> new Command.AskPerson(request, payment(), 7);
            case "chargeBack" -> new Command.RecordChargeBack(request, payment(), said.big("amount", 0), currency());
            case "allocate" -> new Command.AllocatePayment(request, payment(), application(said.plain().get(1)), stamps(said.plain().get(1)));
            default -> stamp(request);
        };
    }

    private Command stamp(final Request request) {
        return switch (said.verb()) {
            case "use" -> new Command.ConsumeStamp(request, stamp(), application(said.first()), Words.epochDay(said), post(), said.number("line", 0));
            case "reuse" -> new Command.ReuseStamp(request, stamp(), application(said.plain().get(1)), said.number("line", 0));
            case "propose" -> new Command.Propose(request, stamp(), 77, Words.epochDay(said), 7, matter());
            case "decide" -> new Command.Decide(request, stamp(), 77, Words.epochDay(said), 7, matter(), !said.has("refused"));
            case "refund" -> new Command.RecordRefund(request, stamp(), said.big("amount", 0), "", currency());
            default -> settlement(request);
        };
    }

    private Command settlement(final Request request) {
        return switch (said.verb()) {
            case "terminal" -> new Command.DefineTerminal(request, words.number("terminal", said.first()), (int) words.number("post", said.plain().get(1)),
                    said.first(), !said.has("disabled"));
            case "closeBatch" -> new Command.CloseBatch(request, part("paid", 0), part("undone", 0), terminal(), part("paid", 1), part("undone", 1),
                    Words.epochDay(said), (int) words.number("post", said.first()), terminal() != 0 ? PaymentMeans.TERMINAL
                    : said.has("online") ? PaymentMeans.ONLINE : said.has("earlier") ? PaymentMeans.EARLIER : PaymentMeans.COUNTER, currency());
            case "settle" -> new Command.RecordSettlement(request, said.big("batch", 0), said.named().containsKey("payment") ? words.known("payment",
                    said.named("payment", "")) : 0, said.big("break", 0), said.big("gross", 0), said.big("commission", 0), said.big("mad", 0), 77,
                    Words.epochDay(said), currency());
            case "settleReturn" -> new Command.RecordReturnSettlement(request, Long.parseLong(said.first()), said.big("break", 0), said.big("gross", 0),
                    said.big("commission", 0), said.big("mad", 0), 78, Words.epochDay(said), currency());
            case "breakOf" -> new Command.OpenBreak(request, said.big("key", 0), 0, 0, 0, 0, 0, 0, currency(), BreakType.OTHER);
            case "assign" -> new Command.AssignBreak(request, Long.parseLong(said.first()), 9);
            case "resolve" -> new Command.ResolveBreak(request, Long.parseLong(said.first()), 77, 7);
            case "takeOver" -> new Command.ImportStamps(request, application(said.first()), said.named().containsKey("transaction") ? Words.epochDay(said) : 0,
                    post(), currency(), said.named("transaction", ""), said.named("means", ""), earlier());
            case "stampRules" -> new Command.SetStampRules(request, rules());
            default -> throw new IllegalArgumentException("no such verb: " + said.verb());
        };
    }

    /** {@code 0:50000/5000} for each line: centimes, and minor units. */
    private List<Command.EarlierStamp> earlier() {
        return Arrays.stream(said.named("stamps", "").split(",")).map(one -> one.split("[:/]")).map(parts -> new Command.EarlierStamp(Integer.parseInt(parts[0]),
                Long.parseLong(parts[1]), Long.parseLong(parts[2]), said.big("micro", 10_000_000), Words.instantMs(said.named("issued", "00:00")))).toList();
    }

    private Command.StampRules rules() {
        final Command.StampRules otherwise = Command.StampRules.DEFAULT;
        return new Command.StampRules(lasting("pending", otherwise.pendingMs()), lasting("lapse", otherwise.lapseMs()),
                lasting("validity", otherwise.validityMs()), said.big("payments", otherwise.maxPayments()), said.big("breaks", otherwise.maxBreaks()));
    }

    private long lasting(final String key, final long otherwiseMs) {
        return said.named().containsKey(key) ? Duration.parse(said.named(key, "")).toMillis() : otherwiseMs;
    }

    /** Of {@code amount/count}. */
    private long part(final String key, final int index) {
        return Long.parseLong(said.named(key, "0/0").split("/")[index]);
    }

    private long application(final String name) {
        return words.known("application", name);
    }

    private long payment() {
        return words.known("payment", said.first());
    }

    private long terminal() {
        return said.named().containsKey("terminal") ? words.number("terminal", said.named("terminal", "")) : 0;
    }

    private int post() {
        return (int) words.number("post", said.named("post", "0"));
    }

    private String currency() {
        return said.named("currency", "EUR");
    }

    private StampMatter matter() {
        final String matter = said.plain().get(1);
        return matter.equals("reversal") ? StampMatter.CONSUMPTION_REVERSAL : StampMatter.valueOf(matter.toUpperCase(Locale.ROOT));
    }

    private long stamp() {
        return stampsOf.get(said.first()).get(said.number("stamp", 1) - 1);
    }

    private List<Long> stamps(final String application) {
        return Arrays.stream(said.named("stamps", "1").split(",")).map(number -> stampsOf.get(application).get(Integer.parseInt(number) - 1)).toList();
    }

    // ---- answers in words

    static String text(final String verb, final Answered answer) {
        return switch (verb) {
            case "pay" -> "DUE " + answer.number2();
            case "receipt" -> "RECEIPT " + answer.number2();
            case "approve", "fail", "doubt", "askPerson", "chargeBack", "allocate" -> PaymentState.get((short) answer.number2()).name();
            case "closeBatch" -> (answer.number3() == 1 ? "AGREES at " : "DIFFERS from ") + answer.number2();
            case "breakOf" -> answer.number2() == 1 ? "OPEN ALREADY" : "OPENED";
            default -> "OK";
        };
    }

    static List<String> posted(final byte[] frames) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frames);
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final List<String> entries = new ArrayList<>();
        for (int at = 0; at < frames.length; at += (EventWriter.FRAME_BYTES + buffer.getInt(at) + 7) & ~7) {
            if (header.wrap(buffer, at + EventWriter.FRAME_BYTES).templateId() == PostedDecoder.TEMPLATE_ID) {
                new PostedDecoder().wrapAndApplyHeader(buffer, at + EventWriter.FRAME_BYTES, header).entries().forEach(entry -> {
                    if (entry.debitMinor() != 0) {
                        entries.add(entry.account() + " +" + entry.debitMinor() + " " + entry.currency());
                    }
                    if (entry.creditMinor() != 0) {
                        entries.add(entry.account() + " -" + entry.creditMinor() + " " + entry.currency());
                    }
                });
            }
        }
        return entries;
    }
}
